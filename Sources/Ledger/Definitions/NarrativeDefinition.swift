/// The explanation text of a statement as data: sections, paragraphs and sentences with figures in them.
public struct NarrativeDefinition: Sendable {
  struct Section: Sendable {
    let title: String
    let source: String
    let paragraphs: [Paragraph]
  }

  /// Sentences that stand together.
  struct Paragraph: Sendable {
    /// Once for every lowest code in use; of the economic classification, for every class.
    let each: Variables.Field?
    let when: Formula?
    let unless: Formula?
    let sentences: [Sentence]
  }

  struct Sentence: Sendable {
    let template: [NarrativePiece]
    /// Left out where it is zero or has no value.
    let when: Formula?
    /// Left out where it is not zero.
    let unless: Formula?
    /// Only where another year is compared.
    let isComparison: Bool
    /// Only for units of these kinds.
    let only: [UnitKind]?
  }

  let sections: [Section]

  init(sections: [Section]) { self.sections = sections }
}

/// A piece of a sentence: words, or a place for a figure.
enum NarrativePiece: Sendable {
  case words(String)
  case money(Formula)
  case percent(Formula)
  case number(Formula)
  /// More or less than the year compared, and by how much.
  case change(Formula)
  /// 大于, 小于 or 等于.
  case against(Formula, Formula)
  case year, prior, unit, name, code
  /// For a person to fill in.
  case reason

  var formulas: [Formula] {
    switch self {
    case .money(let formula), .percent(let formula), .number(let formula), .change(let formula): [formula]
    case .against(let left, let right): [left, right]
    case .words, .year, .prior, .unit, .name, .code, .reason: []
    }
  }
}

extension NarrativeDefinition.Section {
  init(_ reader: DefinitionReader) {
    title = reader.required("title")
    source = reader.required("source")
    paragraphs = reader.tables("paragraph").map(NarrativeDefinition.Paragraph.init)
    reader.finish()
  }
}

extension NarrativeDefinition.Paragraph {
  init(_ reader: DefinitionReader) {
    let each = reader.choice("each", Variables.Field.self)
    self.each = each
    when = reader.formula("when")
    unless = reader.formula("unless")
    sentences = reader.tables("sentence").map { NarrativeDefinition.Sentence($0, each: each) }
    reader.finish()
    for (key, formula) in [("when", when), ("unless", unless)] {
      if let formula { DefinitionCheck.bound(formula, [each?.variable].compactMap { $0 }, reader, key) }
    }
  }
}

extension NarrativeDefinition.Sentence {
  init(_ reader: DefinitionReader, each: Variables.Field?) {
    let text = reader.required("text")
    template = NarrativeTemplate.pieces(of: text, reader)
    when = reader.formula("when")
    unless = reader.formula("unless")
    isComparison = reader.flag("compare")
    only = reader.choices("only", UnitKind.self)
    reader.finish()
    let names = [each?.variable].compactMap { $0 }
    for formula in template.flatMap(\.formulas) + [when, unless].compactMap({ $0 }) {
      DefinitionCheck.bound(formula, names, reader, "text")
    }
  }
}

/// Takes a sentence apart at its braces; those of a formula's conditions nest inside.
private enum NarrativeTemplate {
  static func pieces(of text: String, _ reader: DefinitionReader) -> [NarrativePiece] {
    var pieces: [NarrativePiece] = []
    var words = ""
    var rest = text[...]
    while let next = rest.first {
      guard next == "{" else {
        words.append(next)
        rest.removeFirst()
        continue
      }
      guard let end = closing(of: rest) else {
        reader.wrong("text", .text(text), .expectedClosing("}"))
        return pieces
      }
      if !words.isEmpty { pieces.append(.words(words)) }
      words = ""
      if let piece = piece(String(rest[rest.index(after: rest.startIndex)..<end]), reader) { pieces.append(piece) }
      rest = rest[rest.index(after: end)...]
    }
    return pieces + (words.isEmpty ? [] : [.words(words)])
  }

  private static func closing(of text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.indices {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  private static func piece(_ text: String, _ reader: DefinitionReader) -> NarrativePiece? {
    let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingSpaces }
    switch (parts.first ?? "", parts.count) {
    case ("year", 1): return .year
    case ("prior", 1): return .prior
    case ("unit", 1): return .unit
    case ("name", 1): return .name
    case ("code", 1): return .code
    case ("reason", 1): return .reason
    case ("money", 2): return reader.formula(parts[1], of: "text").map { .money($0) }
    case ("percent", 2): return reader.formula(parts[1], of: "text").map { .percent($0) }
    case ("number", 2): return reader.formula(parts[1], of: "text").map { .number($0) }
    case ("change", 2): return reader.formula(parts[1], of: "text").map { .change($0) }
    case ("against", 2):
      guard let bar = outerBar(of: parts[1]) else { break }
      let left = reader.formula(String(parts[1][..<bar]).trimmingSpaces, of: "text")
      let right = reader.formula(String(parts[1][parts[1].index(after: bar)...]).trimmingSpaces, of: "text")
      return left.flatMap { left in right.map { .against(left, $0) } }
    default: break
    }
    let kinds = [
      "year", "prior", "unit", "name", "code", "reason", "money:", "percent:", "number:", "change:", "against:",
    ]
    reader.wrong("text", .text(text), .expectedOneOf(kinds))
    return nil
  }

  /// The `|` that stands in no braces.
  private static func outerBar(of text: String) -> String.Index? {
    var depth = 0
    return text.indices.first { index in
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" { depth -= 1 }
      return depth == 0 && text[index] == "|"
    }
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A formula of the documented language, read and computed in the plainest way.
///
/// It shares no code with the library. It accepts a little more than the documented language may: a sign before a term,
/// and spaces around the parts of a filter.
struct SlowFormula {
  /// One field of a filter, and the values that it may have.
  struct Filter {
    let field: String
    let values: [String]
  }

  /// An indicator in quotes and what stands in braces after it.
  struct Indicator: Hashable {
    let name: String
    /// `project`, `role`, `group` or `year`, with `|` as written.
    let filters: [String: String]
  }

  /// A step of the formula in reverse Polish notation.
  enum Step {
    case number(SlowRational)
    case figure(String, [Filter])
    case indicator(Indicator)
    case printed(String)
    /// `+`, `-`, `*`, `/`, `negate`, `abs` or `round`.
    case apply(String)
  }

  let steps: [Step]

  /// nil if the text is not well formed.
  init?(_ text: String) {
    guard let tokens = Self.tokens(of: text) else { return nil }
    var reader = SlowFormulaReader()
    for token in tokens {
      guard reader.read(token) else { return nil }
    }
    guard reader.finish() else { return nil }
    steps = reader.steps
  }

  private static func tokens(of text: String) -> [String]? {
    let token =
      #/
      \s* (
        [0-9]+ (?: \.[0-9]+ )?
        | @"[^"]+" | @[\p{L}0-9._]+
        | "[^"]+" \s* (?: \{ [^}]* \} )?
        | (?: abs | round ) \s* \(
        | [A-Za-z]+ \s* (?: \{ [^}]* \} )?
        | [-+*\/(),]
      ) \s*
      /#
    var (rest, tokens) = (text[...], [String]())
    while !rest.isEmpty {
      guard let match = rest.prefixMatch(of: token) else { return nil }
      tokens.append(String(match.output.1))
      rest = rest[match.range.upperBound...]
    }
    return tokens
  }
}

// MARK: - Value

extension SlowFormula {
  /// What a formula is asked about.
  struct Question {
    let figures: SlowFigures
    /// Exactly these (nil: all); a filter `unit` stands in for them.
    let units: Set<String>?
    /// A filter `year` stands in for it, and counts from it where it is relative.
    let year: Int
    let indicator: (Indicator) -> SlowRational?
    let printed: (String) -> SlowRational?
  }

  /// nil where a denominator is zero, or an indicator or a printed value has none.
  func value(_ question: Question) -> SlowRational? {
    var stack: [SlowRational?] = []
    for step in steps {
      switch step {
      case .number(let number): stack.append(number)
      case .figure(let name, let filters): stack.append(question.figure(name, filters))
      case .indicator(let indicator): stack.append(question.indicator(indicator))
      case .printed(let id): stack.append(question.printed(id))
      case .apply(let name): Self.apply(name, to: &stack)
      }
    }
    return stack.last ?? nil
  }

  private static func apply(_ name: String, to stack: inout [SlowRational?]) {
    let right = stack.removeLast()
    if name == "negate" || name == "abs" {
      stack.append(right.map { name == "abs" ? $0.magnitude : -$0 })
    } else if let left = stack.removeLast(), let right {
      stack.append(result(of: name, left, right))
    } else {
      stack.append(nil)
    }
  }

  private static func result(of name: String, _ left: SlowRational, _ right: SlowRational) -> SlowRational? {
    switch name {
    case "+": left + right
    case "-": left - right
    case "*": left * right
    case "/": left / right
    case "round": right.whole.flatMap { $0 < 0 ? nil : left.rounded(decimals: $0) }
    default: preconditionFailure("no \(name)")
    }
  }
}

extension SlowFormula.Question {
  /// A measure in yuan or a rate as a ratio.
  fileprivate func figure(_ name: String, _ filters: [SlowFormula.Filter]) -> SlowRational? {
    let rows = figures.rows.filter { row in isInScope(row, filters) && filters.allSatisfy { matches(row, $0) } }
    func sum(_ measure: String) -> SlowRational {
      SlowRational(fen: rows.map { $0.measures[measure, default: 0] }.reduce(0, +))
    }
    switch name {
    case "executionRate": return sum("disbursed") / sum("budget")
    case "originalRate": return sum("disbursed") / sum("appropriated")
    case "carryOverRate": return sum("balance") / sum("budget")
    case "receiptRate": return sum("received") / (sum("budget") - sum("carriedIn"))
    case "revenueRate": return (sum("received") + sum("collected")) / sum("estimated")
    case "adjustmentRate": return SlowRational(fen: rows.map(\.counted).reduce(0, +)) / sum("appropriated")
    default: return sum(name)
    }
  }

  private func isInScope(_ row: SlowFigures.Row, _ filters: [SlowFormula.Filter]) -> Bool {
    let fields = filters.map(\.field)
    let isOfUnits = fields.contains("unit") || units?.contains(row.unit) ?? true
    return isOfUnits && (fields.contains("year") || row.year == year)
  }

  private func matches(_ row: SlowFigures.Row, _ filter: SlowFormula.Filter) -> Bool {
    switch filter.field {
    case "fund", "function", "economic", "government": row.has(filter.field, in: filter.values)
    case "nature": row.hasNature(in: filter.values)
    case "unit": filter.values.contains { figures.units(under: $0).contains(row.unit) }
    case "year": filter.values.compactMap { Int($0) }.contains { row.year == ($0 < 1000 ? year + $0 : $0) }
    case "key": row.isKey
    case "kind": row.kind.map(filter.values.contains) ?? false
    default: row.fields[filter.field].map(filter.values.contains) ?? false
    }
  }
}

// MARK: - Names

extension SlowFormula {
  static let measures = [
    "appropriated", "foreseen", "adjusted", "carriedIn", "surplusIn", "openingAdjusted", "budget", "capped", "planned",
    "estimated", "received", "collected", "contracted", "committed", "disbursed", "lapsed", "surplusUsed", "allocated",
    "income", "available", "balance",
  ]
  static let rates = [
    "executionRate", "originalRate", "carryOverRate", "receiptRate", "revenueRate", "adjustmentRate",
  ]
  fileprivate static let fields = [
    "fund", "function", "economic", "government", "project", "nature", "procurement", "from", "category", "unit",
    "year", "key", "kind",
  ]
}

// MARK: - Reading

/// Orders tokens by precedence (shunting-yard).
private struct SlowFormulaReader {
  private(set) var steps: [SlowFormula.Step] = []
  /// Names of steps to apply, and `(`, `abs(`, `round(`, the last as `round,` after its comma.
  private var waiting: [String] = []
  private var expectsTerm = true

  /// - Returns: false if the token cannot stand here.
  mutating func read(_ token: String) -> Bool {
    if token.hasSuffix("(") { return open(token.filter { !$0.isWhitespace }) }
    switch token {
    case ")": return close()
    case ",": return comma()
    case "+", "-", "*", "/": return expectsTerm ? sign(token) : operation(token)
    default: return term(token)
    }
  }

  mutating func finish() -> Bool {
    applyWaiting()
    return !expectsTerm && waiting.isEmpty
  }

  private mutating func open(_ token: String) -> Bool {
    waiting.append(token)
    return expectsTerm
  }

  private mutating func close() -> Bool {
    applyWaiting()
    guard !expectsTerm, let opened = waiting.popLast() else { return false }
    switch opened {
    case "abs(": steps.append(.apply("abs"))
    case "round,": steps.append(.apply("round"))
    default: return opened == "("
    }
    return true
  }

  private mutating func comma() -> Bool {
    applyWaiting()
    guard !expectsTerm, waiting.popLast() == "round(" else { return false }
    waiting.append("round,")
    expectsTerm = true
    return true
  }

  private mutating func sign(_ token: String) -> Bool {
    waiting.append("negate")
    return token == "-"
  }

  private mutating func operation(_ token: String) -> Bool {
    applyWaiting { Self.precedence($0) >= Self.precedence(token) }
    waiting.append(token)
    expectsTerm = true
    return true
  }

  private mutating func term(_ token: String) -> Bool {
    guard expectsTerm, let step = Self.step(token) else { return false }
    steps.append(step)
    expectsTerm = false
    return true
  }

  /// Applies what waits, down to the last bracket.
  private mutating func applyWaiting(while isDue: (String) -> Bool = { _ in true }) {
    while let last = waiting.last, Self.precedence(last) > 0, isDue(last) {
      steps.append(.apply(last))
      waiting.removeLast()
    }
  }

  /// Zero for a bracket.
  private static func precedence(_ name: String) -> Int {
    switch name {
    case "+", "-": 1
    case "*", "/": 2
    case "negate": 3
    default: 0
    }
  }
}

// MARK: - Terms

extension SlowFormulaReader {
  private static func step(_ token: String) -> SlowFormula.Step? {
    if let number = SlowRational(decimal: token) { return .number(number) }
    if token.hasPrefix("@") { return .printed(token.dropFirst().filter { $0 != "\"" }) }
    let parts = token.split(separator: "{", maxSplits: 1).map { $0.trimmed }
    let braces = parts.count == 2 ? String(parts[1].dropLast()) : nil
    guard let filters = braces.map(filters) ?? [] else { return nil }
    return token.hasPrefix("\"") ? indicator(parts[0], filters) : figure(parts[0], filters)
  }

  private static func indicator(_ quoted: String, _ filters: [SlowFormula.Filter]) -> SlowFormula.Step? {
    let allowed = ["project", "role", "group", "year"]
    guard filters.allSatisfy({ allowed.contains($0.field) }) else { return nil }
    let values = filters.map { ($0.field, $0.values.joined(separator: "|")) }
    let name = quoted.filter { $0 != "\"" }
    return .indicator(SlowFormula.Indicator(name: name, filters: Dictionary(values) { first, _ in first }))
  }

  private static func figure(_ name: String, _ filters: [SlowFormula.Filter]) -> SlowFormula.Step? {
    guard (SlowFormula.measures + SlowFormula.rates).contains(name), filters.allSatisfy(isRead) else { return nil }
    return .figure(name, filters)
  }

  private static func isRead(_ filter: SlowFormula.Filter) -> Bool {
    switch filter.field {
    case "year", "from": filter.values.allSatisfy { Int($0) != nil }
    case "key": filter.values == ["true"]
    default: SlowFormula.fields.contains(filter.field)
    }
  }

  /// - Parameter text: what stands between the braces.
  private static func filters(_ text: String) -> [SlowFormula.Filter]? {
    let filters = text.split(separator: ",", omittingEmptySubsequences: false).map { part -> SlowFormula.Filter? in
      let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      guard sides.count == 2 else { return nil }
      let values = sides[1].split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
      return values.contains("") ? nil : SlowFormula.Filter(field: sides[0], values: values)
    }
    return filters.contains { $0 == nil } ? nil : filters.compactMap { $0 }
  }
}

extension Substring {
  fileprivate var trimmed: String { String(replacing(/^\s+|\s+$/, with: "")) }
}

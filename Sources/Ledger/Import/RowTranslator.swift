import Foundation

/// Something wrong with a cell, or with a row as a whole.
struct CellProblem: Equatable {
  let code: ProblemCode
  /// `nil`: the row as a whole.
  let heading: String?
  let value: String
  let expected: Phrase
}

/// Makes rows of a table into events, by rules that are fitted to it.
struct RowTranslator {
  /// What came of a row.
  enum Outcome {
    /// A line of a journal, by which of the rules it was made, and what it moves: of several lines what they add.
    case event(JSONObjectText, rule: Int, amount: Fen)
    /// No event: nothing in it, or the rules say so.
    case skipped
    /// It says what other rows come to.
    case total([ColumnTotal])
    /// The table ends here.
    case end
    case refused([CellProblem])
  }

  /// What a row of the file says that a column comes to, and what it came to.
  struct ColumnTotal: Equatable {
    let heading: String
    let stated: Money
    let summed: Fen
  }

  let rules: ImportRules
  /// Where the headings that the rules name stand, from 0.
  private let columns: [String: Int]
  /// What amounts of events came to so far: by heading, over all rows and since the last total.
  private var sums: [String: (all: Fen, group: Fen)] = [:]

  init(_ rules: ImportRules, columns: [String: Int]) {
    self.rules = rules
    self.columns = columns
  }

  mutating func translate(_ row: TableRow) -> Outcome {
    if row.isEmpty { return .skipped }
    if let refused = flawsOfConditions(row) { return .refused(refused) }
    if rules.stops.contains(where: { meets(row, $0) }) { return .end }
    for rule in rules.totals where meets(row, rule.when) { return total(row, rule) }
    if rules.skipped.contains(where: { meets(row, $0) }) { return .skipped }
    guard let index = rules.events.firstIndex(where: { $0.when.allSatisfy { meets(row, $0) } }) else {
      return .refused([
        CellProblem(
          code: .tableRowUnknown, heading: nil, value: row.cells.first { !$0.isEmpty } ?? "",
          expected: .expectedRowOfRules)
      ])
    }
    return event(row, rules.events[index], number: index)
  }

  // MARK: Conditions

  /// A cell that is no value by itself says nothing of what its row is; to take it for an empty one would be a guess.
  /// Rows that add up others may be formulas.
  private func flawsOfConditions(_ row: TableRow) -> [CellProblem]? {
    if row.flaws.isEmpty || (rules.stops + rules.totals.map(\.when)).contains(where: { meets(row, $0) }) { return nil }
    let asked = (rules.skipped + rules.events.flatMap(\.when)).compactMap(\.column?.heading)
    let headings = asked + (rules.id?.columns.map(\.heading) ?? [])
    let found = headings.compactMap { heading in
      flaw(heading, row).map {
        CellProblem(code: .tableNoValue, heading: heading, value: cell(heading, row), expected: $0.expected)
      }
    }
    return found.isEmpty ? nil : found.withoutRepeats
  }

  private func meets(_ row: TableRow, _ condition: RowCondition) -> Bool {
    guard let heading = condition.column?.heading else {
      return row.cells.contains { meets($0.trimmed, condition.test) }
    }
    return columns[heading] != nil && meets(cell(heading, row), condition.test)
  }

  private func meets(_ text: String, _ test: RowCondition.Test) -> Bool {
    switch test {
    case .isOneOf(let texts): texts.contains { ExactText($0) == ExactText(text) }
    case .matches(let pattern): pattern.matches(text)
    case .isFilled(let isFilled): text.isEmpty != isFilled
    case .isAmount(.none) where text.isEmpty: true
    case .isAmount(let sign): (try? Money(readingAnyForm: text, in: rules.amounts)).map { sign.fits($0) } ?? false
    }
  }

  /// A cell without the spaces around it; empty where the row is too short.
  private func cell(_ heading: String, _ row: TableRow) -> String {
    guard let column = columns[heading], row.cells.indices.contains(column) else { return "" }
    return row.cells[column].trimmed
  }

  private func flaw(_ heading: String, _ row: TableRow) -> TableRow.CellFlaw? {
    columns[heading].flatMap { row.flaws[$0] }
  }

  // MARK: Events

  private mutating func event(_ row: TableRow, _ rule: EventRule, number: Int) -> Outcome {
    var writing = Writing()
    writing.object.add(Field.type.rawValue, rule.type.rawValue)
    if let id = id(of: row, &writing.problems) { writing.object.add(Field.id.rawValue, id) }
    add(rule.fields, row, to: &writing)
    writing.problems += rule.same.compactMap { difference(of: $0, row) }
    if !rule.lines.isEmpty {
      var lines: [JSONObjectText] = []
      for fields in rule.lines {
        var line = Writing()
        add(fields, row, to: &line)
        lines.append(line.object)
        writing.problems += line.problems
        writing.amount += max(0, line.amount)
      }
      writing.object.add(Field.lines.rawValue, objects: lines)
    }
    guard writing.problems.isEmpty else { return .refused(writing.problems.withoutRepeats) }
    count(row, rule)
    return .event(writing.object, rule: number, amount: writing.amount)
  }

  /// An event, or a line of one, while its fields are added.
  private struct Writing {
    var object = JSONObjectText()
    var amount: Fen = 0
    var problems: [CellProblem] = []
  }

  private func id(of row: TableRow, _ problems: inout [CellProblem]) -> String? {
    guard let rule = rules.id else { return nil }
    let headings = rule.columns.map(\.heading)
    let parts = headings.map { cell($0, row) }
    if let missing = parts.firstIndex(where: \.isEmpty) {
      problems.append(
        CellProblem(
          code: .tableCellUnknown, heading: headings[missing], value: "", expected: .expectedCellOfID))
      return nil
    }
    return rule.prefix + parts.joined(separator: "-")
  }

  private func add(_ fields: [FieldRule], _ row: TableRow, to writing: inout Writing) {
    for rule in fields {
      switch rule.sources.first {
      case .constant(let text)?:
        rule.field.add(text, to: &writing.object)
        // One that cannot be read is for the reader of events to refuse.
        if rule.field == .amount, let amount = try? Money(reading: text) { writing.amount += Fen(amount.fen) }
      case .column(let column)?:
        let heading = column.column.heading
        let text = cell(heading, row)
        if let flaw = flaw(heading, row) {
          writing.problems.append(
            CellProblem(code: .tableNoValue, heading: heading, value: text, expected: flaw.expected))
          continue
        }
        if text.isEmpty { continue }
        do {
          if let value = try value(of: text, column) { try add(value, rule.field, column, to: &writing) }
        } catch {
          writing.problems.append(
            CellProblem(code: error.code, heading: heading, value: error.value, expected: error.expected))
        }
      case nil: break
      }
    }
  }

  /// The first value that is not what those before it are; `nil` where all are the same.
  private func difference(of sources: [FieldRule.Source], _ row: TableRow) -> CellProblem? {
    var first: String?
    for case .column(let rule) in sources {
      let heading = rule.column.heading
      // What cannot be read is told where it is taken.
      guard let value = try? value(of: cell(heading, row), rule) else { continue }
      if let first, ExactText(first) != ExactText(value) {
        return CellProblem(
          code: .tableCellUnknown, heading: heading, value: value, expected: .expectedExactly(first))
      }
      first = value
    }
    return nil
  }

  /// What a rule makes of a cell; `nil` where what it is looked up in has nothing there.
  private func value(of text: String, _ rule: ColumnRule) throws(Unreadable) -> String? {
    var value = text
    if let lookup = rule.lookup, let table = rules.tables[lookup.table] {
      value = try table.value(of: text, under: lookup.take.heading)
      if value.isEmpty { return nil }
    }
    if let pattern = rule.pattern {
      guard let part = pattern.part(of: value) else {
        throw Unreadable(.tableCellUnknown, value: value, expected: .expectedCellOfPattern(pattern.text))
      }
      value = part
    }
    if let values = rule.values {
      guard let meaning = values[value] else {
        throw Unreadable(.tableCellUnknown, value: value, expected: .expectedOneOf(values.keys.sorted()))
      }
      value = meaning
    }
    return rule.frame.map { $0.replacingOccurrences(of: ColumnRule.gap, with: value) } ?? value
  }

  /// Adds a value as the journal writes it.
  private func add(
    _ text: String, _ field: Field, _ rule: ColumnRule, to writing: inout Writing
  ) throws(Unreadable) {
    switch field {
    case .date: field.add(try Day(readingAnyForm: text).description, to: &writing.object)
    case .amount, .settled:
      let amount = rule.sign.applied(to: try Money(readingAnyForm: text, in: rules.amounts))
      field.add(amount.description, to: &writing.object)
      if field == .amount { writing.amount += Fen(amount.fen) }
    default: field.add(text, to: &writing.object)
    }
  }

  // MARK: Totals

  private mutating func count(_ row: TableRow, _ rule: EventRule) {
    for heading in Set(rule.allFields.filter { $0.field == .amount }.compactMap(\.heading)) {
      guard let amount = try? Money(readingAnyForm: cell(heading, row), in: rules.amounts) else { continue }
      sums[heading, default: (0, 0)].all += Fen(amount.fen)
      sums[heading, default: (0, 0)].group += Fen(amount.fen)
    }
  }

  private mutating func total(_ row: TableRow, _ rule: TotalRule) -> Outcome {
    let headings = Set(rules.events.flatMap(\.allFields).filter { $0.field == .amount }.compactMap(\.heading)).sorted()
    let found = headings.compactMap { heading -> ColumnTotal? in
      let sum = sums[heading] ?? (0, 0)
      // A formula is not what the file says, but what it makes a spreadsheet say.
      guard flaw(heading, row) == nil,
        let stated = try? Money(readingAnyForm: cell(heading, row), in: rules.amounts)
      else { return nil }
      return ColumnTotal(heading: heading, stated: stated, summed: rule.isOfAll ? sum.all : sum.group)
    }
    if !rule.isOfAll { for heading in headings { sums[heading]?.group = 0 } }
    return .total(found)
  }
}

extension [CellProblem] {
  /// Several fields may be made of one cell, and fail for one reason.
  fileprivate var withoutRepeats: [CellProblem] {
    reduce(into: []) { found, problem in if !found.contains(problem) { found.append(problem) } }
  }
}

extension RowCondition.Test.Sign {
  fileprivate func fits(_ amount: Money) -> Bool {
    switch self {
    case .negative: amount < .zero
    case .positive: amount > .zero
    case .zero, .none: amount == .zero
    }
  }
}

extension TableRow.CellFlaw {
  var expected: Phrase {
    switch self {
    case .formula: .expectedNoFormula
    case .merged: .expectedNoMerging
    case .error: .expectedNoErrorValue
    }
  }
}

extension ColumnRule.Sign {
  fileprivate func applied(to amount: Money) -> Money {
    switch self {
    case .keep: amount
    case .drop: Money(fen: abs(amount.fen))
    case .turn: Money(fen: -amount.fen)
    }
  }
}

extension Field {
  /// Adds a value as a journal writes it: years are numbers, and `key` is a flag.
  fileprivate func add(_ value: String, to object: inout JSONObjectText) {
    switch self {
    case .year, .from:
      // What is no number, or no flag, is for the reader of events to refuse.
      if let number = Int(value) { object.add(rawValue, number) } else { object.add(rawValue, value) }
    case .key:
      switch value {
      case "true": object.add(rawValue, true)
      case "false": object.add(rawValue, false)
      default: object.add(rawValue, value)
      }
    default: object.add(rawValue, value)
    }
  }
}

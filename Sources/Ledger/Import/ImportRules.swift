import Foundation

/// What the rows of a table mean as events: a rules file, which a person writes once for each kind of export.
public struct ImportRules: Sendable {
  /// What the export is called.
  public let name: String?
  let form: TableForm
  /// The row of the headings; `nil`: the first that has all that are named.
  let headingRow: Int?
  /// What amounts are counted in, where they do not say so themselves.
  /// `nil`: not said, and then yuan.
  let statedAmounts: DisplayUnit?
  /// Rows that are no events.
  let skipped: [RowCondition]
  /// Where the table ends.
  let stops: [RowCondition]
  /// Rows that add up what stands above them.
  let totals: [TotalRule]
  /// Makes the id of an event; `nil`: it follows from the content.
  let id: IDRule?
  /// In their order: the first that a row meets is what it becomes.
  let events: [EventRule]
  /// Second tables that cells are looked up in: under which heading each has its keys, by name.
  let lookups: [String: ColumnName]
  /// Those of them that are at hand.
  var tables: [String: LookupTable] = [:]
}

extension ImportRules {
  var amounts: DisplayUnit { statedAmounts ?? .yuan }

  /// The rules with a second table at hand.
  /// - Throws: `Problems`, where it cannot be read or has no keys; a usage error where the rules look nothing up in it.
  public func lookingUp(_ name: String, in source: JournalBytes) throws -> ImportRules {
    guard let key = lookups[name] else {
      throw Problems(
        Problem(
          .usage, field: "--lookup", value: name,
          expected: lookups.isEmpty ? .expectedNoLookup : .expectedOneOf(lookups.keys.sorted())))
    }
    var completed = self
    completed.tables[name] = try LookupTable(source, key: key, takes: takes(of: name))
    return completed
  }
}

extension ImportRules {
  /// What is taken of a second table.
  private func takes(of name: String) -> [ColumnName] {
    let sources = events.flatMap { event in event.allFields.flatMap(\.sources) + event.same.flatMap(\.self) }
    return sources.compactMap { source in
      guard case .column(let rule) = source, rule.lookup?.table == name else { return nil }
      return rule.lookup?.take
    }
  }
}

/// A column by its heading, or by several of which a table has one: the first that it has counts.
struct ColumnName: Hashable, Sendable {
  let names: [String]

  /// In rules that are fitted to a table: the heading that it has.
  var heading: String { names.first ?? "" }

  /// The one that is among these headings.
  func fitted(to headings: Set<String>) -> ColumnName? {
    names.first(where: headings.contains).map { ColumnName(names: [$0]) }
  }
}

/// How a table file is written, where that is not to be found by its content.
struct TableForm: Sendable {
  /// The name or number of a workbook's sheet; `nil`: the first.
  var sheet: String?
  var encoding: TextEncoding?
  var separator: UInt8?
}

/// A row that is told from others by a cell.
struct RowCondition: Sendable {
  enum Test: Sendable {
    case isOneOf([String])
    case matches(Pattern)
    case isFilled(Bool)
    case isAmount(Sign)

    /// `none`: zero, or nothing at all.
    enum Sign: String, CaseIterable, Sendable { case negative, positive, zero, none }

    /// Whether it makes sense of one cell only.
    var needsColumn: Bool {
      switch self {
      case .isOneOf, .matches: false
      case .isFilled, .isAmount: true
      }
    }
  }

  /// `nil`: any cell.
  let column: ColumnName?
  /// Whether a table may lack the column; the condition does not hold then.
  let isOptional: Bool
  let test: Test
}

/// A row of the file that says what its amounts come to.
struct TotalRule: Sendable {
  let when: RowCondition
  /// Whether it adds up all rows, or those since the last such row.
  let isOfAll: Bool
}

/// The id of an event from what its row says of itself.
struct IDRule: Sendable {
  let prefix: String
  let columns: [ColumnName]
}

/// One kind of event that a row may become.
struct EventRule: Sendable {
  let type: EventType
  /// All must hold.
  let when: [RowCondition]
  let fields: [FieldRule]
  /// Of an event of one line, what its fields say; else by line.
  let lines: [[FieldRule]]

  /// Values that must be the same in each list, or the row is refused: such as the units of both ends of a move.
  let same: [[FieldRule.Source]]

  /// Every rule of it, those of lines behind its own.
  var allFields: [FieldRule] { fields + lines.flatMap(\.self) }
}

/// Where the value of a field comes from.
struct FieldRule: Sendable {
  enum Source: Sendable {
    case constant(String)
    case column(ColumnRule)
  }

  let field: Field
  /// The first that a table has counts; in rules that are fitted to a table there is one, or none.
  let sources: [Source]

  /// Of rules that are fitted to a table: the heading that the value stands under; `nil` for a constant.
  var heading: String? {
    if case .column(let rule)? = sources.first { return rule.column.heading }
    return nil
  }
}

/// How a cell is the value of a field: in this order it is looked up, taken in part, given a meaning and framed.
struct ColumnRule: Sendable {
  enum Sign: String, CaseIterable, Sendable {
    /// As it is written.
    case keep
    /// Without its sign: a negative payment is a refund of its size.
    case drop
    case turn
  }

  let column: ColumnName
  /// Whether a table may lack the column.
  let isOptional: Bool
  /// Where what the cell says is looked up; `nil`: it is the value.
  let lookup: Lookup?
  /// What is taken of the text; one that it does not fit is refused.
  let pattern: Pattern?
  /// What texts mean; `nil`: what they say. Another text is refused.
  let values: [String: String]?
  /// A text that the value stands in, at `{}`.
  let frame: String?
  /// Of an amount.
  let sign: Sign

  /// Where the value stands in a frame.
  static let gap = "{}"

  /// A column of a second table.
  struct Lookup: Sendable {
    let table: String
    let take: ColumnName
  }
}

/// A regular expression.
struct Pattern: Sendable {
  let text: String
  private let expression: NSRegularExpression

  /// - Returns: `nil` if it is none.
  init?(_ text: String) {
    guard let expression = try? NSRegularExpression(pattern: text) else { return nil }
    self.text = text
    self.expression = expression
  }

  func matches(_ text: String) -> Bool { match(in: text) != nil }

  /// The part in the first parentheses, or all that it fits; `nil` where it does not.
  func part(of text: String) -> String? {
    guard let match = match(in: text) else { return nil }
    let range = match.numberOfRanges > 1 ? match.range(at: 1) : match.range
    return Range(range, in: text).map { String(text[$0]) }
  }

  private func match(in text: String) -> NSTextCheckingResult? {
    expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
  }
}

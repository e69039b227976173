import Foundation

/// What the rows of a table mean as events: a rules file, which a person writes once for each kind of export.
public struct ImportRules: Sendable {
  /// What the export is called.
  public let name: String?
  let form: TableForm
  /// The row of the headings; `nil`: the first that has all that are named.
  let headingRow: Int?
  /// What amounts are counted in, where they do not say so themselves.
  let amounts: DisplayUnit
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

  /// Every heading that is named.
  var headings: [String] {
    var found: [String] = []
    func add(_ headings: [String]) { for heading in headings where !found.contains(heading) { found.append(heading) } }
    add((skipped + stops + totals.map(\.when)).compactMap(\.heading))
    add(id?.headings ?? [])
    for event in events {
      add((event.when.compactMap(\.heading)) + event.allFields.compactMap(\.heading))
    }
    return found
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

    enum Sign: String, CaseIterable, Sendable { case negative, positive, zero }

    /// Whether it makes sense of one cell only.
    var needsColumn: Bool {
      switch self {
      case .isOneOf, .matches: false
      case .isFilled, .isAmount: true
      }
    }
  }

  /// `nil`: any cell.
  let heading: String?
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
  let headings: [String]
}

/// One kind of event that a row may become.
struct EventRule: Sendable {
  let type: EventType
  /// All must hold.
  let when: [RowCondition]
  let fields: [FieldRule]
  /// Of an event of one line, what its fields say; else by line.
  let lines: [[FieldRule]]

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
  let source: Source

  var heading: String? {
    if case .column(let rule) = source { return rule.heading }
    return nil
  }
}

/// How a cell is the value of a field.
struct ColumnRule: Sendable {
  enum Sign: String, CaseIterable, Sendable {
    /// As it is written.
    case keep
    /// Without its sign: a negative payment is a refund of its size.
    case drop
    case turn
  }

  let heading: String
  /// What is taken of the text; one that it does not fit is refused.
  let pattern: Pattern?
  /// What texts mean; `nil`: what they say. Another text is refused.
  let values: [String: String]?
  /// Of an amount.
  let sign: Sign
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

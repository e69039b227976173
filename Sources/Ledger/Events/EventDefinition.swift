/// The types of events, under the names that never change.
public enum EventType: String, CaseIterable, Sendable {
  case unit, project, code, policy
  case appropriation, adjustment
  case carryOver = "carry-over"
  case receipt, disbursement, refund, reversal, assertion

  /// The one place where a type meets what it means. A new type is a case here, a line below and a file in `Types/`.
  public var definition: EventDefinition {
    switch self {
    case .unit: .unit
    case .project: .project
    case .code: .code
    case .policy: .policy
    case .appropriation: .appropriation
    case .adjustment: .adjustment
    case .carryOver: .carryOver
    case .receipt: .receipt
    case .disbursement: .disbursement
    case .refund: .refund
    case .reversal: .reversal
    case .assertion: .assertion
    }
  }
}

/// What an event type is: the fields it takes, and what it does.
///
/// Reading, writing, recording, folding and control all go by this and know no type by name.
public struct EventDefinition: Sendable {
  public let name: Phrase
  /// Whether the event names the unit it belongs to.
  public let unit: UnitRule
  /// Whether an absent `year` becomes that of `date`.
  public let fillsYear: Bool
  /// `nil`: the event carries no amounts.
  public let lines: LineRule?
  /// The fields that only some types have, as this type takes them.
  public let own: [OwnField]
  /// What the fields say together that none says alone.
  public let check: @Sendable (Event) -> [FieldProblem]
  /// What one entry adds to the measures of its budget line.
  public let effect: @Sendable (Event, Entry) -> Sums
  /// What it declares: units, projects, names of codes, rules of control.
  public let declare: @Sendable (RecordedEvent, inout Declarations) -> Void

  init(
    name: Phrase, unit: UnitRule, fillsYear: Bool, lines: LineRule?, own: [OwnField],
    check: @escaping @Sendable (Event) -> [FieldProblem] = { _ in [] },
    effect: @escaping @Sendable (Event, Entry) -> Sums = { _, _ in Sums() },
    declare: @escaping @Sendable (RecordedEvent, inout Declarations) -> Void = { _, _ in }
  ) {
    self.name = name
    self.unit = unit
    self.fillsYear = fillsYear
    self.lines = lines
    self.own = own
    self.check = check
    self.effect = effect
    self.declare = declare
  }

  /// Whether the field is a condition on lines rather than a value.
  public func takesFilter(_ field: Field) -> Bool {
    guard case .filter? = own(field)?.form else { return false }
    return true
  }

  func own(_ field: Field) -> OwnField? { own.first { $0.field == field } }
}

public enum UnitRule: Sendable {
  /// Must be given: the event is about this unit.
  case declares
  /// The only unit declared so far, if absent.
  case defaulted
  /// Absent means no unit in particular.
  case optional
}

/// How the amounts of a type are written.
public struct LineRule: Sendable {
  public enum Sign: Sendable { case positive, nonZero }
  public let sign: Sign
  /// Whether `from` = `year` is a statement of its own (this year's money, on spending) or the same as no `from`.
  public let keepsFromOfYear: Bool
  /// The source year of money where none is stated, from the budget year.
  public let defaultFrom: (@Sendable (Int) -> Int)?

  init(sign: Sign, keepsFromOfYear: Bool = false, defaultFrom: (@Sendable (Int) -> Int)? = nil) {
    self.sign = sign
    self.keepsFromOfYear = keepsFromOfYear
    self.defaultFrom = defaultFrom
  }
}

/// One field that only some types have.
public struct OwnField: Sendable {
  public enum Form: Sendable {
    case text
    /// One of these words.
    case choice([String])
    case flag
    case reference
    /// A nature, as a word.
    case nature
    /// One value or several with `|`, matching a line field.
    case filter
  }

  public enum Presence: Sendable {
    case required, optional
    case defaulted(String)
  }

  public let field: Field
  public let form: Form
  public let presence: Presence

  init(_ field: Field, _ form: Form, _ presence: Presence) {
    self.field = field
    self.form = form
    self.presence = presence
  }
}

/// A flaw of an event that is about one field; the reader adds the place.
public struct FieldProblem: Equatable, Sendable {
  public let code: ProblemCode
  public let field: Field
  public let value: String
  public let expected: Phrase
  /// The index of the event's line, where it is about one.
  public var line: Int?

  init(_ code: ProblemCode, _ field: Field, line: Int? = nil, value: String, expected: Phrase) {
    self.code = code
    self.field = field
    self.line = line
    self.value = value
    self.expected = expected
  }

  init(_ field: Field, _ unreadable: Unreadable) {
    self.init(unreadable.code, field, value: unreadable.value, expected: unreadable.expected)
  }
}

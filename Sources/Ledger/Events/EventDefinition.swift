/// What an event type is: the fields it takes, and what it does.
///
/// Reading, writing, recording, folding and control all go by this and know no type by name. There is one for each type,
/// asked for many times an event; so it is an object, which is handed on without being copied.
public final class EventDefinition: Sendable {
  public let name: Phrase
  /// Whether the event names the unit it belongs to.
  public let unit: UnitRule
  /// Whether an absent `year` becomes that of `date`.
  public let fillsYear: Bool
  /// `nil`: the event carries no amounts.
  public let lines: LineRule?
  /// The fields that only some types have, as this type takes them.
  public let own: [OwnField]
  /// Fields that any event may carry and this type must.
  public let required: [Field]
  /// What it does under a contract; `nil`: the contract number is a mere remark.
  public let contract: ContractRole?
  /// What the fields say together that none says alone.
  public let check: @Sendable (Event) -> [FieldProblem]
  /// What one entry adds to the measures of its budget line.
  public let effect: @Sendable (Event, Entry) -> Sums
  /// What it declares: units, projects, names of codes, rules of control.
  public let declare: @Sendable (RecordedEvent, inout Declarations) -> Void

  init(
    name: Phrase, unit: UnitRule, fillsYear: Bool, lines: LineRule?, own: [OwnField], required: [Field] = [],
    contract: ContractRole? = nil,
    check: @escaping @Sendable (Event) -> [FieldProblem] = { _ in [] },
    effect: @escaping @Sendable (Event, Entry) -> Sums = { _, _ in Sums() },
    declare: @escaping @Sendable (RecordedEvent, inout Declarations) -> Void = { _, _ in }
  ) {
    self.name = name
    self.unit = unit
    self.fillsYear = fillsYear
    self.lines = lines
    self.own = own
    self.required = required
    self.contract = contract
    self.check = check
    self.effect = effect
    self.declare = declare
  }

  /// Whether the field is a condition on lines rather than a value.
  public func takesFilter(_ field: Field) -> Bool {
    guard case .filter? = own(field)?.form else { return false }
    return true
  }

  /// The fields that events of the type can have, in themselves or in their lines.
  var fieldsTaken: UInt64 {
    own.reduce(lines == nil ? Field.common : Field.common | Field.ofLines | .fields(.amount, .lines)) {
      $0 | $1.field.bit
    }
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

/// What an event does to the commitments of its contract.
public enum ContractRole: Sendable {
  /// Sets budget aside on its own lines.
  case commits
  /// Uses up what is set aside; what it used is stored as `settled`.
  case settles
  /// Frees what is set aside.
  case releases
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

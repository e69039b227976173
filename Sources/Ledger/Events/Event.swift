/// An amount under its classification: one line of an event.
public struct Entry: Equatable, Sendable {
  public var classification: Classification
  /// As stated by the event; what it does to the measures is the type's matter.
  public var amount: Money

  public init(classification: Classification, amount: Money) {
    self.classification = classification
    self.amount = amount
  }
}

/// What has happened to the budget: a past fact, never edited or deleted, only followed by a correcting one.
///
/// What all types share has fields of its own; what only some types say stands in `details`, and the type's
/// `EventDefinition` tells which of them it takes.
public struct Event: Equatable, Sendable {
  public let type: EventType
  /// 业务日期.
  public let date: Day
  /// When the book learnt of it; the book gives it.
  public var recorded: Instant?
  /// The client's key, unique in the book.
  public var id: String?
  public var unit: ExactText?
  /// Budget year.
  public var year: Int?
  public var entries: [Entry]
  public var details: Details
  public var annotation: Annotation

  public init(
    type: EventType, date: Day, recorded: Instant?, id: String?, unit: ExactText?, year: Int?, entries: [Entry],
    details: Details, annotation: Annotation
  ) {
    self.type = type
    self.date = date
    self.recorded = recorded
    self.id = id
    self.unit = unit
    self.year = year
    self.entries = entries
    self.details = details
    self.annotation = annotation
  }

  public var definition: EventDefinition { type.definition }

  /// Whether it moves money: by lines of its own, by taking back those of another event, or by freeing a commitment's.
  public var isMoney: Bool { !entries.isEmpty || type == .reversal || definition.contract == .releases }

  /// All its amounts together; that of a release stands without a line.
  public var total: Fen {
    entries.isEmpty ? Fen(details.amount(.amount)?.fen ?? 0) : entries.reduce(0) { $0 + Fen($1.amount.fen) }
  }

  /// The event another event is about, where the type has such a field and it is given.
  public var of: Reference? {
    guard case .reference(let reference)? = details[.of] else { return nil }
    return reference
  }

  /// The contract it commits to, pays under or releases, where its type does so and one is named.
  public var contract: ContractKey? {
    guard definition.contract != nil, let unit, let number = annotation.contract else { return nil }
    return ContractKey(unit: unit, number: ExactText(number))
  }

  /// Whether the year-end close wrote it: a commitment made again is not a new contract.
  public var isOfClose: Bool {
    guard [.release, .close, .carryOver, .commitment].contains(type), let year,
      let closed = id.flatMap(Event.closedYear)
    else { return false }
    return closed == year || closed == year - 1
  }

  /// The year in an id as the close of a year gives them, `close-2021-…`; `nil` for any other id.
  public static func closedYear(inID id: String) -> Int? {
    let parts = id.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "close", parts[1].utf8.count == 4 else { return nil }
    return Int(parts[1])
  }
}

/// A contract is known by its number within a unit, over all years.
public struct ContractKey: Hashable, Sendable {
  public let unit: ExactText
  public let number: ExactText

  public init(unit: ExactText, number: ExactText) {
    self.unit = unit
    self.number = number
  }
}

/// The fields that only some types have, few enough that a list is faster than a dictionary.
public struct Details: Equatable, Sendable {
  private var values: [(field: Field, value: DetailValue)] = []

  public init() {}

  public subscript(field: Field) -> DetailValue? {
    get { values.first { $0.field == field }?.value }
    set {
      values.removeAll { $0.field == field }
      guard let newValue else { return }
      let place = values.firstIndex { $0.field.rawValue > field.rawValue } ?? values.endIndex
      values.insert((field, newValue), at: place)
    }
  }

  /// The text of a field; `nil` if absent or not a text.
  public func text(_ field: Field) -> String? {
    guard case .text(let text)? = self[field] else { return nil }
    return text
  }

  /// The amount of a field; `nil` if absent or not an amount.
  public func amount(_ field: Field) -> Money? {
    guard case .amount(let amount)? = self[field] else { return nil }
    return amount
  }

  public var isEmpty: Bool { values.isEmpty }
  public var fields: [Field] { values.map(\.field) }

  public static func == (left: Details, right: Details) -> Bool {
    left.values.elementsEqual(right.values) { $0.field == $1.field && $0.value == $1.value }
  }
}

/// An event at its place in a book or a journal.
public struct RecordedEvent: Equatable, Sendable {
  /// From 1, without gaps in a book; in a part of a journal, as stated there.
  public let position: Int
  /// With every default filled in.
  public let event: Event
  /// The hash of the chain up to this event, where the source states one.
  public let hash: ChainHash?
  /// The position of the event it is about, if any.
  public let ofPosition: Int?

  public init(position: Int, event: Event, hash: ChainHash?, ofPosition: Int?) {
    self.position = position
    self.event = event
    self.hash = hash
    self.ofPosition = ofPosition
  }

  /// Where the money it moves was first charged: a refund that names its payment goes where the payment was charged.
  var chargedAt: Int { ofPosition ?? position }
}

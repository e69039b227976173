/// One event whole: what it says, what it is about, what is about it, and what it does to the budget lines.
public struct EventReport: Sendable {
  /// The event itself.
  public let recorded: RecordedEvent
  /// The event that it reverses, or whose money comes back by it.
  public let target: RecordedEvent?
  /// The later events that are about it, in order.
  public let followers: [RecordedEvent]
  /// What it does, a posting a line; empty for what moves no money.
  public let postings: [Posting]

  /// - Throws: `Problems` where the source is damaged.
  public init(on recorded: RecordedEvent, in source: LedgerSource) throws {
    self.recorded = recorded
    target = try recorded.ofPosition.flatMap(source.event)
    followers = try source.events(about: recorded.position)
    postings = try source.postings(of: recorded, target: target)
  }
}

extension LedgerSource {
  /// The events that are about another one, in order.
  func events(about position: Int) throws -> [RecordedEvent] {
    switch self {
    case .book(let book):
      try book.read { reader in
        try reader.positions(referringTo: position).compactMap { try reader.event(at: $0)?.recorded }
      }
    case .journal(let journal): try journal.history().events.filter { $0.ofPosition == position }
    }
  }

  /// What an event does to the budget lines. What a payment or a release takes from its contract depends on the events
  /// before it.
  func postings(of recorded: RecordedEvent, target: RecordedEvent?) throws -> [Posting] {
    guard (recorded.event.contract ?? target?.event.contract) != nil else {
      var none = Contracts()
      return none.postings(of: recorded, target: target)
    }
    var found: [Posting] = []
    try forEachContractEvent { event, _, postings in
      if event.position == recorded.position { found = postings }
    }
    return found
  }
}

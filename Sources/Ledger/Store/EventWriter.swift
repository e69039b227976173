import GRDB

/// Appends events to a book: their hashes and rows are made and written on another core, while the batch goes on. So
/// whoever reads events of a running batch asks it first, as `BookReader` does.
final class EventWriter {
  private let connection: Connection
  private let rows: EventRows
  private var waiting = PendingEvents()
  private var recent: RecentEvents
  /// The kinds of plain events there have been, by number.
  private var kinds: [PlainKind] = []
  private var ids = FreeIDs()
  /// The events of the batch that are about another, by that one's position.
  private var references: [Int: [Int]] = [:]
  private var contracts: Set<ContractKey> = []

  init(_ reader: BookReader) throws {
    connection = reader.connection
    recent = RecentEvents(least: max(reader.runs.leastRecent, RowWorker.most))
    rows = try EventRows(connection.database, after: reader.head.hash)
  }

  /// The position of the event of this id; `nil` if neither the book nor the batch has one.
  func position(ofID id: String) throws -> Int? {
    let asked = ExactText(id)
    if ids.contain(asked) { return nil }
    if let known = recent.position(ofID: asked) { return known }
    if let known = try connection.earlier({ try EventRow.position(ofID: id, $0) }) { return known }
    // What is not among the recent events is in the book by now.
    if !recent.isWhole, let known = try EventRow.position(ofID: id, connection.database) { return known }
    if ids.takes(from: asked) {
      let next = try connection.earlier { try EventRow.id(after: id, $0) }
      ids.add(from: asked, to: next.map(ExactText.init))
    }
    return nil
  }

  /// An event of the batch; `nil` if it is none of the last ones.
  func recentRow(at position: Int) -> EventRow? { waiting.row(at: position, kinds) ?? recent.row(at: position, kinds) }

  /// The events of the batch that are about another one.
  func positions(referringTo position: Int) -> [Int] { references[position] ?? [] }

  /// Whether the batch has an event under a contract.
  func hasEvent(under contract: ContractKey) -> Bool { contracts.contains(contract) }

  func append(_ row: EventRow) throws {
    let recorded = row.recorded
    waiting.add(row)
    if let target = recorded.ofPosition { references[target, default: []].append(recorded.position) }
    if let contract = recorded.event.contract { contracts.insert(contract) }
    try added(recorded.event.id ?? "", at: recorded.position)
  }

  /// Takes in a kind of plain events, before any of them is appended.
  /// - Returns: its number.
  func add(_ kind: PlainKind) -> Int {
    kinds.append(kind)
    waiting.add(kind)
    return kinds.count - 1
  }

  /// Appends a plain event, whose line is copied.
  /// - Parameter id: of the event.
  func append(_ event: PendingEvents.Plain, id: String, _ line: UnsafeBufferPointer<UInt8>) throws {
    waiting.add(event, line)
    try added(id, at: event.position)
  }

  private func added(_ id: String, at position: Int) throws {
    let taken = ExactText(id)
    ids.take(taken)
    recent.add(taken, at: position)
    if waiting.count == EventRows.atOnce { try connection.worker.hand(over: RowJob(rows: rows, events: next())) }
  }

  /// The events that wait, which do so no longer.
  private func next() -> PendingEvents {
    let events = waiting
    waiting = PendingEvents(like: events)
    recent.keep(events)
    return events
  }

  /// Writes what is not yet written.
  func settle() throws {
    try connection.worker.finish()
    if waiting.count > 0 { try rows.write(next()) }
  }

  /// Writes what is not yet written of the batch, which ends.
  func end() throws {
    try settle()
    recent.removeAll()
    references = [:]
    contracts = []
    ids.endBatch()
  }

  /// Of the last event, once everything is settled.
  var hash: ChainHash { rows.hash }
}

/// Stretches of the order of ids in which neither the book nor the batch has any. Ids mostly rise, one after the other,
/// and the next one of such a row needs no look-up to be new.
private struct FreeIDs {
  private struct Gap {
    /// The last id before it, which may be taken or not; none of the ids above is, up to `end`.
    var start: ExactText
    /// The next id that is taken; `nil`: none is.
    let end: ExactText?
    /// Whether `start` itself is taken.
    var isStartTaken = false

    func contains(_ id: ExactText) -> Bool {
      (start < id || start == id && !isStartTaken) && (end.map { id < $0 } ?? true)
    }
  }

  /// Several, since a file may have ids of several kinds. The newest is the last.
  private var gaps: [Gap] = []
  private static let most = 8
  /// The largest id of the batch.
  private var largest: ExactText?

  func contain(_ id: ExactText) -> Bool { gaps.contains { $0.contains(id) } }

  /// Whether what the book had before the batch tells which ids above this one are taken.
  func takes(from id: ExactText) -> Bool { largest.map { $0 < id } ?? true }

  /// - Parameter end: the next id that the book had before the batch.
  mutating func add(from start: ExactText, to end: ExactText?) {
    if gaps.count == FreeIDs.most { gaps.removeFirst() }
    gaps.append(Gap(start: start, end: end))
  }

  /// An id is taken: what lies below it in its gap is no longer looked at.
  mutating func take(_ id: ExactText) {
    if largest.map({ $0 < id }) ?? true { largest = id }
    for index in gaps.indices where gaps[index].contains(id) {
      gaps[index].start = id
      gaps[index].isStartTaken = true
    }
  }

  /// What the batch has taken is in the book from now on.
  mutating func endBatch() { largest = nil }
}

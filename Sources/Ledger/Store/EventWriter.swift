import GRDB

/// Appends events to a book: their hashes and rows are made and written on another core, while the batch goes on. So
/// whoever reads events of a running batch settles them first, as `BookReader` does.
final class EventWriter {
  private let connection: Connection
  private let rows: EventRows
  /// The events that wait, and those handed over that may not be written yet, the oldest first.
  private var waiting = Waiting()
  private var handedOver: [Unwritten] = []
  private var gaps = IDGaps()

  /// What must be known of events that are not yet in the book.
  private struct Unwritten {
    /// The position of the first.
    var first = Int.max
    var ids: [ExactText] = []
    /// The events that they are about.
    var references: [Int] = []
  }

  private struct Waiting {
    var events = PendingEvents()
    var unwritten = Unwritten()
  }

  /// - Parameter hash: of the last event of the book.
  init(_ connection: Connection, after hash: ChainHash) throws {
    self.connection = connection
    rows = try EventRows(connection.database, after: hash)
  }

  /// The position of the event of this id; `nil` if neither the book nor the batch has one.
  func position(ofID id: String) throws -> Int? {
    let asked = ExactText(id)
    if gaps.contain(asked) { return nil }
    if isUnwritten(where: { $0.ids.contains(asked) }) { try settle() }
    let known = try Int.fetchOne(
      connection.database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
    if let known { return known }
    try settle()
    let next = try String.fetchOne(
      connection.database.cachedStatement(sql: "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 1"),
      arguments: [id])
    gaps.add(from: asked, to: next.map(ExactText.init))
    return nil
  }

  func append(_ row: EventRow) throws {
    let recorded = row.recorded
    waiting.events.add(row)
    try added(recorded.event.id ?? "", at: recorded.position, about: recorded.ofPosition)
  }

  /// Appends a plain event, whose line is copied.
  /// - Parameter id: of the event.
  func append(_ event: PendingEvents.Plain, id: String, _ line: UnsafeBufferPointer<UInt8>) throws {
    waiting.events.add(event, line)
    try added(id, at: event.position, about: nil)
  }

  private func added(_ id: String, at position: Int, about target: Int?) throws {
    let taken = ExactText(id)
    gaps.take(taken)
    waiting.unwritten.first = min(waiting.unwritten.first, position)
    waiting.unwritten.ids.append(taken)
    if let target { waiting.unwritten.references.append(target) }
    guard waiting.events.count == EventRows.atOnce else { return }
    handedOver.append(waiting.unwritten)
    let events = waiting.events
    waiting = Waiting()
    try connection.worker.hand(over: RowJob(rows: rows, events: events))
  }

  /// Whether this holds for some events that are not yet written.
  private func isUnwritten(where condition: (Unwritten) -> Bool) -> Bool {
    if !handedOver.isEmpty { handedOver.removeFirst(handedOver.count - connection.worker.pending) }
    return condition(waiting.unwritten) || handedOver.contains(where: condition)
  }

  /// Writes what is not yet written, if the event of a position is among it.
  func settle(for position: Int) throws { if isUnwritten(where: { position >= $0.first }) { try settle() } }

  /// Writes what is not yet written, if an event about another is among it.
  func settle(referringTo position: Int) throws {
    if isUnwritten(where: { $0.references.contains(position) }) { try settle() }
  }

  /// Writes what is not yet written.
  func settle() throws {
    try connection.worker.finish()
    handedOver = []
    guard waiting.events.count > 0 else { return }
    let events = waiting.events
    waiting = Waiting()
    try rows.write(events)
  }

  /// Of the last event, once everything is settled.
  var hash: ChainHash { rows.hash }
}

/// Stretches of the order of ids in which the book has none. Ids mostly rise, one after the other, and the next one of
/// such a row needs no look-up to be new.
private struct IDGaps {
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

  func contain(_ id: ExactText) -> Bool { gaps.contains { $0.contains(id) } }

  mutating func add(from start: ExactText, to end: ExactText?) {
    if gaps.count == IDGaps.most { gaps.removeFirst() }
    gaps.append(Gap(start: start, end: end))
  }

  /// An id is taken: what lies below it in its gap is no longer looked at.
  mutating func take(_ id: ExactText) {
    for index in gaps.indices where gaps[index].contains(id) {
      gaps[index].start = id
      gaps[index].isStartTaken = true
    }
  }
}

import GRDB

/// Appends the rows of events. Several go into the book with one statement, which costs half of one statement each; so
/// whoever reads events of a running batch settles them first, as `BookReader` does.
final class EventWriter {
  /// Measured: more than this gains nothing.
  private static let rowsAtOnce = 32

  private let database: Database
  private var waiting = RowBuffer()
  /// Of the events that wait: the first position, the ids, and the events they are about.
  private var firstWaiting = Int.max
  private var waitingIDs: [ExactText] = []
  private var waitingReferences: [Int] = []
  /// Of those that wait, the ones with further lines.
  private var furtherLines: [EventRow] = []
  private var gaps = IDGaps()

  init(_ database: Database) { self.database = database }

  /// The position of the event of this id; `nil` if neither the book nor the batch has one.
  func position(ofID id: String) throws -> Int? {
    let asked = ExactText(id)
    if gaps.contain(asked) { return nil }
    if waitingIDs.contains(asked) { try settle() }
    let known = try Int.fetchOne(
      database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
    if let known { return known }
    try settle()
    let next = try String.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 1"), arguments: [id])
    gaps.add(from: asked, to: next.map(ExactText.init))
    return nil
  }

  func append(_ row: EventRow) throws {
    if row.lines.count > 1 { furtherLines.append(row) }
    let columns = EventColumns(row)
    try append(columns, id: columns.id)
  }

  /// Appends the row of an event that has no further lines.
  func append(_ columns: EventColumns<some ColumnText>, id: String) throws {
    let taken = ExactText(id)
    gaps.take(taken)
    columns.add(to: &waiting)
    firstWaiting = min(firstWaiting, columns.position)
    waitingIDs.append(taken)
    if let target = columns.ofPosition { waitingReferences.append(target) }
    if waiting.count == EventWriter.rowsAtOnce * EventRow.columnCount { try settle() }
  }

  /// Writes what is waiting, if the event of a position is among it.
  func settle(for position: Int) throws { if position >= firstWaiting { try settle() } }

  /// Writes what is waiting, if an event about another is among it.
  func settle(referringTo position: Int) throws { if waitingReferences.contains(position) { try settle() } }

  /// Writes what is waiting.
  func settle() throws {
    guard waiting.count > 0 else { return }
    if waiting.count == EventWriter.rowsAtOnce * EventRow.columnCount {
      try waiting.run(RawStatement(database, EventWriter.insertMany))
    } else {
      let statement = try RawStatement(database, EventWriter.insertOne)
      for start in stride(from: 0, to: waiting.count, by: EventRow.columnCount) {
        try waiting.run(statement, start..<start + EventRow.columnCount)
      }
    }
    for row in furtherLines { try row.insertFurtherLines(database) }
    waiting.removeAll()
    furtherLines.removeAll()
    firstWaiting = .max
    waitingIDs.removeAll(keepingCapacity: true)
    waitingReferences.removeAll(keepingCapacity: true)
  }

  private static let insertOne = insert(rows: 1)
  private static let insertMany = insert(rows: rowsAtOnce)

  private static func insert(rows: Int) -> String {
    let row = "(\(placeholders(EventRow.columnCount)))"
    return "INSERT INTO events VALUES \(Array(repeating: row, count: rows).joined(separator: ", "))"
  }
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

import GRDB

/// Appends the rows of events. Several go into the book with one statement, which costs half of one statement each; so
/// whoever reads events of a running batch settles them first, as `BookReader` does.
final class EventWriter {
  /// Measured: more than this gains nothing.
  private static let rowsAtOnce = 32

  private let database: Database
  private var waiting: [EventRow] = []
  private var gaps = IDGaps()

  init(_ database: Database) {
    self.database = database
    waiting.reserveCapacity(EventWriter.rowsAtOnce)
  }

  /// The position of the event of this id; `nil` if neither the book nor the batch has one.
  func position(ofID id: String) throws -> Int? {
    let asked = ExactText(id)
    if gaps.contain(asked) { return nil }
    try settle()
    let known = try Int.fetchOne(
      database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
    if let known { return known }
    let next = try String.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 1"), arguments: [id])
    gaps.add(from: asked, to: next.map(ExactText.init))
    return nil
  }

  func append(_ row: EventRow) throws {
    if let id = row.recorded.event.id { gaps.take(ExactText(id)) }
    waiting.append(row)
    if waiting.count == EventWriter.rowsAtOnce { try settle() }
  }

  /// Writes what is waiting.
  func settle() throws {
    guard !waiting.isEmpty else { return }
    if waiting.count == EventWriter.rowsAtOnce {
      try EventWriter.insert(waiting[...], database)
    } else {
      for index in waiting.indices { try EventWriter.insert(waiting[index...index], database) }
    }
    for row in waiting { try row.insertFurtherLines(database) }
    waiting.removeAll(keepingCapacity: true)
  }

  private static func insert(_ rows: ArraySlice<EventRow>, _ database: Database) throws {
    let statement = try RawStatement(database, rows.count == 1 ? insertOne : insertMany)
    for (index, row) in rows.enumerated() { row.bind(to: statement, after: Int32(index * EventRow.columnCount)) }
    try statement.run()
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

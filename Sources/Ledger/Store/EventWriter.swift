import GRDB

/// Appends the rows of events. Several go into the book with one statement, which costs half of one statement each; so
/// whoever reads events of a running batch settles them first, as `BookReader` does.
final class EventWriter {
  /// Measured: more than this gains nothing.
  private static let rowsAtOnce = 32

  private let database: Database
  private var waiting: [EventRow] = []
  /// No id of the book is greater. Ids mostly rise, and a greater one needs no look-up to be new.
  private var greatestID: ExactText?

  init(_ database: Database) throws {
    self.database = database
    waiting.reserveCapacity(EventWriter.rowsAtOnce)
    greatestID = try String.fetchOne(database, sql: "SELECT max(id) FROM events").map(ExactText.init)
  }

  /// Whether the book or the batch may have an event of this id.
  func mayHave(id: String) -> Bool { greatestID.map { ExactText(id) <= $0 } ?? false }

  func append(_ row: EventRow) throws {
    if let id = row.recorded.event.id.map(ExactText.init), greatestID.map({ $0 < id }) ?? true { greatestID = id }
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

import GRDB

/// Makes the projections of a book from its events alone: to rebuild them, and to hold the stored ones against.
enum ProjectionReplay {
  /// Folds every event into the projection tables of a database, which are empty.
  /// - Parameters:
  ///   - reader: the book whose events they are.
  ///   - end: the last position.
  static func run(_ reader: BookReader, through end: Int, into connection: Connection) throws {
    let lines = try reader.budgetLines()
    let numbers = Dictionary(zip(lines, 1...)) { first, _ in first }
    var lineTables = LineTables(connection, reader.runs)
    var runs = RunTable(connection, reader.runs)
    var control = ControlBook(connection)
    var declarations = Declarations()
    try reader.posted(through: end, lines: lines) { recorded, _, postings in
      for posting in postings {
        guard let number = numbers[posting.line] else {
          throw DamagedRow(table: "events", row: String(recorded.position))
        }
        try lineTables.add(
          posting.sums, line: number, of: posting.line.year, on: posting.date, at: recorded.position)
      }
      let event = recorded.event
      try runs.add(event.type, on: event.date, at: recorded.position)
      try ProjectRow(recorded)?.write(connection.database)
      let level = event.unit.map { declarations.level(of: $0, on: event.date) } ?? .usual
      _ = try control.apply(postings, of: recorded, level: level) { body in
        try reader.posted(through: recorded.position - 1, lines: lines) { try body($0, $2) }
      }
      declarations.apply(recorded)
    }
    try lineTables.flush()
    try runs.flush()
    try control.flush()
  }
}

extension Book {
  /// Throws the projections away and makes them again from the events.
  public func rebuildProjections() throws {
    // What waits in it is in them afterwards.
    memory = nil
    try StoreFailure.translating(path) {
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          try Book.rebuildProjections(database, runs)
          return .commit
        }
      }
    }
  }

  static func rebuildProjections(_ database: Database, _ runs: PositionRuns = .usual) throws {
    for table in Schema.projectionTables { try database.execute(sql: "DELETE FROM \(table)") }
    let connection = Connection(database)
    let reader = try BookReader(connection, runs)
    try ProjectionReplay.run(reader, through: reader.head.position, into: connection)
  }
}

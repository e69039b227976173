import GRDB

/// Reads the rows of a book, each against its checksum.
final class BookReader {
  let connection: Connection
  let runs: PositionRuns
  let head: Head
  /// Of the book while it stays open.
  let cache: BookCache
  /// Where the book is, for who reads it on another connection too; `nil` inside a transaction that writes.
  let path: String?
  private var loadedRuns: [RunRow]?
  /// See `projectedPosition`.
  var knownProjected: Int?
  /// What the running batch has not yet put into the rows of events.
  var writer: EventWriter?

  /// - Parameter head: of the book, where it is known already.
  init(
    _ connection: Connection, _ runs: PositionRuns, head: Head? = nil, cache: BookCache = BookCache(),
    path: String? = nil
  ) throws {
    self.connection = connection
    self.runs = runs
    self.cache = cache
    self.path = path
    self.head = try head ?? Head.read(connection.database)
  }

  var database: Database { connection.database }

  /// Checks that the last event is where the head says, which whoever appends must know.
  /// - Throws: `DamagedRow`.
  func checkEnd() throws {
    guard try EventRow.lastPosition(database) == head.position else {
      throw DamagedRow(table: "events", row: String(head.position))
    }
  }

  /// How many blocks the budget lines make.
  var blockCount: Int { (head.budgetLines + BlockSums.size - 1) / BlockSums.size }

  func lineNumbers(inBlock block: Int) -> ClosedRange<Int> {
    block * BlockSums.size + 1...min((block + 1) * BlockSums.size, head.budgetLines)
  }

  /// All budget lines, by number from 1.
  func budgetLines() throws -> [BudgetLine] {
    if let known = cache.allLines, known.count == head.budgetLines { return known }
    let lines = try budgetLines(inBlocks: 0..<blockCount).flatMap(\.lines)
    cache.allLines = lines
    return lines
  }

  /// The lines of some blocks, each with the number of its first.
  func budgetLines(inBlocks blocks: some Sequence<Int>) throws -> [(first: Int, lines: [BudgetLine])] {
    let statement = try RawStatement(
      database, LineRow.select + " WHERE budget_line BETWEEN ? AND ? ORDER BY budget_line")
    defer { statement.reset() }
    return try blocks.map { block in
      let numbers = lineNumbers(inBlock: block)
      let lines = try cache.lines(ofBlock: block) {
        statement.reset()
        statement.bind(numbers.lowerBound, at: 1)
        statement.bind(numbers.upperBound, at: 2)
        return try numbers.map { number in
          guard try statement.step(), case let row = try LineRow(statement), row.number == number else {
            throw DamagedRow(table: "budget_lines", row: String(number))
          }
          return row.line
        }
      }
      return (numbers.lowerBound, lines)
    }
  }

  /// Every event in order, up to a position.
  func events(upTo last: Int? = nil, _ body: (EventRow) throws -> Void) throws {
    try events(through: min(last ?? head.position, head.position), lines: try budgetLines(), body)
  }

  /// Every event in order, up to a position that is there, as its rows refer to these lines.
  private func events(through end: Int, lines: [BudgetLine], _ body: (EventRow) throws -> Void) throws {
    try writer?.settle()
    var expected = 0
    let rows = try RawStatement(ofItsOwn: database, EventRow.select + " WHERE position <= ? ORDER BY position")
    defer { rows.reset() }
    rows.bind(end, at: 1)
    while try rows.step() {
      expected += 1
      guard Int(rows.integer(0)) == expected else { throw DamagedRow(table: "events", row: String(expected)) }
      try body(try EventRow(rows, budgetLines: lines, database))
    }
    guard expected == end else { throw DamagedRow(table: "events", row: String(expected + 1)) }
  }

  /// The events of one type, in order.
  func events(of type: EventType, _ body: (RecordedEvent) throws -> Void) throws {
    guard RunRow.rareTypes.contains(type) else {
      return try events { row in if row.recorded.event.type == type { try body(row.recorded) } }
    }
    let rows = try RawStatement(
      ofItsOwn: database,
      EventRow.select + " WHERE \(Schema.isRare) AND type = ? ORDER BY position")
    defer { rows.reset() }
    rows.bind(type.rawValue, at: 1)
    let lines = type.movesMoney ? try budgetLines() : []
    var count = 0
    while try rows.step() {
      count += 1
      try body(try EventRow(rows, budgetLines: lines, database).recorded)
    }
    // A missing row has no checksum to fail: so they are counted.
    guard try runRows().reduce(0, { $0 + $1.count(of: type) }) == count else {
      throw DamagedRow(table: "events", row: "type")
    }
  }

  /// Every run, the last one perhaps not full.
  func runRows() throws -> [RunRow] {
    if let loadedRuns { return loadedRuns }
    let count = (head.position + runs.length - 1) / runs.length
    let known = Array(cache.fullRuns.prefix(count))
    let rows =
      try known
      + numberedRows(
        RunRow.select + " WHERE run >= ? ORDER BY run", of: "runs", from: known.count, count: count,
        number: \.run, RunRow.init)
    cache.fullRuns = Array(rows.prefix(runs.full(at: head.position)))
    loadedRuns = rows
    return rows
  }

  /// The rows of a table that are numbered from 0 without gaps: one that is missing has no checksum to fail.
  /// - Parameters:
  ///   - query: in the order of the numbers, beginning with the one that is its argument.
  ///   - count: how many the table has.
  /// - Throws: `DamagedRow`.
  func numberedRows<Row>(
    _ query: String, of table: String, from first: Int = 0, count: Int, number: (Row) -> Int,
    _ read: (RawStatement) throws -> Row
  ) throws -> [Row] {
    let statement = try RawStatement(database, query)
    defer { statement.reset() }
    statement.bind(first, at: 1)
    var rows: [Row] = []
    while try statement.step() {
      let row = try read(statement)
      guard number(row) == first + rows.count else {
        throw DamagedRow(table: table, row: String(first + rows.count))
      }
      rows.append(row)
    }
    guard first + rows.count == count else { throw DamagedRow(table: table, row: String(first + rows.count)) }
    return rows
  }

  func event(at position: Int) throws -> EventRow? {
    let row = try storedRow(at: position, lines: try budgetLines())
    if row == nil, position > 0, position <= head.position {
      throw DamagedRow(table: "events", row: String(position))
    }
    return row
  }

  /// When the event at a position was recorded.
  func recordedTime(at position: Int) throws -> Instant {
    guard let time = try row(at: position, { row, _ in try EventRow.recordedTime(of: row) }) else {
      throw DamagedRow(table: "events", row: String(position))
    }
    return time
  }

  /// - Returns: `nil` if there is no row of this position.
  private func row<Value>(at position: Int, _ read: (RawStatement, Database) throws -> Value) throws -> Value? {
    func find(_ database: Database) throws -> Value? {
      let row = try RawStatement(database, EventRow.select + " WHERE position = ?")
      defer { row.reset() }
      row.bind(position, at: 1)
      return try row.step() ? read(row, database) : nil
    }
    return try position <= head.position ? connection.earlier(find) : find(database)
  }

  /// Every event in order with the event it is about, if any, and what it does to its lines.
  /// - Parameters:
  ///   - end: the last position.
  ///   - lines: all budget lines, with those of a running batch.
  func posted(
    through end: Int, lines: [BudgetLine],
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void
  ) throws {
    var contracts = Contracts()
    try events(through: end, lines: lines) { row in
      let target = try row.recorded.ofPosition.flatMap { try storedEvent(at: $0, lines: lines) }
      try body(row.recorded, target, contracts.postings(of: row.recorded, target: target))
    }
  }

  /// An event, whose rows may refer to lines of a running batch; `nil` if there is none.
  func storedEvent(at position: Int, lines: some NumberedLines) throws -> RecordedEvent? {
    try storedRow(at: position, lines: lines)?.recorded
  }

  /// The same with the numbers of its lines.
  func storedRow(at position: Int, lines: some NumberedLines) throws -> EventRow? {
    try writer?.recentRow(at: position) ?? row(at: position) { try EventRow($0, budgetLines: lines, $1) }
  }

  func position(ofID id: String) throws -> Int? {
    if let writer { return try writer.position(ofID: id) }
    return try EventRow.position(ofID: id, database)
  }

  /// The events that are about another one.
  func positions(referringTo position: Int) throws -> [Int] {
    let earlier = try connection.earlier { database in
      try Int.fetchAll(
        database.cachedStatement(
          sql: "SELECT position FROM events WHERE of_position = ? AND position <= ? ORDER BY position"),
        arguments: [position, head.position])
    }
    return earlier + (writer?.positions(referringTo: position) ?? [])
  }

  func declarations(knownAt: KnownAt = .everything) throws -> Declarations {
    var count = 0
    let declarations = try declarations(of: Schema.declaringTypes, knownAt: knownAt) { count += 1 }
    guard count == head.declarations else { throw DamagedRow(table: "events", row: "type") }
    return declarations
  }

  /// What events of some types declare.
  func declarations(
    of types: [EventType], knownAt: KnownAt, counting: () -> Void = {}
  ) throws -> Declarations {
    var declarations = Declarations()
    for type in types {
      try events(of: type) { recorded in
        counting()
        if knownAt.includes(recorded) { declarations.apply(recorded) }
      }
    }
    return declarations
  }
}

import GRDB

/// Reads the rows of a book, each against its checksum.
final class BookReader {
  let database: Database
  let head: Head
  private var loadedLines: [BudgetLine]?

  init(_ database: Database) throws {
    self.database = database
    head = try Head.read(database)
  }

  /// All budget lines, by number from 1.
  func budgetLines() throws -> [BudgetLine] {
    if let loadedLines { return loadedLines }
    var lines: [BudgetLine] = []
    lines.reserveCapacity(head.budgetLines)
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM budget_lines ORDER BY budget_line")
    while let row = try rows.next() {
      let line = try LineRow(row)
      guard line.number == lines.count + 1 else {
        throw DamagedRow(table: "budget_lines", row: String(lines.count + 1))
      }
      lines.append(line.line)
    }
    guard lines.count == head.budgetLines else {
      throw DamagedRow(table: "budget_lines", row: String(lines.count + 1))
    }
    loadedLines = lines
    return lines
  }

  /// Every event in order, up to a position.
  func events(upTo last: Int? = nil, _ body: (EventRow) throws -> Void) throws {
    try events(through: min(last ?? head.position, head.position), lines: try budgetLines(), body)
  }

  /// Every event in order, up to a position that is there, as its rows refer to these lines.
  private func events(through end: Int, lines: [BudgetLine], _ body: (EventRow) throws -> Void) throws {
    var expected = 0
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM events WHERE position <= ? ORDER BY position", arguments: [end])
    while let row = try rows.next() {
      expected += 1
      guard try row.column("position") == expected else { throw DamagedRow(table: "events", row: String(expected)) }
      try body(try EventRow(row, budgetLines: lines, database))
    }
    guard expected == end else { throw DamagedRow(table: "events", row: String(expected + 1)) }
  }

  /// The events of one type, in order.
  func events(of type: EventType, _ body: (RecordedEvent) throws -> Void) throws {
    // No index leads to them, and a missing row has no checksum to fail: so all rows are counted on the way.
    let count = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM events") ?? 0
    guard count == head.position else { throw DamagedRow(table: "events", row: "type") }
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM events WHERE type = ? ORDER BY position", arguments: [type.rawValue])
    let lines = try budgetLines()
    while let row = try rows.next() { try body(try EventRow(row, budgetLines: lines, database).recorded) }
  }

  func event(at position: Int) throws -> EventRow? {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM events WHERE position = ?"), arguments: [position])
    if row == nil, position > 0, position <= head.position {
      throw DamagedRow(table: "events", row: String(position))
    }
    return try row.map { try EventRow($0, budgetLines: try budgetLines(), database) }
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
  func storedEvent(at position: Int, lines: [BudgetLine]) throws -> RecordedEvent? {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM events WHERE position = ?"), arguments: [position])
    return try row.map { try EventRow($0, budgetLines: lines, database).recorded }
  }

  func position(ofID id: String) throws -> Int? {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
  }

  /// The events that are about another one.
  func positions(referringTo position: Int) throws -> [Int] {
    try Int.fetchAll(
      database.cachedStatement(sql: "SELECT position FROM events WHERE of_position = ? ORDER BY position"),
      arguments: [position])
  }

  func declarations(knownAt: KnownAt = .everything) throws -> Declarations {
    var declarations = Declarations()
    var count = 0
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT * FROM events WHERE type IN (\(Schema.declaringTypes)) ORDER BY position")
    let lines = try budgetLines()
    while let row = try rows.next() {
      let recorded = try EventRow(row, budgetLines: lines, database).recorded
      if knownAt.includes(recorded) { declarations.apply(recorded) }
      count += 1
    }
    guard count == head.declarations else { throw DamagedRow(table: "events", row: "type") }
    return declarations
  }

  /// The sums over all days of every line, by number from 1.
  func totals() throws -> [TotalRow] {
    var totals: [TotalRow] = []
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM line_totals ORDER BY budget_line")
    while let row = try rows.next() {
      let total = try TotalRow(row)
      guard total.line == totals.count + 1 else {
        throw DamagedRow(table: "line_totals", row: String(totals.count + 1))
      }
      totals.append(total)
    }
    guard totals.count == head.budgetLines else {
      throw DamagedRow(table: "line_totals", row: String(totals.count + 1))
    }
    return totals
  }

  /// The days of one line, all of them: a missing one would be a wrong figure.
  func days(of total: TotalRow) throws -> [DayRow] {
    let days = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM line_days WHERE budget_line = ? ORDER BY date"),
      arguments: [total.line]
    ).map { try DayRow($0) }
    guard days.count == total.days, days.allSatisfy({ $0.line == total.line }) else {
      throw DamagedRow(table: "line_days", row: String(total.line))
    }
    return days
  }

  /// The last position whose event is dated on or before a day.
  func lastPosition(upTo date: Day) throws -> Int {
    guard head.position > 0 else { return 0 }
    let position = try Int.fetchOne(
      database, sql: "SELECT position FROM events WHERE date <= ? ORDER BY position DESC LIMIT 1",
      arguments: [date.number])
    if let position { _ = try event(at: position) }
    return position ?? 0
  }
}

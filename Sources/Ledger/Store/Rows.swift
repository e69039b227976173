import Foundation
import GRDB

/// A stored row that is not what was written: what and where.
struct DamagedRow: Error, Equatable {
  let table: String
  let row: String
}

/// The head of a book: where its chain stands.
struct Head: Equatable {
  var position = 0
  var hash = ChainHash.start
  var recorded = Instant(milliseconds: .min)
  var budgetLines = 0
  var declarations = 0

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(hash.bytes)
    sum.add(recorded.milliseconds)
    sum.add(budgetLines)
    sum.add(declarations)
    return sum.value
  }

  static func read(_ database: Database) throws -> Head {
    let damaged = DamagedRow(table: "book", row: "1")
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM book WHERE only = 1"),
      let hash = ChainHash(bytes: Array(try row.column("hash") as Data))
    else { throw damaged }
    let head = Head(
      position: try row.column("position"), hash: hash, recorded: Instant(milliseconds: try row.column("recorded_ms")),
      budgetLines: try row.column("budget_lines"), declarations: try row.column("declarations"))
    guard try head.checksum == row.column("checksum") else { throw damaged }
    return head
  }

  func write(_ database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO book VALUES (1, ?, ?, ?, ?, ?, ?)",
      arguments: [position, Data(hash.bytes), recorded.milliseconds, budgetLines, declarations, checksum])
  }
}

/// A budget line under its number.
struct LineRow {
  let number: Int
  let line: BudgetLine

  /// Over the stored values as they stand, so that one that cannot be read does not pass for none.
  private static func checksum(number: Int, unit: String, year: Int, fields: [String?]) -> Int64 {
    var sum = RowChecksum()
    sum.add(number)
    sum.add(unit)
    sum.add(year)
    for field in fields { sum.add(field) }
    return sum.value
  }

  private var checksum: Int64 {
    LineRow.checksum(
      number: number, unit: line.unit.text, year: line.year,
      fields: LineField.allCases.map { line.classification[$0] })
  }

  func insert(_ database: Database) throws {
    try database.cachedStatement(sql: "INSERT INTO budget_lines VALUES (\(placeholders(13)))").execute(
      arguments: [number, line.unit.text, line.year] + ClassificationColumns.arguments(line.classification)
        + [checksum])
  }

  init(number: Int, line: BudgetLine) {
    self.number = number
    self.line = line
  }

  /// - Throws: `DamagedRow`.
  init(_ row: Row) throws {
    let number: Int = try row.column("budget_line")
    let damaged = DamagedRow(table: "budget_lines", row: String(number))
    let expected = LineRow.checksum(
      number: number, unit: try row.column("unit"), year: try row.column("year"),
      fields: try ClassificationColumns.stored(row))
    guard try expected == row.column("checksum"), let line = try ClassificationColumns.classification(row) else {
      throw damaged
    }
    self.init(
      number: number,
      line: BudgetLine(unit: ExactText(try row.column("unit")), year: try row.column("year"), classification: line))
  }
}

/// The sums of one budget line on one day.
struct DayRow: Equatable {
  let line: Int
  let date: Day
  var sums: Sums

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(line)
    sum.add(Int64(date.number))
    sum.add(sums)
    return sum.value
  }

  init(line: Int, date: Day, sums: Sums) {
    self.line = line
    self.date = date
    self.sums = sums
  }

  /// - Throws: `DamagedRow`.
  init(_ row: Row) throws {
    line = try row.column("budget_line")
    let damaged = DamagedRow(table: "line_days", row: "\(line), \(try row.column("date") as Int)")
    guard let date = Day(number: try row.column("date")) else { throw damaged }
    self.date = date
    sums = try Sums(row)
    guard try checksum == row.column("checksum") else { throw damaged }
  }

  func write(_ database: Database) throws {
    try database.cachedStatement(sql: DayRow.replace)
      .execute(arguments: [line, date.number] + sums.arguments + [checksum])
  }

  private static let replace = "INSERT OR REPLACE INTO line_days VALUES (\(placeholders(3 + Sums.count)))"
}

/// The sums of one budget line over all its days, and how many days those are.
struct TotalRow: Equatable {
  let line: Int
  var days: Int
  var lastDate: Day
  var sums: Sums

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(line)
    sum.add(days)
    sum.add(Int64(lastDate.number))
    sum.add(sums)
    return sum.value
  }

  init(line: Int, days: Int, lastDate: Day, sums: Sums) {
    self.line = line
    self.days = days
    self.lastDate = lastDate
    self.sums = sums
  }

  /// - Throws: `DamagedRow`.
  init(_ row: Row) throws {
    line = try row.column("budget_line")
    let damaged = DamagedRow(table: "line_totals", row: String(line))
    days = try row.column("days")
    guard let lastDate = Day(number: try row.column("last_date")) else { throw damaged }
    self.lastDate = lastDate
    sums = try Sums(row)
    guard try checksum == row.column("checksum") else { throw damaged }
  }

  func write(_ database: Database) throws {
    try database.cachedStatement(sql: TotalRow.replace)
      .execute(arguments: [line, days, lastDate.number] + sums.arguments + [checksum])
  }

  private static let replace = "INSERT OR REPLACE INTO line_totals VALUES (\(placeholders(4 + Sums.count)))"
}

func placeholders(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

extension Sums {
  static let count = SummedMeasure.allCases.count

  fileprivate init(_ row: Row) throws {
    self.init()
    for measure in SummedMeasure.allCases { self[measure] = try row.column(measure.column) }
  }

  fileprivate var arguments: StatementArguments { StatementArguments(SummedMeasure.allCases.map { self[$0] }) }
}

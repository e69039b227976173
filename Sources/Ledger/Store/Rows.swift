import Foundation
import GRDB

/// A stored row that is not what was written: what and where.
struct DamagedRow: Error, Equatable {
  let table: String
  let row: String

  var problem: Problem { Problem(.bookDamaged, detail: .damagedRow(table: table, row: row)) }
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
      let hash = ChainHash(bytes: Array(row["hash"] as Data))
    else { throw damaged }
    let head = Head(
      position: row["position"], hash: hash, recorded: Instant(milliseconds: row["recorded_ms"]),
      budgetLines: row["budget_lines"], declarations: row["declarations"])
    guard head.checksum == row["checksum"] else { throw damaged }
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
    let fields = line.classification
    try database.cachedStatement(
      sql: "INSERT INTO budget_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      number, line.unit.text, line.year, fields.fund?.digits, fields.function?.digits, fields.economic?.digits,
      fields.government?.digits, fields.project?.text, fields.nature?.rawValue, fields.procurement?.rawValue,
      fields.from,
      fields.category?.rawValue, checksum,
    ])
  }

  init(number: Int, line: BudgetLine) {
    self.number = number
    self.line = line
  }

  /// - Throws: `DamagedRow`.
  init(_ row: Row) throws {
    let number: Int = row["budget_line"]
    let damaged = DamagedRow(table: "budget_lines", row: String(number))
    let stored: [String?] = [
      row["fund"], row["function"], row["economic"], row["government"], row["project"], row["nature"],
      row["procurement"], (row["from_year"] as Int?).map(String.init), row["category"],
    ]
    guard
      LineRow.checksum(number: number, unit: row["unit"], year: row["year"], fields: stored) == row["checksum"]
    else { throw damaged }
    var fields = Classification()
    do {
      fields.fund = try (row["fund"] as String?).map { text throws(Unreadable) in try FundCode(reading: text) }
      fields.function = try (row["function"] as String?).map { text throws(Unreadable) in
        try FunctionCode(reading: text)
      }
      fields.economic = try (row["economic"] as String?).map { text throws(Unreadable) in
        try EconomicCode(reading: text)
      }
      fields.government = try (row["government"] as String?).map { text throws(Unreadable) in
        try GovernmentCode(reading: text)
      }
    } catch { throw damaged }
    fields.project = (row["project"] as String?).map(ExactText.init)
    fields.nature = (row["nature"] as String?).flatMap(Nature.init)
    fields.procurement = (row["procurement"] as String?).flatMap(Procurement.init)
    fields.from = row["from_year"]
    fields.category = (row["category"] as String?).flatMap(RevenueCategory.init)
    self.init(
      number: number, line: BudgetLine(unit: ExactText(row["unit"]), year: row["year"], classification: fields))
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
    line = row["budget_line"]
    let damaged = DamagedRow(table: "line_days", row: "\(line), \(row["date"] as Int)")
    guard let date = Day(number: row["date"]) else { throw damaged }
    self.date = date
    sums = Sums(row)
    guard checksum == row["checksum"] else { throw damaged }
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
    line = row["budget_line"]
    let damaged = DamagedRow(table: "line_totals", row: String(line))
    days = row["days"]
    guard let lastDate = Day(number: row["last_date"]) else { throw damaged }
    self.lastDate = lastDate
    sums = Sums(row)
    guard checksum == row["checksum"] else { throw damaged }
  }

  func write(_ database: Database) throws {
    try database.cachedStatement(sql: TotalRow.replace)
      .execute(arguments: [line, days, lastDate.number] + sums.arguments + [checksum])
  }

  private static let replace = "INSERT OR REPLACE INTO line_totals VALUES (\(placeholders(4 + Sums.count)))"
}

private func placeholders(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

extension Sums {
  static let count = SummedMeasure.allCases.count

  fileprivate init(_ row: Row) {
    self.init()
    for measure in SummedMeasure.allCases { self[measure] = row[measure.column] }
  }

  fileprivate var arguments: StatementArguments { StatementArguments(SummedMeasure.allCases.map { self[$0] }) }
}

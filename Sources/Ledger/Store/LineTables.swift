import GRDB

/// The sums of budget lines in a book while events are appended: changed in memory, written at the end of the batch, in
/// the same transaction as the events.
struct LineTables {
  private struct DayKey: Hashable {
    let line: Int
    let date: Day
  }

  private let database: Database
  private var totals: [Int: TotalRow] = [:]
  private var days: [DayKey: Sums] = [:]
  private var changedDays: Set<DayKey> = []
  private var changedTotals: Set<Int> = []

  init(_ database: Database) { self.database = database }

  /// - Throws: `Overflow` where a sum would leave `Int64`.
  mutating func add(_ sums: Sums, line: Int, on date: Day) throws {
    let key = DayKey(line: line, date: date)
    let known = try daySums(key)
    var day = known ?? Sums()
    guard day.add(sums) else { throw Overflow() }
    days[key] = day
    changedDays.insert(key)

    var total =
      try totals[line] ?? storedTotal(of: line)
      ?? TotalRow(line: line, days: 0, lastDate: date, sums: Sums())
    guard total.sums.add(sums) else { throw Overflow() }
    if known == nil { total.days += 1 }
    total.lastDate = max(total.lastDate, date)
    totals[line] = total
    changedTotals.insert(line)
  }

  private func daySums(_ key: DayKey) throws -> Sums? {
    if let known = days[key] { return known }
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM line_days WHERE budget_line = ? AND date = ?"),
      arguments: [key.line, key.date.number])
    return try row.map { try DayRow($0).sums }
  }

  private func storedTotal(of line: Int) throws -> TotalRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM line_totals WHERE budget_line = ?"), arguments: [line]
    ).map { try TotalRow($0) }
  }

  /// Writes what has changed; the store can be read after it.
  mutating func flush() throws {
    for key in changedDays {
      try DayRow(line: key.line, date: key.date, sums: days[key] ?? Sums()).write(database)
    }
    for line in changedTotals { try totals[line]?.write(database) }
    changedDays = []
    changedTotals = []
  }
}

/// A sum that would leave `Int64` fen.

import GRDB

/// What control knows of each key, as the store keeps it.
enum ControlTables {
  static func read(
    _ database: Database, unit: ExactText, year: Int
  ) throws -> (state: ControlState, numbers: [ControlKey: Int]) {
    var keys: [ControlKey: ControlState.Key] = [:]
    var numbers: [ControlKey: Int] = [:]
    let rows = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM control_keys WHERE unit = ? AND year = ?"),
      arguments: [unit.text, year])
    for row in rows {
      let (number, key) = try self.key(of: row)
      let available = try timeline(database, number)
      guard try available.changes.count == row.column("days") else {
        throw DamagedRow(table: "control_keys", row: String(number))
      }
      keys[key] = ControlState.Key(since: try row.column("since_position"), available: available)
      numbers[key] = number
    }
    return (ControlState(keys: keys), numbers)
  }

  /// - Throws: `DamagedRow` for a row of one of these tables that is not what was written.
  static func check(_ row: Row, of table: String) throws {
    if table == "control_keys" {
      _ = try key(of: row)
    } else {
      _ = try change(of: row)
    }
  }

  private static func key(of row: Row) throws -> (number: Int, key: ControlKey) {
    let number: Int = try row.column("control_key")
    let damaged = DamagedRow(table: "control_keys", row: String(number))
    let key: ControlKey
    do {
      key = ControlKey(
        fund: try (try row.column("fund") as String?).map { text throws(Unreadable) in try FundCode(reading: text) },
        function: try (try row.column("function") as String?).map { text throws(Unreadable) in
          try FunctionCode(reading: text)
        },
        project: (try row.column("project") as String?).map(ExactText.init))
    } catch { throw damaged }
    let expected = checksum(
      number: number, unit: ExactText(try row.column("unit")), year: try row.column("year"), key: key,
      since: try row.column("since_position"),
      days: try row.column("days"))
    guard try expected == row.column("checksum") else { throw damaged }
    return (number, key)
  }

  private static func change(of row: Row) throws -> (day: Day, change: Int64) {
    let number: Int = try row.column("control_key")
    let change: Int64 = try row.column("available_fen")
    guard let day = Day(number: try row.column("date")),
      try checksum(number: number, day: day, change: change) == row.column("checksum")
    else { throw DamagedRow(table: "control_days", row: "\(number), \(try row.column("date") as Int)") }
    return (day, change)
  }

  private static func timeline(_ database: Database, _ number: Int) throws -> Timeline {
    var timeline = Timeline()
    let days = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT * FROM control_days WHERE control_key = ? ORDER BY date"),
      arguments: [number])
    while let row = try days.next() {
      let (day, change) = try change(of: row)
      timeline.add(Fen(change), on: day)
    }
    return timeline
  }

  /// - Throws: `Overflow` where what is available would leave `Int64`.
  static func write(
    _ database: Database, number: Int, unit: ExactText, year: Int, key: ControlKey, _ stored: ControlState.Key,
    dates: Set<Day>
  ) throws {
    let count = stored.available.changes.count
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO control_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .execute(arguments: [
        number, unit.text, year, key.fund?.digits, key.function?.digits, key.project?.text, stored.since, count,
        checksum(number: number, unit: unit, year: year, key: key, since: stored.since, days: count),
      ])
    for date in dates.sorted() {
      guard let change = Int64(exactly: stored.available.change(on: date) ?? 0) else { throw Overflow() }
      try database.cachedStatement(sql: "INSERT OR REPLACE INTO control_days VALUES (?, ?, ?, ?)")
        .execute(arguments: [number, date.number, change, checksum(number: number, day: date, change: change)])
    }
  }

  private static func checksum(
    number: Int, unit: ExactText, year: Int, key: ControlKey, since: Int?, days: Int
  ) -> Int64 {
    var sum = RowChecksum()
    sum.add(number)
    sum.add(unit.text)
    sum.add(year)
    sum.add(key.fund?.digits)
    sum.add(key.function?.digits)
    sum.add(key.project?.text)
    sum.add(since.map(Int64.init))
    sum.add(days)
    return sum.value
  }

  private static func checksum(number: Int, day: Day, change: Int64) -> Int64 {
    var sum = RowChecksum()
    sum.add(number)
    sum.add(Int64(day.number))
    sum.add(change)
    return sum.value
  }
}

import GRDB

/// What control knows of each key, as the store keeps it.
enum ControlTables {
  /// The levels at which a unit and year has keys, in order.
  static func levels(_ database: Database, unit: ExactText, year: Int) throws -> [ControlLevel] {
    let texts = try String.fetchAll(
      database.cachedStatement(
        sql: "SELECT DISTINCT level FROM control_keys WHERE unit = ? AND year = ? ORDER BY level"),
      arguments: [unit.text, year])
    return try texts.map { text in
      guard let level = ControlLevel(text: text) else { throw DamagedRow(table: "control_keys", row: text) }
      return level
    }
  }

  static func read(
    _ database: Database, unit: ExactText, year: Int, level: ControlLevel
  ) throws -> (state: ControlState, numbers: [ControlKey: Int]) {
    var keys: [(ControlKey, ControlState.Key)] = []
    var numbers: [ControlKey: Int] = [:]
    let rows = try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM control_keys WHERE unit = ? AND year = ? AND level = ?"),
      arguments: [unit.text, year, level.text])
    let stored = try rows.map { try StoredKey($0) }
    let timelines = try ControlDays.timelines(database, of: stored.map(\.number))
    for key in stored {
      let available = timelines[key.number] ?? Timeline()
      keys.append(
        (
          key.key,
          ControlState.Key(since: key.since, budgets: key.budgets, until: key.until, available: available)
        ))
      numbers[key.key] = key.number
    }
    return (ControlState(keys: keys), numbers)
  }
}

/// A control key of a unit and year under its number.
struct StoredKey {
  let number: Int
  let unit: String
  let year: Int
  let key: ControlKey
  /// `nil`: spent from, but not budgeted.
  let since: Int?
  /// How many budgets stand at the key.
  let budgets: Int
  /// Since when none does.
  let until: Int?

  init(number: Int, unit: ExactText, year: Int, key: ControlKey, _ state: ControlState.Key) {
    self.number = number
    self.unit = unit.text
    self.year = year
    self.key = key
    since = state.since
    budgets = state.budgets
    until = state.until
  }

  private static let insertion = "INSERT OR REPLACE INTO control_keys VALUES (\(placeholders(17)))"

  /// - Throws: `DamagedRow`.
  init(_ row: Row) throws {
    number = try row.column("control_key")
    let damaged = DamagedRow(table: "control_keys", row: String(number))
    unit = try row.column("unit")
    year = try row.column("year")
    since = try row.column("since_position")
    budgets = try row.column("budgets")
    until = try row.column("until_position")
    guard let level = ControlLevel(text: try row.column("level")),
      let line = try ClassificationColumns.classification(row)
    else { throw damaged }
    key = ControlKey(of: line, at: level)
    guard try checksum(of: ClassificationColumns.stored(row)) == row.column("checksum") else { throw damaged }
  }

  func write(_ database: Database) throws {
    var row = RowBuffer()
    row.add(number)
    row.add(unit)
    row.add(year)
    row.add(key.level.text)
    ClassificationColumns.add(key.line, to: &row)
    row.add(since)
    row.add(budgets)
    row.add(until)
    row.add(checksum(of: LineField.allCases.map { key.line[$0] }))
    try row.run(RawStatement(database, StoredKey.insertion))
  }

  private func checksum(of fields: [String?]) -> Int64 {
    var sum = RowChecksum()
    sum.add(number)
    sum.add(unit)
    sum.add(year)
    sum.add(key.level.text)
    for field in fields { sum.add(field) }
    sum.add(since.map(Int64.init))
    sum.add(budgets)
    sum.add(until.map(Int64.init))
    return sum.value
  }
}

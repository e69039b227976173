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
    _ database: Database, unit: ExactText, year: Int, level: ControlLevel, _ timelines: inout StoredTimelines
  ) throws -> ControlState {
    var slots: [ControlState.Slot] = []
    let rows = try RawStatement(database, StoredKey.select + " WHERE unit = ? AND year = ? AND level = ?")
    defer { rows.reset() }
    rows.bind(unit.text, at: 1)
    rows.bind(year, at: 2)
    rows.bind(level.text, at: 3)
    while try rows.step() {
      let stored = try StoredKey(rows)
      let available = try timelines.take(stored.number, database)
      let state = ControlState.Key(
        since: stored.since, budgets: stored.budgets, until: stored.until, available: available)
      slots.append(ControlState.Slot(key: stored.key, state: state, number: stored.number))
    }
    return ControlState(slots)
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

  /// What a key is never changes. To replace the whole row would take it out of the index and put it back.
  private static let insertion = """
    INSERT INTO control_keys VALUES (\(placeholders(17)))
    ON CONFLICT (control_key) DO UPDATE SET since_position = excluded.since_position, budgets = excluded.budgets,
      until_position = excluded.until_position, checksum = excluded.checksum
    """

  static let select = """
    SELECT control_key, unit, year, level, fund, function, economic, government, project, nature, procurement, from_year,
      category, since_position, budgets, until_position, checksum
    FROM control_keys
    """

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    number = Int(row.integer(0))
    unit = row.textOrNil(1) ?? ""
    year = Int(row.integer(2))
    since = row.integerOrNil(13).map { Int($0) }
    budgets = Int(row.integer(14))
    until = row.integerOrNil(15).map { Int($0) }
    let fields = ClassificationColumns.stored(row, from: 4)
    guard let level = ControlLevel(text: row.textOrNil(3) ?? ""),
      let line = ClassificationColumns.classification(fields)
    else { throw DamagedRow(table: "control_keys", row: String(number)) }
    key = ControlKey(of: line, at: level)
    guard checksum(of: fields) == row.integer(16) else {
      throw DamagedRow(table: "control_keys", row: String(number))
    }
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

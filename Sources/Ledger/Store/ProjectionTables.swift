import GRDB

/// The projections of a book while events are appended: changed in memory, written at the end of the batch, in the
/// same transaction as the events.
struct ProjectionTables {
  private struct DayKey: Hashable {
    let line: Int
    let date: Day
  }

  private struct YearKey: Hashable {
    let unit: ExactText
    let year: Int
  }

  private let database: Database
  private var totals: [Int: TotalRow] = [:]
  private var days: [DayKey: Sums] = [:]
  private var changedDays: Set<DayKey> = []
  private var changedTotals: Set<Int> = []
  private var control: [YearKey: ControlState] = [:]
  private var controlKeyNumbers: [YearKey: [ControlKey: Int]] = [:]
  private var lastControlKey: Int?

  init(_ database: Database) { self.database = database }

  /// Takes in one event, in the order of positions.
  /// - Parameter lineNumbers: of every budget line it touches.
  /// - Returns: what is left at the control keys it is charged to, in fen.
  /// - Throws: `Overflow` where a sum would leave `Int64`.
  mutating func apply(
    _ recorded: RecordedEvent, target: RecordedEvent?, lineNumbers: [BudgetLine: Int]
  ) throws -> [(key: String, available: Fen)] {
    let event = recorded.event
    guard event.isMoney, let unit = event.unit, let year = event.year else { return [] }
    for posting in recorded.postings(of: target) {
      guard let number = lineNumbers[posting.line] else { preconditionFailure("a budget line without a number") }
      try add(posting.sums, line: number, on: posting.date)
    }
    let before = try controlState(unit: unit, year: year)
    let charges = MoneyRule.charges(of: event, position: recorded.position, target: target, in: before)
    try charge(charges, unit: unit, year: year, on: event.date, position: recorded.position)
    let after = try controlState(unit: unit, year: year)
    let keys = Set(charges.map { $0.key ?? ControlKey(of: $0.line) })
    return keys.map { ($0.description, after.available(of: $0, from: event.date)) }.sorted { $0.0 < $1.0 }
  }

  private mutating func add(_ sums: Sums, line: Int, on date: Day) throws {
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

  // MARK: Control

  mutating func controlState(unit: ExactText, year: Int) throws -> ControlState {
    let key = YearKey(unit: unit, year: year)
    if let known = control[key] { return known }
    let (state, numbers) = try ControlTables.read(database, unit: unit, year: year)
    control[key] = state
    controlKeyNumbers[key] = numbers
    return state
  }

  private mutating func charge(_ charges: [MoneyRule.Charge], unit: ExactText, year: Int, on date: Day, position: Int)
    throws
  {
    _ = try controlState(unit: unit, year: year)
    let yearKey = YearKey(unit: unit, year: year)
    let keys = charges.map { $0.key ?? ControlKey(of: $0.line) }
    // In the order of events, so that a replay gives the same numbers.
    for key in keys { _ = try number(of: key, in: yearKey) }
    control[yearKey]?.apply(charges, on: date, position: position)
    for key in keys {
      let change = control[yearKey]?.keys[key]?.available.change(on: date) ?? 0
      guard Int64(exactly: change) != nil else { throw Overflow() }
    }
  }

  // MARK: Writing

  /// Writes what has changed; the store can be read after it.
  mutating func flush() throws {
    for key in changedDays {
      try DayRow(line: key.line, date: key.date, sums: days[key] ?? Sums()).write(database)
    }
    for line in changedTotals { try totals[line]?.write(database) }
    changedDays = []
    changedTotals = []
    for (yearKey, state) in control where !state.changed.isEmpty {
      for (key, dates) in state.changed.sorted(by: { $0.key.description < $1.key.description }) {
        guard let stored = state.keys[key] else { continue }
        let number = try number(of: key, in: yearKey)
        try ControlTables.write(
          database, number: number, unit: yearKey.unit, year: yearKey.year, key: key, stored, dates: dates)
      }
      control[yearKey]?.markStored()
    }
  }

  private mutating func number(of key: ControlKey, in yearKey: YearKey) throws -> Int {
    if let known = controlKeyNumbers[yearKey]?[key] { return known }
    let last =
      try lastControlKey ?? Int.fetchOne(database, sql: "SELECT coalesce(max(control_key), 0) FROM control_keys") ?? 0
    lastControlKey = last + 1
    controlKeyNumbers[yearKey, default: [:]][key] = last + 1
    return last + 1
  }
}

/// A sum that would leave `Int64` fen.
struct Overflow: Error {}

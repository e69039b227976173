import GRDB

/// What control keeps in a book while events are appended, written as `LineTables` are.
///
/// A unit and year has keys at every level that one of its charged events was recorded at. Those of a level that comes
/// in later are a fold of all events before.
struct ControlBook {
  private struct StateKey: Hashable {
    let unit: ExactText
    let year: Int
    let level: ControlLevel
  }

  private struct YearKey: Hashable {
    let unit: ExactText
    let year: Int
  }

  /// Gives every event recorded so far with its postings, in order.
  typealias History = ((RecordedEvent, [Posting]) throws -> Void) throws -> Void

  private let database: Database
  private var states: [StateKey: ControlState] = [:]
  private var numbers: [StateKey: [ControlKey: Int]] = [:]
  /// The levels that the book keeps, in order.
  private var levels: [YearKey: [ControlLevel]] = [:]
  private var lastNumber: Int?

  init(_ database: Database) { self.database = database }

  /// What is available in a unit and year at a level.
  mutating func state(
    unit: ExactText, year: Int, level: ControlLevel, history: History
  ) throws -> ControlState {
    let key = StateKey(unit: unit, year: year, level: level)
    if let known = states[key] { return known }
    if try keptLevels(unit, year).contains(level) {
      let stored = try ControlTables.read(database, unit: unit, year: year, level: level)
      states[key] = stored.state
      numbers[key] = stored.numbers
      return stored.state
    }
    var state = ControlState()
    if try !keptLevels(unit, year).isEmpty {
      try history { recorded, postings in
        let own = postings.filter { $0.line.unit == unit && $0.line.year == year }
        state.apply(
          MoneyRule.charges(of: own, at: level, in: state), on: recorded.event.date, position: recorded.position)
      }
    }
    states[key] = state
    return state
  }

  private mutating func keptLevels(_ unit: ExactText, _ year: Int) throws -> [ControlLevel] {
    let key = YearKey(unit: unit, year: year)
    if let known = levels[key] { return known }
    let stored = try ControlTables.levels(database, unit: unit, year: year)
    levels[key] = stored
    return stored
  }

  /// Takes in one event, in the order of positions.
  /// - Parameter level: the level in force for it.
  /// - Returns: what is left at the keys it is charged to, in fen.
  /// - Throws: `Overflow` where what is available would leave `Int64`.
  mutating func apply(
    _ postings: [Posting], of recorded: RecordedEvent, level: ControlLevel, history: History
  ) throws -> [(key: ControlKey, available: Fen)] {
    let charged = postings.filter(\.isCharged)
    var left: [(key: ControlKey, available: Fen)] = []
    let years = Dictionary(grouping: charged) { YearKey(unit: $0.line.unit, year: $0.line.year) }
    for (year, postings) in years.sorted(by: { $0.key.year < $1.key.year }) {
      try keep(level, of: year, history: history)
      for kept in try keptLevels(year.unit, year.year) {
        let keys = try charge(postings, of: recorded, year, kept, history: history)
        guard kept == level else { continue }
        let state = try state(unit: year.unit, year: year.year, level: kept, history: history)
        left += Set(keys).map { ($0, state.available(of: $0, from: recorded.event.date)) }
      }
    }
    return left.sorted { $0.key.description < $1.key.description }
  }

  /// Keeps a level from now on, with everything that happened before.
  private mutating func keep(_ level: ControlLevel, of year: YearKey, history: History) throws {
    guard try !keptLevels(year.unit, year.year).contains(level) else { return }
    let before = try state(unit: year.unit, year: year.year, level: level, history: history)
    levels[year, default: []].append(level)
    levels[year]?.sort { $0.text < $1.text }
    let key = StateKey(unit: year.unit, year: year.year, level: level)
    for known in before.keys.keys.sorted(by: { $0.description < $1.description }) { _ = try number(of: known, in: key) }
  }

  private mutating func charge(
    _ postings: [Posting], of recorded: RecordedEvent, _ year: YearKey, _ level: ControlLevel, history: History
  ) throws -> [ControlKey] {
    let stateKey = StateKey(unit: year.unit, year: year.year, level: level)
    let before = try state(unit: year.unit, year: year.year, level: level, history: history)
    let charges = MoneyRule.charges(of: postings, at: level, in: before)
    let keys = charges.map { $0.key ?? $0.own }
    // In the order of events, so that a replay gives the same numbers.
    for key in keys { _ = try number(of: key, in: stateKey) }
    states[stateKey]?.apply(charges, on: recorded.event.date, position: recorded.position)
    for key in keys {
      let change = states[stateKey]?.keys[key]?.available.change(on: recorded.event.date) ?? 0
      guard Int64(exactly: change) != nil else { throw Overflow() }
    }
    return keys
  }

  private mutating func number(of key: ControlKey, in stateKey: StateKey) throws -> Int {
    if let known = numbers[stateKey]?[key] { return known }
    let last =
      try lastNumber ?? Int.fetchOne(database, sql: "SELECT coalesce(max(control_key), 0) FROM control_keys") ?? 0
    lastNumber = last + 1
    numbers[stateKey, default: [:]][key] = last + 1
    return last + 1
  }

  /// Writes what has changed.
  mutating func flush() throws {
    for (stateKey, state) in states where !state.changed.isEmpty {
      guard try keptLevels(stateKey.unit, stateKey.year).contains(stateKey.level) else { continue }
      for (key, dates) in state.changed.sorted(by: { $0.key.description < $1.key.description }) {
        guard let known = state.keys[key] else { continue }
        let number = try number(of: key, in: stateKey)
        try ControlTables.write(
          database, StoredKey(number: number, unit: stateKey.unit, year: stateKey.year, key: key, known),
          known.available, dates: dates)
      }
      states[stateKey]?.markStored()
    }
  }
}

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

  /// Gives every event recorded so far with its postings, in order.
  typealias History = ((RecordedEvent, [Posting]) throws -> Void) throws -> Void

  /// A level folded from all events up to a position, for every unit and year: when it comes in, most of them ask for
  /// it, and one pass serves all.
  private struct Fold {
    var position = 0
    var states: [UnitYear: ControlState] = [:]
  }

  private let database: Database
  private var states: [StateKey: ControlState] = [:]
  private var numbers: [StateKey: [ControlKey: Int]] = [:]
  /// The levels that the book keeps, in order.
  private var levels: [UnitYear: [ControlLevel]] = [:]
  private var lastNumber: Int?
  private var folds: [ControlLevel: Fold] = [:]
  /// The position of the last event that each unit and year was charged with in this batch.
  private var lastCharged: [UnitYear: Int] = [:]

  init(_ database: Database) { self.database = database }

  /// Works on what is available in a unit and year at a level, in place.
  mutating func withState<Result>(
    unit: ExactText, year: Int, level: ControlLevel, history: History, _ body: (inout ControlState) throws -> Result
  ) throws -> Result {
    let key = StateKey(unit: unit, year: year, level: level)
    try load(key, history: history)
    return try body(&states[key, default: ControlState()])
  }

  private mutating func load(_ key: StateKey, history: History) throws {
    guard states[key] == nil else { return }
    if try keptLevels(key.unit, key.year).contains(key.level) {
      let stored = try ControlTables.read(database, unit: key.unit, year: key.year, level: key.level)
      states[key] = stored.state
      numbers[key] = stored.numbers
      return
    }
    let year = UnitYear(unit: key.unit, year: key.year)
    guard try !keptLevels(key.unit, key.year).isEmpty else {
      states[key] = ControlState()
      return
    }
    if folds[key.level].map({ $0.position < lastCharged[year] ?? 0 }) ?? true {
      folds[key.level] = try ControlBook.fold(at: key.level, history)
    }
    states[key] = folds[key.level]?.states[year] ?? ControlState()
  }

  private static func fold(at level: ControlLevel, _ history: History) throws -> Fold {
    var fold = Fold()
    try history { recorded, postings in
      fold.position = recorded.position
      for (year, postings) in Dictionary(grouping: postings, by: \.line.unitYear) {
        let charges = MoneyRule.charges(of: postings, at: level, in: &fold.states[year, default: ControlState()])
        fold.states[year]?.apply(charges, on: recorded.event.date, position: recorded.position)
      }
    }
    return fold
  }

  private mutating func keptLevels(_ unit: ExactText, _ year: Int) throws -> [ControlLevel] {
    let key = UnitYear(unit: unit, year: year)
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
    let years = Dictionary(grouping: charged, by: \.line.unitYear)
    for (year, postings) in years.sorted(by: { $0.key.year < $1.key.year }) {
      try keep(level, of: year, history: history)
      lastCharged[year] = recorded.position
      for kept in try keptLevels(year.unit, year.year) {
        let keys = try charge(postings, of: recorded, year, kept, history: history)
        guard kept == level else { continue }
        left += try withState(unit: year.unit, year: year.year, level: kept, history: history) { state in
          Set(keys).map { ($0, state.available(of: $0, from: recorded.event.date)) }
        }
      }
    }
    return left.sorted { $0.key < $1.key }
  }

  /// Takes an amount from the key it is charged to, where that is known and has enough on every day.
  /// - Parameter evenBeyond: whether what there is does not matter.
  /// - Returns: `false` if that cannot be told without `apply`; nothing has changed then.
  mutating func spend(
    _ amount: Fen, from own: ControlKey, of year: UnitYear, on date: Day, at position: Int, evenBeyond: Bool
  ) throws -> Bool {
    guard levels[year] == [own.level] else { return false }
    let key = StateKey(unit: year.unit, year: year.year, level: own.level)
    let isSpent = try states[key]?.spend(amount, from: own, on: date, at: position, evenBeyond: evenBeyond)
    guard isSpent == true else { return false }
    lastCharged[year] = position
    return true
  }

  /// Keeps a level from now on, with everything that happened before.
  private mutating func keep(_ level: ControlLevel, of year: UnitYear, history: History) throws {
    guard try !keptLevels(year.unit, year.year).contains(level) else { return }
    let key = StateKey(unit: year.unit, year: year.year, level: level)
    try load(key, history: history)
    levels[year, default: []].append(level)
    levels[year]?.sort { $0.text < $1.text }
    for known in (states[key]?.keys ?? [:]).keys.sorted() { _ = try number(of: known, in: key) }
  }

  private mutating func charge(
    _ postings: [Posting], of recorded: RecordedEvent, _ year: UnitYear, _ level: ControlLevel, history: History
  ) throws -> [ControlKey] {
    let stateKey = StateKey(unit: year.unit, year: year.year, level: level)
    let charges = try withState(unit: year.unit, year: year.year, level: level, history: history) { state in
      MoneyRule.charges(of: postings, at: level, in: &state)
    }
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
  /// - Throws: `Overflow` where what is available would leave `Int64`.
  mutating func flush() throws {
    var days = ControlDays()
    for (stateKey, state) in states where !state.changed.isEmpty {
      guard try keptLevels(stateKey.unit, stateKey.year).contains(stateKey.level) else { continue }
      for (key, dates) in state.changed.sorted(by: { $0.key < $1.key }) {
        guard let known = state.keys[key] else { continue }
        let number = try number(of: key, in: stateKey)
        try StoredKey(number: number, unit: stateKey.unit, year: stateKey.year, key: key, known).write(database)
        for date in dates {
          guard let change = Int64(exactly: known.available.change(on: date) ?? 0) else { throw Overflow() }
          days.set(change, key: number, on: date)
        }
      }
      states[stateKey]?.markStored()
    }
    try days.write(database)
  }
}

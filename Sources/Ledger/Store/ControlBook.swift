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

  /// Where spending of one kind was charged, to be found again without looking for it.
  struct Place {
    fileprivate let level: ControlLevel
    @Narrow fileprivate var levelsRevision: Int
    @Narrow fileprivate var state: Int
    @Narrow fileprivate var stateRevision: Int
    @Narrow fileprivate var slot: Int
  }

  private let connection: Connection
  private var states: [ControlState] = []
  /// Where they stand in `states`, which they keep.
  private var stateNumbers: [StateKey: Int] = [:]
  /// Rises whenever a unit and year comes to be kept at another level.
  private var levelsRevision = 0
  /// The levels that the book keeps, in order.
  private var levels: [UnitYear: [ControlLevel]] = [:]
  private var lastNumber: Int?
  private var timelines = StoredTimelines()
  private var folds: [ControlLevel: Fold] = [:]

  init(_ connection: Connection) { self.connection = connection }

  /// Works on what is available in a unit and year at a level, in place.
  mutating func withState<Result>(
    unit: ExactText, year: Int, level: ControlLevel, history: History, _ body: (inout ControlState) throws -> Result
  ) throws -> Result {
    let key = StateKey(unit: unit, year: year, level: level)
    return try body(&states[load(key, history: history)])
  }

  /// - Returns: the number of the state.
  private mutating func load(_ key: StateKey, history: History) throws -> Int {
    if let known = stateNumbers[key] { return known }
    states.append(try state(of: key, history: history))
    stateNumbers[key] = states.count - 1
    return states.count - 1
  }

  private mutating func state(of key: StateKey, history: History) throws -> ControlState {
    if try keptLevels(key.unit, key.year).contains(key.level) {
      return try ControlTables.read(
        connection.database, unit: key.unit, year: key.year, level: key.level, &timelines)
    }
    if try keptLevels(key.unit, key.year).isEmpty { return ControlState() }
    if try folds[key.level].map({ try $0.position < lastCharged(key.unit, key.year) }) ?? true {
      folds[key.level] = try ControlBook.fold(at: key.level, history)
    }
    return folds[key.level]?.states[UnitYear(unit: key.unit, year: key.year)] ?? ControlState()
  }

  /// The position of the last event that a unit and year was charged with since its states were read.
  private mutating func lastCharged(_ unit: ExactText, _ year: Int) throws -> Int {
    try keptLevels(unit, year).compactMap { stateNumbers[StateKey(unit: unit, year: year, level: $0)] }
      .map { states[$0].lastCharged }.max() ?? 0
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
    let stored = try ControlTables.levels(connection.database, unit: unit, year: year)
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
  /// - Parameters:
  ///   - evenBeyond: whether what there is does not matter.
  ///   - way: has where the key was found last, or is found now.
  /// - Returns: `false` if that cannot be told without `apply`; nothing has changed then.
  mutating func spend(
    _ amount: Fen, at level: ControlLevel, on date: Day, at position: Int, evenBeyond: Bool, _ way: inout ShortWay
  ) throws -> Bool {
    if way.place.map({ isCurrent($0, at: level) }) != true {
      let line = way.line
      way.place = try find(ControlKey(of: line.classification, at: level), of: line.unitYear, at: position)
    }
    guard let place = way.place else { return false }
    return try states[place.state].spend(
      amount, fromSlot: place.slot, on: date, at: position, evenBeyond: evenBeyond)
  }

  /// See `EventRegister.look`.
  func look(at place: Place) -> Int { states[place.state].look(atSlot: place.slot) }

  private func isCurrent(_ place: Place, at level: ControlLevel) -> Bool {
    place.levelsRevision == levelsRevision && place.stateRevision == states[place.state].revision
      && place.level == level
  }

  private mutating func find(_ own: ControlKey, of year: UnitYear, at position: Int) throws -> Place? {
    guard try keptLevels(year.unit, year.year) == [own.level] else { return nil }
    let state = try load(StateKey(unit: year.unit, year: year.year, level: own.level)) { _ in
      preconditionFailure("a level that is kept is read, not folded")
    }
    guard let slot = states[state].slot(charging: own, at: position) else { return nil }
    return Place(
      level: own.level, levelsRevision: levelsRevision, state: state, stateRevision: states[state].revision, slot: slot)
  }

  /// Keeps a level from now on, with everything that happened before.
  private mutating func keep(_ level: ControlLevel, of year: UnitYear, history: History) throws {
    guard try !keptLevels(year.unit, year.year).contains(level) else { return }
    let key = StateKey(unit: year.unit, year: year.year, level: level)
    let state = try load(key, history: history)
    levels[year, default: []].append(level)
    levels[year]?.sort { $0.text < $1.text }
    levelsRevision += 1
    try giveNumbers(to: states[state].slots.map(\.key).sorted(), of: state)
  }

  private mutating func charge(
    _ postings: [Posting], of recorded: RecordedEvent, _ year: UnitYear, _ level: ControlLevel, history: History
  ) throws -> [ControlKey] {
    let stateKey = StateKey(unit: year.unit, year: year.year, level: level)
    let state = try load(stateKey, history: history)
    let charges = MoneyRule.charges(of: postings, at: level, in: &states[state])
    let keys = charges.map { $0.key ?? $0.own }
    states[state].apply(charges, on: recorded.event.date, position: recorded.position)
    // In the order of events, so that a replay gives the same numbers.
    try giveNumbers(to: keys, of: state)
    for key in keys {
      let change = states[state][key]?.available.change(on: recorded.event.date) ?? 0
      guard Int64(exactly: change) != nil else { throw Overflow() }
    }
    return keys
  }

  /// - Parameter keys: in the order in which those that have no number get one.
  private mutating func giveNumbers(to keys: [ControlKey], of state: Int) throws {
    for key in keys where states[state][numberOf: key] == nil { states[state][numberOf: key] = try nextNumber() }
  }

  private mutating func nextNumber() throws -> Int {
    let last =
      try lastNumber ?? Int.fetchOne(connection.database, sql: "SELECT coalesce(max(control_key), 0) FROM control_keys")
      ?? 0
    lastNumber = last + 1
    return last + 1
  }

  /// Writes what has changed.
  /// - Throws: `Overflow` where what is available would leave `Int64`.
  mutating func flush() throws {
    var days = ControlDays()
    for (stateKey, state) in stateNumbers {
      guard states[state].isChanged,
        try keptLevels(stateKey.unit, stateKey.year).contains(stateKey.level)
      else { continue }
      try states[state].store { [connection] slot in
        guard let number = slot.number else {
          preconditionFailure("a key that an event is charged to has a number")
        }
        if slot.isRowChanged {
          try StoredKey(number: number, unit: stateKey.unit, year: stateKey.year, key: slot.key, slot.state)
            .write(connection.database)
        }
        try slot.changedDays.forEach { date in
          guard let change = Int64(exactly: slot.state.available.change(on: date) ?? 0) else { throw Overflow() }
          days.set(change, key: number, on: date)
        }
      }
    }
    try days.write(connection.database)
  }
}

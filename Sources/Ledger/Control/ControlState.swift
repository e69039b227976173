/// How a sum changes from day to day.
struct Timeline: Equatable {
  /// In order of days, each day once.
  private(set) var changes: [(day: Day, change: Fen)] = []
  private(set) var total: Fen = 0

  init() {}

  mutating func add(_ change: Fen, on day: Day) {
    total += change
    if let last = changes.last, last.day < day { return changes.append((day, change)) }
    let place = changes.lastIndex { $0.day <= day }
    if let place, changes[place].day == day {
      changes[place].change += change
    } else {
      changes.insert((day, change), at: place.map { $0 + 1 } ?? 0)
    }
  }

  func change(on day: Day) -> Fen? { changes.last { $0.day == day }?.change }

  /// The sum on a day and on every later day that changes it. Looks at no earlier day, so that events recorded in
  /// order cost the same however long the year has been.
  func balances(from date: Day) -> [(day: Day, balance: Fen)] {
    var balances: [(day: Day, balance: Fen)] = []
    var balance = total
    for (day, change) in changes.reversed() {
      guard day > date else { break }
      balances.append((day, balance))
      balance -= change
    }
    balances.append((date, balance))
    return balances.reversed()
  }

  /// The least that the sum comes to on a day or any later one.
  func least(from date: Day) -> Fen {
    var least = total
    var balance = total
    for index in changes.indices.reversed() {
      guard changes[index].day > date else { break }
      balance -= changes[index].change
      least = min(least, balance)
    }
    return least
  }

  static func == (left: Timeline, right: Timeline) -> Bool {
    left.changes.elementsEqual(right.changes) { $0.day == $1.day && $0.change == $1.change }
  }
}

/// The budgets of one unit and year as control sees them at one level: for each key what is available, day by day.
///
/// A payment is charged to the most detailed key budgeted when it was recorded, and stays there when a finer budget
/// comes later; so a key keeps the position since which it is budgeted. What was spent without any budget, because
/// control was off or only warned, waits under its own key until the first budget that covers it takes it over. When
/// the last budget of a key is taken back, what was charged there stays, but later spending looks for another.
struct ControlState {
  struct Key: Equatable {
    /// `nil`: spent from, but not budgeted.
    var since: Int?
    /// How many budgets stand here: granted and not taken back.
    var budgets = 0
    /// Since when none does.
    var until: Int?
    /// 可用指标, in fen.
    var available: Timeline
  }

  private(set) var keys: [ControlKey: Key] = [:]
  private(set) var changed: [ControlKey: Set<Day>] = [:]
  /// The newest position at which a key came to be budgeted, or ceased to be.
  private var newestBudget = 0
  /// The keys of spending recorded after it, as they were found.
  private var found: [ControlKey: ControlKey?] = [:]

  init() {}

  init(keys: [ControlKey: Key]) {
    self.keys = keys
    newestBudget = keys.values.flatMap { [$0.since, $0.until].compactMap { $0 } }.max() ?? 0
  }

  /// The key that spending recorded at a position was, or would be, charged to; `nil` if no budget covers it.
  mutating func key(charging spent: ControlKey, at position: Int) -> ControlKey? {
    guard position > newestBudget else { return search(spent, position) }
    if let known = found[spent] { return known }
    let key = search(spent, position)
    found[spent] = .some(key)
    return key
  }

  /// Among the keys that cover it: the most detailed that was budgeted then; else the most detailed whose budget had
  /// been taken back by then; else the first that came to be budgeted.
  private func search(_ spent: ControlKey, _ position: Int) -> ControlKey? {
    var standing: ControlKey?
    var takenBack: ControlKey?
    var first: (key: ControlKey, since: Int)?
    for (key, state) in keys {
      guard let since = state.since, key.covers(spent) else { continue }
      if since >= position {
        if first.map({ since < $0.since || since == $0.since && key.isMoreDetailed(than: $0.key) }) ?? true {
          first = (key, since)
        }
      } else if state.until.map({ position <= $0 }) ?? true {
        if standing.map(key.isMoreDetailed) ?? true { standing = key }
      } else if takenBack.map(key.isMoreDetailed) ?? true {
        takenBack = key
      }
    }
    return standing ?? takenBack ?? first?.key
  }

  /// Counts a budget at a key. The first lets the key answer for what was spent under it before.
  private mutating func grant(_ key: ControlKey, at position: Int) {
    keys[key, default: Key(since: nil, available: Timeline())].budgets += 1
    keys[key]?.until = nil
    turn(key, at: position)
    guard keys[key]?.since == nil else { return }
    keys[key]?.since = position
    for (waiting, state) in keys where state.since == nil && key.covers(waiting) {
      for (day, change) in state.available.changes where change != 0 {
        add(-change, to: waiting, on: day)
        add(change, to: key, on: day)
      }
    }
  }

  private mutating func revoke(_ key: ControlKey, at position: Int) {
    guard let budgets = keys[key]?.budgets, budgets > 0 else { return }
    keys[key]?.budgets = budgets - 1
    if budgets == 1 { keys[key]?.until = position }
    turn(key, at: position)
  }

  /// What spending is charged to may be another from here on.
  private mutating func turn(_ key: ControlKey, at position: Int) {
    newestBudget = max(newestBudget, position)
    found = [:]
    // To be written, though perhaps no day of it has changed.
    changed[key] = changed[key] ?? []
  }

  mutating func add(_ change: Fen, to key: ControlKey, on date: Day) {
    keys[key, default: Key(since: nil, available: Timeline())].available.add(change, on: date)
    changed[key, default: []].insert(date)
  }

  /// Takes in what an event is charged to, in the order of positions.
  mutating func apply(_ charges: [MoneyRule.Charge], on date: Day, position: Int) {
    for charge in charges {
      let key = charge.key ?? charge.own
      switch charge.budgets {
      case .granted: grant(key, at: position)
      case .takenBack: revoke(key, at: position)
      case .untouched: break
      }
      add(charge.change, to: key, on: date)
    }
  }

  /// Takes an amount where a budget covers it.
  /// - Parameter evenBeyond: whether what there is does not matter.
  /// - Returns: `false`, with nothing changed, where none covers it or it is not enough on some day.
  /// - Throws: `Overflow` where what is available would leave `Int64`.
  mutating func spend(
    _ amount: Fen, from own: ControlKey, on date: Day, at position: Int, evenBeyond: Bool
  ) throws -> Bool {
    guard let key = key(charging: own, at: position), let known = keys[key] else { return false }
    guard evenBeyond || known.available.least(from: date) >= amount else { return false }
    add(-amount, to: key, on: date)
    guard Int64(exactly: keys[key]?.available.change(on: date) ?? 0) != nil else { throw Overflow() }
    return true
  }

  mutating func markStored() { changed = [:] }

  /// What may be taken from a key on a day so that no later date falls below zero.
  func available(of key: ControlKey, from date: Day) -> Fen {
    keys[key]?.available.balances(from: date).map(\.balance).min() ?? 0
  }

  /// The first date from which taking `amount` on `date` leaves less than nothing.
  func firstShortfall(of key: ControlKey, taking amount: Fen, on date: Day) -> (on: Day, balance: Fen)? {
    let balances = (keys[key]?.available ?? Timeline()).balances(from: date)
    return balances.first { $0.balance < amount }.map { ($0.day, $0.balance - amount) }
  }
}

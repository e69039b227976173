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

  /// A key with what is known of it.
  struct Slot {
    let key: ControlKey
    fileprivate(set) var state: Key
    /// Whether its row says something else than was stored, or is not stored yet.
    fileprivate(set) var isRowChanged = false
    /// The days that do.
    fileprivate(set) var changedDays: [Day] = []

    fileprivate var isChanged: Bool { isRowChanged || !changedDays.isEmpty }
  }

  /// In the order in which keys came in: a key stays where it is.
  private(set) var slots: [Slot] = []
  private var places: [ControlKey: Int] = [:]
  /// Those of which the store has something else, each once.
  private var changed: [Int] = []
  /// Rises whenever spending may be charged to another key than before.
  private(set) var revision = 0
  /// The newest position at which a key came to be budgeted, or ceased to be.
  private var newestBudget = 0
  /// The position of the last event taken in; 0: none since it was read.
  private(set) var lastCharged = 0
  /// Where spending recorded after it is charged, as it was found.
  private var found: [ControlKey: Int?] = [:]

  init() {}

  init(keys: [(ControlKey, Key)]) {
    for (key, state) in keys {
      places[key] = slots.count
      slots.append(Slot(key: key, state: state))
      newestBudget = max(newestBudget, state.since ?? 0, state.until ?? 0)
    }
  }

  subscript(key: ControlKey) -> Key? { places[key].map { slots[$0].state } }

  private mutating func place(of key: ControlKey) -> Int {
    if let known = places[key] { return known }
    places[key] = slots.count
    slots.append(Slot(key: key, state: Key(since: nil, available: Timeline())))
    changeRow(of: slots.count - 1)
    return slots.count - 1
  }

  /// The key that spending recorded at a position was, or would be, charged to; `nil` if no budget covers it.
  mutating func key(charging spent: ControlKey, at position: Int) -> ControlKey? {
    slot(charging: spent, at: position).map { slots[$0].key }
  }

  /// The place of that key, which holds for later positions while `revision` is the same.
  mutating func slot(charging spent: ControlKey, at position: Int) -> Int? {
    guard position > newestBudget else { return search(spent, position) }
    if let known = found[spent] { return known }
    let slot = search(spent, position)
    found[spent] = .some(slot)
    return slot
  }

  /// Among the keys that cover it: the most detailed that was budgeted then; else the most detailed whose budget had
  /// been taken back by then; else the first that came to be budgeted.
  private func search(_ spent: ControlKey, _ position: Int) -> Int? {
    var standing: Int?
    var takenBack: Int?
    var first: (place: Int, since: Int)?
    for (place, slot) in slots.enumerated() {
      guard let since = slot.state.since, slot.key.covers(spent) else { continue }
      func isMoreDetailed(than other: Int) -> Bool { slot.key.isMoreDetailed(than: slots[other].key) }
      if since >= position {
        if first.map({ since < $0.since || since == $0.since && isMoreDetailed(than: $0.place) }) ?? true {
          first = (place, since)
        }
      } else if slot.state.until.map({ position <= $0 }) ?? true {
        if standing.map(isMoreDetailed) ?? true { standing = place }
      } else if takenBack.map(isMoreDetailed) ?? true {
        takenBack = place
      }
    }
    return standing ?? takenBack ?? first?.place
  }

  /// Counts a budget at a key. The first lets the key answer for what was spent under it before.
  private mutating func grant(_ key: ControlKey, at position: Int) {
    let place = place(of: key)
    slots[place].state.budgets += 1
    slots[place].state.until = nil
    turn(place, at: position)
    guard slots[place].state.since == nil else { return }
    slots[place].state.since = position
    for waiting in slots.indices where slots[waiting].state.since == nil && key.covers(slots[waiting].key) {
      for (day, change) in slots[waiting].state.available.changes where change != 0 {
        add(-change, to: waiting, on: day)
        add(change, to: place, on: day)
      }
    }
  }

  private mutating func revoke(_ key: ControlKey, at position: Int) {
    guard let place = places[key], slots[place].state.budgets > 0 else { return }
    slots[place].state.budgets -= 1
    if slots[place].state.budgets == 0 { slots[place].state.until = position }
    turn(place, at: position)
  }

  /// What spending is charged to may be another from here on.
  private mutating func turn(_ place: Int, at position: Int) {
    newestBudget = max(newestBudget, position)
    found = [:]
    revision += 1
    changeRow(of: place)
  }

  /// Before a slot changes.
  private mutating func note(_ place: Int) { if !slots[place].isChanged { changed.append(place) } }

  private mutating func changeRow(of place: Int) {
    note(place)
    slots[place].isRowChanged = true
  }

  private mutating func add(_ change: Fen, to place: Int, on date: Day) {
    note(place)
    slots[place].state.available.add(change, on: date)
    if slots[place].changedDays.last != date, !slots[place].changedDays.contains(date) {
      slots[place].changedDays.append(date)
    }
  }

  /// Takes in what an event is charged to, in the order of positions.
  mutating func apply(_ charges: [MoneyRule.Charge], on date: Day, position: Int) {
    lastCharged = position
    for charge in charges {
      let key = charge.key ?? charge.own
      switch charge.budgets {
      case .granted: grant(key, at: position)
      case .takenBack: revoke(key, at: position)
      case .untouched: break
      }
      add(charge.change, to: place(of: key), on: date)
    }
  }

  /// Takes an amount from a budget.
  /// - Parameter evenBeyond: whether what there is does not matter.
  /// - Returns: `false`, with nothing changed, where it is not enough on some day.
  /// - Throws: `Overflow` where what is available would leave `Int64`.
  mutating func spend(_ amount: Fen, fromSlot place: Int, on date: Day, at position: Int, evenBeyond: Bool) throws
    -> Bool
  {
    guard evenBeyond || slots[place].state.available.least(from: date) >= amount else { return false }
    add(-amount, to: place, on: date)
    lastCharged = position
    guard Int64(exactly: slots[place].state.available.change(on: date) ?? 0) != nil else { throw Overflow() }
    return true
  }

  var isChanged: Bool { !changed.isEmpty }

  /// The keys of which the store has something else.
  func forEachChanged(_ body: (Slot) throws -> Void) rethrows { for place in changed { try body(slots[place]) } }

  mutating func markStored() {
    for place in changed {
      slots[place].isRowChanged = false
      slots[place].changedDays.removeAll(keepingCapacity: true)
    }
    changed.removeAll(keepingCapacity: true)
  }

  /// What may be taken from a key on a day so that no later date falls below zero.
  func available(of key: ControlKey, from date: Day) -> Fen {
    self[key]?.available.balances(from: date).map(\.balance).min() ?? 0
  }

  /// The first date from which taking `amount` on `date` leaves less than nothing.
  func firstShortfall(of key: ControlKey, taking amount: Fen, on date: Day) -> (on: Day, balance: Fen)? {
    let balances = (self[key]?.available ?? Timeline()).balances(from: date)
    return balances.first { $0.balance < amount }.map { ($0.day, $0.balance - amount) }
  }
}

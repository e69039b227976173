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
    fileprivate(set) var state: Key
    /// Under which the store keeps it, once it does.
    fileprivate(set) var number: Int?
    /// Whether its row says something else than was stored, or is not stored yet.
    fileprivate(set) var isRowChanged = false
    /// The days that do.
    fileprivate(set) var changedDays = FewDays()
    let key: ControlKey

    init(key: ControlKey, state: Key, number: Int? = nil) {
      self.key = key
      self.state = state
      self.number = number
    }

    /// In the places that spending changes.
    fileprivate func look() -> Int { state.available.look() ^ (isChanged ? 1 : 0) }

    fileprivate var isChanged: Bool { isRowChanged || !changedDays.isEmpty }

    fileprivate mutating func add(_ change: Fen, on date: Day) {
      state.available.add(change, on: date)
      changedDays.insert(date)
    }

    /// Takes an amount if there is enough on every day, all in one place: to read the slot first would copy it.
    fileprivate mutating func spend(_ amount: Fen, on date: Day, evenBeyond: Bool) throws -> Bool {
      guard evenBeyond || state.available.least(from: date) >= amount else { return false }
      add(-amount, on: date)
      guard Int64(exactly: state.available.change(on: date) ?? 0) != nil else { throw Overflow() }
      return true
    }
  }

  /// Days, each once, of which most are asked for many times in a row.
  struct FewDays {
    private var latest: Day?
    private var others: [Day] = []

    var isEmpty: Bool { latest == nil }

    mutating func insert(_ day: Day) {
      guard day != latest else { return }
      if let latest, !others.contains(latest) { others.append(latest) }
      latest = day
    }

    func forEach(_ body: (Day) throws -> Void) rethrows {
      for day in others where day != latest { try body(day) }
      if let latest { try body(latest) }
    }

    mutating func removeAll() {
      latest = nil
      if !others.isEmpty { others.removeAll(keepingCapacity: true) }
    }
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

  init(_ slots: [Slot]) {
    self.slots = slots
    for (place, slot) in slots.enumerated() {
      places[slot.key] = place
      newestBudget = max(newestBudget, slot.state.since ?? 0, slot.state.until ?? 0)
    }
  }

  subscript(key: ControlKey) -> Key? { places[key].map { slots[$0].state } }

  /// The number of a key that an event was charged to.
  subscript(numberOf key: ControlKey) -> Int? {
    get { places[key].flatMap { slots[$0].number } }
    set { if let place = places[key] { slots[place].number = newValue } }
  }

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
    for place in slots.indices {
      guard let since = slots[place].state.since, slots[place].key.covers(spent) else { continue }
      func isMoreDetailed(than other: Int) -> Bool { slots[place].key.isMoreDetailed(than: slots[other].key) }
      if since >= position {
        if first.map({ since < $0.since || since == $0.since && isMoreDetailed(than: $0.place) }) ?? true {
          first = (place, since)
        }
      } else if slots[place].state.until.map({ position <= $0 }) ?? true {
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
    let stood = slots[place].state.budgets > 0
    slots[place].state.budgets += 1
    slots[place].state.until = nil
    changeRow(of: place)
    if !stood { turn(at: position) }
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
    changeRow(of: place)
    guard slots[place].state.budgets == 0 else { return }
    slots[place].state.until = position
    turn(at: position)
  }

  /// What spending is charged to may be another from here on.
  private mutating func turn(at position: Int) {
    newestBudget = max(newestBudget, position)
    found = [:]
    revision += 1
  }

  /// Before a slot changes.
  private mutating func note(_ place: Int) { if !slots[place].isChanged { changed.append(place) } }

  private mutating func changeRow(of place: Int) {
    note(place)
    slots[place].isRowChanged = true
  }

  private mutating func add(_ change: Fen, to place: Int, on date: Day) {
    note(place)
    slots[place].add(change, on: date)
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
    let wasChanged = slots[place].isChanged
    guard try slots[place].spend(amount, on: date, evenBeyond: evenBeyond) else { return false }
    if !wasChanged { changed.append(place) }
    lastCharged = position
    return true
  }

  /// See `EventRegister.look`.
  func look(atSlot place: Int) -> Int { slots[place].look() }

  var isChanged: Bool { !changed.isEmpty }

  /// Tells every key of which the store has something else, where it stands; from then on it has the same.
  mutating func store(_ body: (inout Slot) throws -> Void) rethrows {
    for place in changed {
      try body(&slots[place])
      slots[place].isRowChanged = false
      slots[place].changedDays.removeAll()
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

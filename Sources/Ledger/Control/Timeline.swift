/// How a sum changes from day to day.
struct Timeline: Equatable {
  typealias Change = (day: Day, change: Fen)

  private(set) var total: Fen = 0
  /// The latest days that change it. They stand with the sum itself: a book has more keys than fit next to a processor,
  /// most payments are of a new day at theirs, and every further place that one of them changes is fetched from memory.
  private var recent = FewChanges()
  /// The days before them. Both are in order, each day once.
  private var earlier: [Change] = []

  init() {}

  /// - Parameter changes: in order of days, each day once.
  init(_ changes: [Change]) {
    earlier = changes
    for (_, change) in changes { total += change }
  }

  /// In order of days, each day once.
  var changes: [Change] { (0..<count).map { self[$0] } }

  private var count: Int { earlier.count + recent.count }

  private subscript(place: Int) -> Change {
    place < earlier.count ? earlier[place] : recent[place - earlier.count]
  }

  private var latestDay: Day? { recent.latestDay ?? earlier.last?.day }

  mutating func add(_ change: Fen, on day: Day) {
    total += change
    if recent.add(change, on: day) { return }
    if latestDay.map({ $0 < day }) ?? true {
      if recent.isFull { join() }
      recent.append((day, change))
      return
    }
    join()
    let place = earlier.lastIndex { $0.day <= day }
    if let place, earlier[place].day == day {
      earlier[place].change += change
    } else {
      earlier.insert((day, change), at: place.map { $0 + 1 } ?? 0)
    }
  }

  /// Puts the latest days with the earlier ones.
  private mutating func join() {
    for place in 0..<recent.count { earlier.append(recent[place]) }
    recent = FewChanges()
  }

  /// See `EventRegister.look`.
  func look() -> Int { Int(truncatingIfNeeded: total) ^ recent.look() }

  func change(on day: Day) -> Fen? {
    recent.change(on: day) ?? earlier.last { $0.day <= day }.flatMap { $0.day == day ? $0.change : nil }
  }

  /// The sum on a day and on every later day that changes it. Looks at no earlier day, so that events recorded in
  /// order cost the same however long the year has been.
  func balances(from date: Day) -> [(day: Day, balance: Fen)] {
    var balances: [(day: Day, balance: Fen)] = []
    let first = forEachLater(than: date) { balances.append(($0, $1)) }
    balances.append((date, first))
    return balances.reversed()
  }

  /// The least that the sum comes to on a day or any later one.
  func least(from date: Day) -> Fen {
    var least = total
    let first = forEachLater(than: date) { least = min(least, $1) }
    return min(least, first)
  }

  /// Tells the sum on every later day that changes it, the last day first.
  /// - Returns: the sum on `date`.
  private func forEachLater(than date: Day, _ body: (Day, _ balance: Fen) -> Void) -> Fen {
    guard let latestDay, latestDay > date else { return total }
    var balance = total
    for place in (0..<count).reversed() {
      let (day, change) = self[place]
      guard day > date else { break }
      body(day, balance)
      balance -= change
    }
    return balance
  }

  static func == (left: Timeline, right: Timeline) -> Bool {
    left.changes.elementsEqual(right.changes) { $0.day == $1.day && $0.change == $1.change }
  }
}

/// A few days and what changes on each, in one piece.
private struct FewChanges {
  private static let most = 4

  private(set) var count = 0
  private var days = InlineArray<4, Day>(repeating: Day.first)
  private var changes = InlineArray<4, Fen>(repeating: 0)

  var latestDay: Day? { count == 0 ? nil : days[count - 1] }
  var isFull: Bool { count == FewChanges.most }

  /// At its first and its last.
  func look() -> Int { count ^ Int(truncatingIfNeeded: changes[FewChanges.most - 1]) }

  subscript(place: Int) -> Timeline.Change { (days[place], changes[place]) }

  mutating func append(_ change: Timeline.Change) {
    (days[count], changes[count]) = change
    count += 1
  }

  /// - Returns: `false` if the day is not among them.
  mutating func add(_ change: Fen, on day: Day) -> Bool {
    guard let place = place(of: day) else { return false }
    changes[place] += change
    return true
  }

  func change(on day: Day) -> Fen? { place(of: day).map { changes[$0] } }

  private func place(of day: Day) -> Int? { (0..<count).last { days[$0] == day } }
}

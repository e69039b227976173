/// How a sum changes from day to day.
struct Timeline: Equatable {
  typealias Change = (day: Day, change: Fen)

  private(set) var total: Fen = 0
  /// The latest day that changes it. It stands by itself, since most events are of that day, and a book has more days
  /// at more keys than fit next to a processor.
  private var latest: Change?
  /// The days before it, in order, each once.
  private var earlier: [Change] = []

  init() {}

  /// In order of days, each day once.
  var changes: [Change] { earlier + (latest.map { [$0] } ?? []) }

  mutating func add(_ change: Fen, on day: Day) {
    total += change
    guard let latest, day <= latest.day else {
      if let latest { earlier.append(latest) }
      self.latest = (day, change)
      return
    }
    guard day < latest.day else {
      self.latest?.change += change
      return
    }
    let place = earlier.lastIndex { $0.day <= day }
    if let place, earlier[place].day == day {
      earlier[place].change += change
    } else {
      earlier.insert((day, change), at: place.map { $0 + 1 } ?? 0)
    }
  }

  func change(on day: Day) -> Fen? {
    guard let latest, day < latest.day else { return latest.flatMap { $0.day == day ? $0.change : nil } }
    return earlier.last { $0.day == day }?.change
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
    guard let latest, latest.day > date else { return total }
    body(latest.day, total)
    var balance = total - latest.change
    for index in earlier.indices.reversed() {
      guard earlier[index].day > date else { break }
      body(earlier[index].day, balance)
      balance -= earlier[index].change
    }
    return balance
  }

  static func == (left: Timeline, right: Timeline) -> Bool {
    left.changes.elementsEqual(right.changes) { $0.day == $1.day && $0.change == $1.change }
  }
}

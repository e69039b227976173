/// What has been paid and not come back, in the units and years that a refund has asked about: one refund is seldom the
/// only one, and to go through the days of a year for each would cost more than all else of it.
final class Payments {
  private struct Year {
    /// What is known holds on this day and later ones; all that was paid until then counts as paid on it.
    var from: Day
    /// Where its keys stand in `timelines`, which they keep.
    var places: [ControlKey: Int] = [:]
  }

  private var timelines: [Timeline] = []
  private var years: [UnitYear: Year] = [:]
  /// Rises with every year that is asked about.
  private(set) var revision = 0

  /// What has been paid, which holds on a day and every later one.
  /// - Parameters:
  ///   - lines: all budget lines, by number from 1.
  ///   - sums: what the book and the batch hold of them, where nothing is known from that day on.
  func timeline(
    at key: ControlKey, of year: UnitYear, from date: Day, _ lines: [BudgetLine], _ sums: LineTables
  ) throws -> Timeline {
    if let known = years[year]?.from {
      // Who goes back once may do so again: so then the whole year is read.
      if date < known { try load(year, from: .first, lines, sums) }
    } else {
      // Most events are recorded in order of days, so that there are few after them, or none.
      try load(year, from: date, lines, sums)
      revision += 1
    }
    return years[year]?.places[key].map { timelines[$0] } ?? Timeline()
  }

  private func load(_ year: UnitYear, from date: Day, _ lines: [BudgetLine], _ sums: LineTables) throws {
    years[year, default: Year(from: date)].from = date
    let numbers = lines.numbers(of: year)
    let places = numbers.map { place(of: ControlKey(of: lines[$0 - 1].classification, at: .usual), in: year) }
    for place in places { if let place { timelines[place] = Timeline() } }
    let placesByNumber = Dictionary(zip(numbers, places)) { first, _ in first }
    func add(_ amount: Fen, line number: Int, on day: Day) {
      if amount != 0, let place = placesByNumber[number] ?? nil { timelines[place].add(amount, on: day) }
    }
    // What the days after it do is taken back from the whole, so that the days before it need not be read.
    try sums.forEachTotal(of: numbers) { number, sums in add(Fen(sums[.disbursed]), line: number, on: date) }
    try sums.forEachDay(of: numbers, after: date) { number, day, sums in
      add(Fen(sums[.disbursed]), line: number, on: day)
      add(-Fen(sums[.disbursed]), line: number, on: date)
    }
  }

  /// Where what is paid at a key is kept, which holds while `revision` is the same.
  /// - Returns: `nil` if nobody has asked about the year.
  func place(of key: @autoclosure () -> ControlKey, in year: UnitYear) -> Int? {
    guard let known = years[year] else { return nil }
    let key = key()
    if let place = known.places[key] { return place }
    years[year]?.places[key] = timelines.count
    timelines.append(Timeline())
    return timelines.count - 1
  }

  /// See `EventRegister.look`.
  func look(at place: Int) -> Int { timelines[place].look() }

  /// Takes in what a recorded event pays; what comes back counts below zero.
  func add(_ amount: Int64, at place: Int, on day: Day) {
    if amount != 0 { timelines[place].add(Fen(amount), on: day) }
  }
}

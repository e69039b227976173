/// What has been paid and not come back, day by day, in the units and years that a refund has asked about: one refund
/// is seldom the only one, and to go through the days of a year for each would cost more than all else of it.
final class Payments {
  private var timelines: [Timeline] = []
  /// Where the keys of the years asked about stand in `timelines`, which they keep.
  private var places: [UnitYear: [ControlKey: Int]] = [:]
  /// Rises with every year that is asked about.
  private(set) var revision = 0

  /// - Parameters:
  ///   - lines: all budget lines, by number from 1.
  ///   - sums: what the book and the batch hold of them, where the year has not been asked about.
  func timeline(
    at key: ControlKey, of year: UnitYear, _ lines: [BudgetLine], _ sums: LineTables
  ) throws -> Timeline {
    if places[year] == nil { try load(year, lines, sums) }
    return places[year]?[key].map { timelines[$0] } ?? Timeline()
  }

  private func load(_ year: UnitYear, _ lines: [BudgetLine], _ sums: LineTables) throws {
    places[year] = [:]
    revision += 1
    let numbers = lines.numbers(of: year)
    let places = numbers.map { place(of: ControlKey(of: lines[$0 - 1].classification, at: .usual), in: year) }
    let placesByNumber = Dictionary(zip(numbers, places)) { first, _ in first }
    try sums.forEachDay(of: numbers) { number, day, sums in
      if let place = placesByNumber[number] ?? nil { add(sums[.disbursed], at: place, on: day) }
    }
  }

  /// Where what is paid at a key is kept, which holds while `revision` is the same.
  /// - Returns: `nil` if nobody has asked about the year.
  func place(of key: @autoclosure () -> ControlKey, in year: UnitYear) -> Int? {
    guard let known = places[year] else { return nil }
    let key = key()
    if let place = known[key] { return place }
    places[year]?[key] = timelines.count
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

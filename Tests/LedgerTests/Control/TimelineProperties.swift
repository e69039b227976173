import Testing

@testable import Ledger

/// A sum day by day against a table of days. A failure names its seed.
@Suite struct TimelineProperties {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func itIsTheSumOfItsDays(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var timeline = Timeline()
    var table: [Day: Fen] = [:]
    let days = try (1...12).map { try #require(Day(year: 2021, month: $0, day: 1)) }
    for step in 0..<Int.random(in: 1...40, using: &random) {
      // Mostly in order of days, as events are recorded.
      let usual = days[min(step / 3, days.count - 1)]
      let day = Int.random(in: 0..<4, using: &random) > 0 ? usual : days.randomElement(using: &random) ?? usual
      let change = Fen(Int.random(in: -9...9, using: &random))
      timeline.add(change, on: day)
      table[day, default: 0] += change
    }
    #expect(timeline.total == table.values.reduce(0, +), "seed \(seed)")
    #expect(timeline.changes.map(\.day) == table.keys.sorted(), "seed \(seed)")
    for date in days {
      #expect(timeline.change(on: date) == table[date], "seed \(seed), \(date)")
      func balance(on day: Day) -> Fen { table.filter { $0.key <= day }.values.reduce(0, +) }
      let asked = [date] + table.keys.filter { $0 > date }.sorted()
      let balances = timeline.balances(from: date)
      #expect(balances.map(\.day) == asked, "seed \(seed), \(date)")
      #expect(balances.map(\.balance) == asked.map(balance), "seed \(seed), \(date)")
      #expect(timeline.least(from: date) == asked.map(balance).min(), "seed \(seed), \(date)")
    }
  }
}

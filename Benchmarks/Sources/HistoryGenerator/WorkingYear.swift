/// The days of a budget year on which money moves, and how much of the year's work falls on each.
struct WorkingYear {
  struct Day {
    let month: Int
    let day: Int
    /// `2021-09-14`.
    let text: TextPool.Text
    /// The share of the year's events up to the end of this day, from 0 to 1.
    let reached: Double
  }

  let year: Int
  /// Every day of the year from 2 January on, the day of approval.
  let days: [Day]

  init(_ year: Int, _ pool: TextPool) {
    self.year = year
    let calendar = (1...12).flatMap { month in (1...WorkingYear.days(in: month, of: year)).map { (month, $0) } }
    let weights = calendar.enumerated().map { index, date in
      WorkingYear.weight(month: date.0, day: date.1, weekday: WorkingYear.weekday(index, of: year), year: year)
    }
    let total = weights.reduce(0, +)
    var sum = 0.0
    days = zip(calendar, weights).dropFirst().map { date, weight in
      sum += weight
      let text = "\(year)-\(date.0 < 10 ? "0" : "")\(date.0)-\(date.1 < 10 ? "0" : "")\(date.1)"
      return Day(month: date.0, day: date.1, text: pool.add(text), reached: sum / total)
    }
  }

  /// Little on weekends, more where a month, a quarter or the year ends; nothing before the budget is approved.
  private static func weight(month: Int, day: Int, weekday: Int, year: Int) -> Double {
    if month == 1, day < 4 { return 0 }
    var weight = weekday >= 5 ? 0.03 : 1
    let left = days(in: month, of: year) - day
    if left < 3 { weight *= 1.5 }
    if month % 3 == 0, left < 6 { weight *= 2 }
    if month == 12 { weight *= left < 10 ? 2.5 : 1.5 }
    return weight
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 0 is Monday.
  /// - Parameter index: days since 1 January.
  private static func weekday(_ index: Int, of year: Int) -> Int {
    let before = year - 1
    return (before * 365 + before / 4 - before / 100 + before / 400 + index) % 7
  }
}

extension Day {
  /// Reads a day as exports of other programs write it: `2021-09-14`, `2021/9/14`, `2021.9.14`, `20210914`,
  /// `2021年9月14日`, each perhaps with a time of day behind it, which is left aside; and days counted as spreadsheets do,
  /// `44453`.
  /// - Throws: `date.unreadable` for another spelling, `date.no-such-day` for a day the calendar lacks or outside 1900
  ///   to 2999.
  init(readingAnyForm text: String) throws(Unreadable) {
    let unreadable = Unreadable(.dateUnreadable, value: text, expected: .expectedDateOfAnyForm)
    let day = Day.withoutTime(text)
    if day.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      switch day.utf8.count {
      case 5:
        guard let known = Int(day).flatMap(Day.init(ofSpreadsheet:)) else { throw unreadable }
        self = known
      case 8: self = try Day.known(Int(day), orThrow: unreadable)
      default: throw unreadable
      }
      return
    }
    let parts = day.split(omittingEmptySubsequences: false) { "-/.年月日".contains($0) }
    // What stands between the numbers, and behind the last of the Chinese form.
    let marks = day.filter { "-/.年月日".contains($0) }
    guard ["--", "//", "..", "年月日"].contains(marks), parts.count == marks.count + 1, parts[0].utf8.count == 4,
      parts[1...2].allSatisfy({ (1...2).contains($0.utf8.count) }), parts.count == 3 || parts[3].isEmpty,
      let year = Day.digits(parts[0]), let month = Day.digits(parts[1]), let number = Day.digits(parts[2])
    else { throw unreadable }
    self = try Day.known(year * 10_000 + month * 100 + number, orThrow: unreadable)
  }

  /// Without ` 08:30`, ` 08:30:00`, `T08:30:00.000`.
  private static func withoutTime(_ text: String) -> Substring {
    let whole = text.trimmed[...]
    guard let gap = whole.firstIndex(where: { $0 == " " || $0 == "T" }) else { return whole }
    let time = whole[whole.index(after: gap)...].split(separator: ":", omittingEmptySubsequences: false)
    let isTime =
      (2...3).contains(time.count)
      && time.allSatisfy { part in
        (1...6).contains(part.utf8.count)
          && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") }
      }
    return isTime ? whole[..<gap] : whole
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
  }

  private static func known(_ number: Int?, orThrow unreadable: Unreadable) throws(Unreadable) -> Day {
    if let day = number.flatMap(Day.init(number:)) { return day }
    throw Unreadable(.dateNoSuchDay, value: unreadable.value, expected: .expectedDayOfCalendar)
  }

  /// A day by its number in a spreadsheet of the usual date system: 1 is 1 January 1900, and a 29 February 1900 is counted
  /// that never was. `nil` up to that, where programs differ, and behind the last day of this calendar.
  init?(ofSpreadsheet number: Int) {
    // Day 25,569 is 1 January 1970.
    guard number > 60, let day = Day(daysSinceEpoch: Int64(number) - 25_569) else { return nil }
    self = day
  }
}

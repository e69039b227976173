/// A civil day in China (UTC+8), from 1900-01-01 to 2999-12-31: the business date of an event (业务日期).
public struct Day: Hashable, Comparable, Sendable {
  /// `20210914`: ordered as the calendar is, and readable in the store.
  public let number: Int32

  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.days(inMonth: month, of: year)
    else { return nil }
    self.number = Int32(year * 10_000 + month * 100 + day)
  }

  /// - Parameter number: a day as the store keeps it; `nil` if there is no such day.
  public init?(number: Int) {
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// Reads `2021-09-14`.
  /// - Throws: `date.unreadable` for another spelling, `date.no-such-day` for a day the calendar lacks or outside
  ///   1900 to 2999.
  public init(reading text: String) throws(Unreadable) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Day.number(bytes[0..<4]), let month = Day.number(bytes[5..<7]), let day = Day.number(bytes[8..<10])
    else { throw Unreadable(.dateUnreadable, value: text, expected: .expectedDate) }
    guard let known = Day(year: year, month: month, day: day) else {
      throw Unreadable(.dateNoSuchDay, value: text, expected: .expectedDayOfCalendar)
    }
    self = known
  }

  public var year: Int { Int(number) / 10_000 }
  public var month: Int { Int(number) / 100 % 100 }
  public var day: Int { Int(number) % 100 }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  public static let first = Day(unchecked: 1900_01_01)
  public static let last = Day(unchecked: 2999_12_31)

  public static func lastDay(ofYear year: Int) -> Day? { Day(year: year, month: 12, day: 31) }

  /// The same month and day `years` later; 29 February becomes 28 February where the year has none.
  public func shifted(years: Int) -> Day? {
    let target = year + years
    return Day(year: target, month: month, day: min(day, Day.days(inMonth: month, of: target)))
  }

  /// The day after it; `nil` after the last there is.
  var next: Day? {
    Day(year: year, month: month, day: day + 1) ?? Day(year: year, month: month + 1, day: 1)
      ?? Day(year: year + 1, month: 1, day: 1)
  }

  private init(unchecked number: Int32) { self.number = number }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}

extension Day: CustomStringConvertible {
  public var description: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// `2021-09`.
  public var monthText: String { String(description.prefix(7)) }
}

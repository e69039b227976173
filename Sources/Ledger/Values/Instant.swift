/// A moment in milliseconds since 1970-01-01T00:00:00Z: when the book learnt of an event (入账时间).
public struct Instant: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  /// Reads RFC 3339 in UTC, `2021-09-14T08:30:00.000Z`, with at most three decimals of a second.
  /// - Throws: `time.unreadable`.
  public init(reading text: String) throws(Unreadable) {
    guard let milliseconds = Instant.milliseconds(Array(text.utf8)) else {
      throw Unreadable(.timeUnreadable, value: text, expected: .expectedTime)
    }
    self.milliseconds = milliseconds
  }

  /// Byte by byte: every line of an exported journal has a time, and a regular expression takes longer than the rest
  /// of the line.
  private static func milliseconds(_ bytes: [UInt8]) -> Int64? {
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes.last == UInt8(ascii: "Z"),
      let day = try? Day(reading: String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = day.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
    let rest = bytes[19...].dropLast()
    guard let point = rest.first else { return seconds * 1_000 }
    let decimals = rest.dropFirst()
    guard point == UInt8(ascii: "."), (1...3).contains(decimals.count), let fraction = number(decimals) else {
      return nil
    }
    return seconds * 1_000 + fraction * [100, 10, 1][decimals.count - 1]
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Reads RFC 3339 with any offset from UTC, `2021-07-05T18:00:00+08:00`, as a person may ask for a time.
  /// - Throws: `time.unreadable`.
  public init(readingAnyOffset text: String) throws(Unreadable) {
    guard let match = text.wholeMatch(of: /(.*)([+-])([0-9]{2}):([0-9]{2})/), let hours = Int64(match.3),
      let minutes = Int64(match.4), hours < 24, minutes < 60
    else {
      self = try Instant(reading: text)
      return
    }
    let local = try Instant(reading: match.1 + "Z")
    let offset = (hours * 60 + minutes) * 60_000
    self = Instant(milliseconds: local.milliseconds + (match.2 == "-" ? offset : -offset))
  }

  private static let chinaOffset: Int64 = 8 * 3_600_000

  /// The civil day in China (UTC+8) at this moment; `nil` outside the calendar this ledger keeps.
  public var dayInChina: Day? {
    Day(daysSinceEpoch: (milliseconds + Instant.chinaOffset).floorDivided(by: 86_400_000))
  }

  /// The last millisecond of a civil day in China.
  public init(endOf day: Day) {
    self.milliseconds = (day.daysSinceEpoch + 1) * 86_400_000 - Instant.chinaOffset - 1
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339, UTC, with milliseconds.
  public var description: String {
    let days = milliseconds.floorDivided(by: 86_400_000)
    let rest = milliseconds - days * 86_400_000
    let date = Day(daysSinceEpoch: days)?.description ?? "?"
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    let time = "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1_000 % 60, 2))"
    return "\(date)T\(time).\(padded(rest % 1_000, 3))Z"
  }
}

extension Day {
  /// Days since 1970-01-01 of the Gregorian calendar, by counting days of 400-year eras that start in March, so that
  /// the leap day is the last of its year.
  var daysSinceEpoch: Int64 {
    let shiftedYear = Int64(year) - (month <= 2 ? 1 : 0)
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  init?(daysSinceEpoch days: Int64) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month), day: Int(day))
  }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

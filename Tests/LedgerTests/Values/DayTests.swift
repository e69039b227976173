import Foundation
import Ledger
import Testing

@Suite struct DayTests {
  @Test(arguments: ["1900-01-01", "2020-02-29", "2021-12-31", "2999-12-31", "2000-02-29"])
  func readsAndWrites(text: String) throws { #expect(try Day(reading: text).description == text) }

  @Test(arguments: [
    ("2021-02-29", ProblemCode.dateNoSuchDay), ("1900-02-29", .dateNoSuchDay), ("2021-02-30", .dateNoSuchDay),
    ("2021-04-31", .dateNoSuchDay), ("2021-13-01", .dateNoSuchDay), ("2021-00-10", .dateNoSuchDay),
    ("2021-01-00", .dateNoSuchDay), ("0000-01-01", .dateNoSuchDay), ("1899-12-31", .dateNoSuchDay),
    ("3000-01-01", .dateNoSuchDay), ("2021-1-1", .dateUnreadable), ("2021/01/01", .dateUnreadable),
    ("20210101", .dateUnreadable), ("2021-01-01 ", .dateUnreadable), ("２０２１-01-01", .dateUnreadable),
  ])
  func refuses(text: String, code: ProblemCode) {
    #expect { try Day(reading: text) } throws: { ($0 as? Unreadable)?.code == code }
  }

  @Test func shiftsYearsAndClampsLeapDays() throws {
    let leap = try Day(reading: "2020-02-29")
    #expect(leap.shifted(years: -1)?.description == "2019-02-28")
    #expect(leap.shifted(years: 4)?.description == "2024-02-29")
    #expect(try Day(reading: "2021-12-31").shifted(years: -1)?.description == "2020-12-31")
  }

  /// Every day of 1,100 years against Foundation's calendar, by the end of its day in China.
  @Test func endOfDayInChinaAgreesWithFoundation() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 8 * 3_600))
    for year in stride(from: 1900, through: 2999, by: 7) {
      for month in 1...12 {
        let day = try #require(Day(year: year, month: month, day: 28))
        let date = try #require(calendar.date(from: DateComponents(year: year, month: month, day: 29 - 1)))
        let instant = Instant(endOf: day)
        #expect(instant.milliseconds == Int64(date.timeIntervalSince1970) * 1_000 + 86_400_000 - 1)
        #expect(instant.dayInChina == day)
        #expect(Instant(milliseconds: instant.milliseconds + 1).dayInChina != day)
      }
    }
  }
}

@Suite struct InstantTests {
  @Test(arguments: [
    ("2021-09-14T08:30:00.000Z", "2021-09-14T08:30:00.000Z"), ("2021-09-14T08:30:00Z", "2021-09-14T08:30:00.000Z"),
    ("2021-09-14T08:30:00.1Z", "2021-09-14T08:30:00.100Z"), ("1900-01-01T00:00:00.000Z", "1900-01-01T00:00:00.000Z"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
  ])
  func readsRFC3339InUTC(text: String, normal: String) throws {
    #expect(try Instant(reading: text).description == normal)
  }

  @Test(arguments: [
    "2021-09-14T08:30:00.000", "2021-09-14T08:30:00+08:00", "2021-09-14 08:30:00Z", "2021-09-14T24:00:00Z",
    "2021-02-30T00:00:00Z", "2021-09-14T08:60:00Z", "2021-09-14T08:30:00.0001Z",
  ])
  func refusesTheRest(text: String) {
    #expect { try Instant(reading: text) } throws: { ($0 as? Unreadable)?.code == .timeUnreadable }
  }
}

import Testing

@testable import Ledger

/// Days and amounts as exports of other programs spell them.
@Suite struct FormsTests {
  @Test(
    arguments: [
      "2021-09-14", "2021/9/14", "2021/09/14", "2021.9.14", "20210914", "2021年9月14日", "2021年09月14日", "44453",
      " 2021-9-14 ", "2021-09-14 08:30", "2021/9/14 8:30:00", "2021-09-14T08:30:00.000", "　2021-09-14",
    ])
  func theSameDay(text: String) throws { #expect(try Day(readingAnyForm: text).number == 20_210_914) }

  @Test(
    arguments: [
      ("", .dateUnreadable), ("2021", .dateUnreadable), ("2021-9", .dateUnreadable), ("14/9/2021", .dateUnreadable),
      ("2021-9-14-1", .dateUnreadable), ("2021/9-14", .dateUnreadable), ("2021年9月14", .dateUnreadable),
      ("21-9-14", .dateUnreadable), ("2021-13-01", .dateNoSuchDay), ("20210229", .dateNoSuchDay),
      ("60", .dateUnreadable),
      ("00059", .dateUnreadable), ("2021-09-14 noon", .dateUnreadable), ("+2021-9-14", .dateUnreadable),
      ("２０２１-09-14", .dateUnreadable),
    ] as [(String, ProblemCode)])
  func noDay(text: String, code: ProblemCode) {
    #expect { try Day(readingAnyForm: text) } throws: { ($0 as? Unreadable)?.code == code }
  }

  /// Every day of a spreadsheet, against counting one by one.
  @Test func spreadsheetsCountDays() throws {
    var day = try #require(Day(year: 1927, month: 5, day: 18))
    for number in 10_000..<80_000 {
      #expect(try Day(readingAnyForm: String(number)) == day)
      day = try #require(
        Day(year: day.year, month: day.month, day: day.day + 1) ?? Day(year: day.year, month: day.month + 1, day: 1)
          ?? Day(year: day.year + 1, month: 1, day: 1))
    }
  }

  @Test(
    arguments: [
      ("1234.5", 123_450), ("1,234.50", 123_450), ("¥1,234.50", 123_450), ("￥-1", -100), ("-¥1", -100), ("+3", 300),
      ("(1,234.50)", -123_450), ("（2）", -200), ("5-", -500), ("−5", -500), ("100.0000", 10_000), ("0", 0), ("-0.00", 0),
      ("29.49万", 29_490_000), ("1亿", 10_000_000_000), (" 7 ", 700), ("12.30元", 1_230),
    ] as [(String, Int64)])
  func amounts(text: String, fen: Int64) throws {
    #expect(try Money(readingAnyForm: text, in: .yuan).fen == fen)
  }

  @Test(
    arguments: [("1.5", 1_500_000), ("1,234", 1_234_000_000), ("0.0001", 100), ("3元", 300), ("-2", -2_000_000)]
      as [(String, Int64)])
  func amountsInTenThousands(text: String, fen: Int64) throws {
    #expect(try Money(readingAnyForm: text, in: .tenThousand).fen == fen)
  }

  @Test(arguments: [
    "", "-", "¥", "叁佰元", "1,23", "1.234", "1e5", "#REF!", "--5-", "()", "12 000", "１２", "1.2.3", "=1+1",
  ])
  func noAmount(text: String) {
    #expect(throws: Unreadable.self) { try Money(readingAnyForm: text, in: .yuan) }
  }
}

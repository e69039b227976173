import Testing

@testable import Ledger

@Suite struct MoneyTests {
  @Test(
    arguments: [
      ("0", 0), ("0.00", 0), ("1", 100), ("1.5", 150), ("1.05", 105), ("294900.00", 29_490_000),
      ("294,900元", 29_490_000),
      ("29.49万", 29_490_000), ("29.49万元", 29_490_000), ("0.000001万", 1), ("1亿", 10_000_000_000),
      ("0.0000000001亿元", 1), ("1,234,567.89", 123_456_789), ("-0.05", -5), ("-1,000", -100_000), ("007", 700),
      ("92233720368547758.07", Int64.max), ("-92233720368547758.07", -Int64.max),
      ("1.230000万", 1_230_000), ("1.2300000000万", 1_230_000),
    ] as [(String, Int64)])
  func readsWhatPeopleWrite(text: String, fen: Int64) throws { #expect(try Money(reading: text).fen == fen) }

  @Test(arguments: [
    ("", ProblemCode.amountUnreadable), ("-", .amountUnreadable), ("+1", .amountUnreadable), ("1e5", .amountUnreadable),
    (" 1", .amountUnreadable), ("1 ", .amountUnreadable), ("1.", .amountUnreadable), (".5", .amountUnreadable),
    ("1,23", .amountUnreadable), ("1,2345", .amountUnreadable), (",123", .amountUnreadable),
    ("1234,567", .amountUnreadable), ("1,234,", .amountUnreadable), ("１２", .amountUnreadable),
    ("1.5分", .amountUnreadable), ("1万万", .amountUnreadable), ("--1", .amountUnreadable), ("0x10", .amountUnreadable),
    ("-0", .amountNegativeZero), ("-0.00", .amountNegativeZero), ("-0万", .amountNegativeZero),
    ("12.345", .amountNotWholeFen), ("0.0000001万", .amountNotWholeFen), ("12.340", .amountNotWholeFen),
    ("92233720368547758.08", .amountOutOfRange), ("-92233720368547758.08", .amountOutOfRange),
    ("99999999999999999999999999999999999999999999", .amountOutOfRange), ("922337203685478亿", .amountOutOfRange),
  ])
  func refusesEverythingElse(text: String, code: ProblemCode) {
    #expect { try Money(reading: text) } throws: { error in
      (error as? Unreadable)?.code == code && (error as? Unreadable)?.value == text
    }
  }

  @Test func writingThenReadingIsIdentity() throws {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2_000 {
      let fen = Int64.random(in: -Int64.max...Int64.max, using: &random) >> Int64.random(in: 0..<60, using: &random)
      #expect(try Money(reading: Money(fen: fen).description).fen == fen)
    }
  }
}

@Suite struct RatioTests {
  @Test(
    arguments: [
      (594_900, 700_000, "84.99"), (294_900, 400_000, "73.73"), (105_100, 400_000, "26.28"), (1, 3, "33.33"),
      (-1, 3, "-33.33"), (1, -3, "-33.33"), (-1, 100_000, "0.00"), (5, 100_000, "0.01"), (-5, 100_000, "-0.01"),
      (0, 7, "0.00"), (1, 1, "100.00"),
    ] as [(Int128, Int128, String)])
  func percentIsRoundedHalfAwayFromZero(top: Int128, bottom: Int128, text: String) {
    #expect(Ratio(top, over: bottom)?.percent() == text)
  }

  @Test func noRateOverZero() { #expect(Ratio(1, over: 0) == nil) }

  @Test func tenThousandsAreRoundedFromTheExactValue() {
    #expect(DisplayUnit.tenThousand.text(1_525_000) == "1.53")
    #expect(DisplayUnit.tenThousand.text(-1_525_000) == "-1.53")
    #expect(DisplayUnit.tenThousand.text(-4_999) == "0.00")
    #expect(DisplayUnit.tenThousand.text(123_456_789_012) == "123,456.79")
    #expect(DisplayUnit.yuan.text(-123_456_789) == "-1,234,567.89")
  }

  /// Sums are shown by another way than what formulas compute: both are the same text.
  @Test(arguments: DisplayUnit.allCases)
  func aSumIsShownAsTheExactFractionIs(unit: DisplayUnit) {
    var random = SeededRandom(seed: 11)
    for _ in 0..<2_000 {
      let limit = (0..<Int.random(in: 1...30, using: &random)).reduce(Fen(1)) { limit, _ in limit * 10 }
      let amount = Fen.random(in: -limit...limit, using: &random)
      #expect(unit.text(amount) == unit.text(Rational(fen: amount)), "seed 11, \(amount) fen")
    }
  }

  @Test(arguments: [("7", "7"), ("-100.00", "-100.00"), ("1234", "1,234"), ("-123456.7", "-123,456.7")])
  func everyThreeDigitsHaveAComma(number: String, grouped: String) {
    #expect(DisplayUnit.grouped(number) == grouped)
  }
}

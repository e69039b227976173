import Foundation
import Testing

@testable import Ledger

@Suite struct SheetNumberTests {
  /// Against decimals of the system, rounded to the 15th digit: random binary fractions as a workbook writes them.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func numbersAreShownWithFifteenDigits(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let digits = Int.random(in: 1...17, using: &random)
      let whole = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      let power = Int.random(in: -20...6, using: &random)
      let number = try #require(Double("\(random.chance(percent: 30) ? "-" : "")\(whole)e\(power)"))
      guard number != 0 else { continue }
      var written = try #require(Decimal(string: "\(number)"))
      let exponent = try #require(Int(String(format: "%.17e", number).split(separator: "e")[1]))
      var expected = Decimal()
      NSDecimalRound(&expected, &written, 14 - exponent, .plain)
      let shown = try #require(SheetNumber.shown("\(number)"), "seed \(seed): \(number)")
      #expect(Decimal(string: shown) == expected, "seed \(seed): \(number)")
      #expect(!shown.contains("e") && !(shown.contains(".") && shown.hasSuffix("0")), "seed \(seed): \(number)")
    }
  }

  @Test(
    arguments: [
      ("44264", "44264"), ("0.30000000000000004", "0.3"), ("1234.5", "1234.5"), ("-0.5", "-0.5"), ("0", "0"),
      ("-0", "0"), ("1E3", "1000"), ("1.5E-3", "0.0015"), ("99999999999999.995", "100000000000000"), ("100.00", "100"),
      ("1234567890123456789", "1234567890123460000"),
    ])
  func shown(text: String, expected: String) { #expect(SheetNumber.shown(text) == expected) }

  @Test(arguments: ["", "-", "abc", "1.2.3", "1e", "1e999", "0x10", "1,5", "NaN", "1 "])
  func noNumber(text: String) { #expect(SheetNumber.shown(text) == nil) }
}

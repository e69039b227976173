import Ledger
import Testing

/// What is printed against what is exact: ties, a rounding tail, or a contradiction.
@Suite struct PrintedValueTests {
  @Test(
    arguments: [
      ("613.89万", 613_885_000, Verdict.ties), ("613.88万", 613_885_000, .rounding),
      ("613.90万", 613_885_000, .contradiction),
      ("613.87万", 613_885_000, .contradiction), ("0.00万", 0, .ties), ("0.00万", 4_999, .ties),
      ("0.00万", 5_000, .rounding),
      ("0万", 499_999, .ties), ("615.41万元", 615_410_000, .ties), ("6,154,100.00元", 615_410_000, .ties),
      ("6154100", 615_410_000, .ties), ("6154100", 615_410_049, .ties), ("6154100", 615_410_050, .rounding),
      ("-10.51万", -10_510_000, .ties), ("10.51万", -10_510_000, .contradiction), ("0.06亿", 600_000_000, .ties),
    ] as [(String, Int128, Verdict)])
  func money(printed: String, fen: Int128, verdict: Verdict) throws {
    #expect(try PrintedValue(reading: printed).verdict(on: Rational(fen: fen)) == verdict)
  }

  @Test(
    arguments: [
      ("84.99%", 5949, 7000, Verdict.ties), ("85%", 5949, 7000, .ties), ("84.98%", 5949, 7000, .rounding),
      ("84.97%", 5949, 7000, .contradiction), ("73.73%", 2949, 4000, .ties), ("73.72%", 2949, 4000, .rounding),
      ("0.85", 5949, 7000, .ties), ("100%", 1, 1, .ties),
    ] as [(String, Int128, Int128, Verdict)])
  func rates(printed: String, top: Int128, bottom: Int128, verdict: Verdict) throws {
    let value = Rational(try #require(Ratio(top, over: bottom)))
    #expect(try PrintedValue(reading: printed).verdict(on: value) == verdict)
  }

  @Test(arguments: ["", "万", "1,23", "1e3", "--1", "1.", "84.99％", "1万%", "9999999999999999999"])
  func refusesWhatIsNoPrintedNumber(text: String) {
    #expect { try PrintedValue(reading: text) } throws: { ($0 as? Unreadable)?.code == .printedUnreadable }
  }
}

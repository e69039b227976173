import Ledger
import Testing

/// Reading and writing formulas.
@Suite struct FormulaTests {
  /// Where a formula is wrong, the column says so.
  @Test(
    arguments: [
      ("", 1), ("disbursed +", 12), ("1 2", 3), ("spent", 1), ("disbursed{fnud=11}", 11), ("disbursed{fund=1x}", 16),
      ("disbursed{fund=11", 18), ("disbursed{}", 11), ("disbursed{fund=}", 16), ("round(budget, x)", 15),
      ("abs budget", 5),
      ("(budget", 8), ("\"在职人员数", 7), ("@", 2), ("1.", 3), ("disbursed{year=21}", 16), ("disbursed{fund=1,fund=2}", 18),
      ("\"a\"{colour=1}", 5), ("disbursed{nature=daily}", 18), ("budget * / 2", 10),
      ("disbursed{year=-9223372036854775808}", 16), ("disbursed{function=$F}", 20),
    ])
  func aFlawIsTold(text: String, column: Int) {
    do {
      _ = try Formula(reading: text)
      Issue.record("\(text) was read")
    } catch {
      #expect(
        error.code == .formulaUnreadable && error.expected.english.contains("column \(column) "),
        "\(text): \(error.expected.english)")
    }
  }

  /// What was written is read as the same formula.
  @Test(
    arguments: [
      "disbursed{nature=basic,economic=30212|30217,year=-1}", "(budget - balance) / budget", "-(budget - 1.50) * 2",
      "abs(income) + round(executionRate, 4)", "\"在职人员数\" / \"编制数\"{role=target,year=2020}", "@sr.open - @\"a b\"",
      "1 - (2 - 3)", "1 / (2 / 3)", "disbursed{unit=001|002,key=true,kind=quasi,year=2021}",
    ])
  func writingThenReadingIsIdentity(text: String) throws {
    let formula = try Formula(reading: text)
    #expect(try Formula(reading: formula.text) == formula, "\(formula.text)")
  }

  @Test func longAndDeepOnesAreRefused() {
    let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
    let long = Array(repeating: "1", count: 1_500).joined(separator: "+")
    for text in [deep, long, String(repeating: "1", count: 30_000)] {
      #expect(throws: Unreadable.self) { try Formula(reading: text) }
    }
  }
}

import Foundation
import Ledger
import Testing

/// Identities on what is printed, over several sources, and the day a budget is shown at.
@Suite struct CheckTests {
  private static let unit = #"{"type":"unit","date":"2020-01-01","unit":"001","name":"示例局"}"#
  private static let open = #"{"type":"policy","date":"2020-01-01","control":"off"}"#

  private static func paid(_ amount: String, _ function: String, id: String) -> String {
    """
    {"type":"disbursement","date":"2021-03-01","id":"\(id)","fund":"111","function":"\(function)","nature":"public",\
    "amount":"\(amount)"}
    """
  }

  private static func printed(_ measure: String, _ filter: String, _ equals: String, year: Int = 2021) -> String {
    """
    {"type":"assertion","date":"2021-12-31","year":\(year),"measure":"\(measure)"\(filter),"equals":"\(equals)"}
    """
  }

  private static func verdicts(_ sources: [LedgerSource], on ground: CheckGround) throws -> [String: Verdict] {
    let results = try CheckReport(sources, .everything).results.filter { $0.subject == .identity && $0.on == ground }
    return Dictionary(results.map { ($0.id, $0.verdict) }) { first, _ in first }
  }

  /// A table's printed rows against its printed total, where the ledger has other amounts.
  @Test func sumsOfPrintedRowsAreHeldAgainstPrintedTotals() throws {
    let rows = [("2130501", "50.00"), ("2130599", "30.00")].map {
      CheckTests.printed("disbursed", #","function":"\#($0.0)""#, $0.1)
    }
    let lines =
      [
        CheckTests.unit, CheckTests.open, CheckTests.paid("50", "2130501", id: "a"),
        CheckTests.paid("40", "2130599", id: "b"),
      ]
      + rows
    let folder = try TemporaryFolder()
    let wrong = try CheckTests.verdicts(
      [folder.journal(lines + [CheckTests.printed("disbursed", "", "90.00")])], on: .asserted)
    #expect(wrong["X2"] == .contradiction)
    let right = try CheckTests.verdicts(
      [folder.journal(lines + [CheckTests.printed("disbursed", "", "80.00")])], on: .asserted)
    #expect(right["X2"] == .ties)
  }

  /// Opening against last year's closing, both printed, though nothing of last year is on record.
  @Test func anOpeningIsHeldAgainstAPrintedClosing() throws {
    let lines = [
      CheckTests.unit, CheckTests.open,
      #"{"type":"carry-over","date":"2021-01-01","fund":"111","function":"2130501","amount":"5"}"#,
      CheckTests.printed("balance", #","fund":"11""#, "6.00", year: 2020),
      CheckTests.printed("carriedIn", #","fund":"11""#, "5.00"),
      CheckTests.printed("openingAdjusted", #","fund":"11""#, "0.00"),
    ]
    #expect(try CheckTests.verdicts([TemporaryFolder().journal(lines)], on: .asserted)["I1/11"] == .contradiction)
  }

  /// Printed figures in one file, payments in another.
  @Test func sourcesAreCheckedTogether() throws {
    let folder = try TemporaryFolder()
    let book = try folder.journal([CheckTests.unit, CheckTests.open, CheckTests.paid("50", "2130501", id: "a")])
    let figures = try folder.journal([CheckTests.unit, CheckTests.printed("disbursed", "", "50.00")])
    let report = try CheckReport([book, figures], .everything)
    #expect(report.results.filter { $0.subject == .assertion }.map(\.verdict) == [.ties])
  }

  /// An approval that was not yet known, or that was taken back, does not move the day.
  @Test func theDayOfABudgetIsThatOfTheLastApprovalThatStands() throws {
    func approval(_ date: String, _ id: String) -> String {
      #"{"type":"appropriation","date":"\#(date)","id":"\#(id)","fund":"111","function":"2130501","amount":"10"}"#
    }
    let source = try TemporaryFolder().journal([
      CheckTests.unit, approval("2021-01-20", "a"), approval("2021-06-20", "b"), approval("2021-08-20", "c"),
      #"{"type":"reversal","date":"2021-08-21","of":"c"}"#,
    ])
    #expect(try source.approvalDay(of: 2021, units: [], knownAt: .everything)?.description == "2021-06-20")
    #expect(try source.approvalDay(of: 2021, units: [], knownAt: .position(2))?.description == "2021-01-20")
  }

  /// A budget overdrawn in one place is found though the unit as a whole has money left.
  @Test func anOverdrawnKeyIsFoundWhereItIs() throws {
    let lines = [
      CheckTests.unit, CheckTests.open,
      #"{"type":"project","date":"2020-01-01","project":"A","name":"甲项","nature":"targeted"}"#,
      #"{"type":"appropriation","date":"2021-01-05","fund":"111","function":"2130501","amount":"100"}"#,
      #"{"type":"appropriation","date":"2021-01-05","fund":"111","function":"2130599","project":"A","amount":"10"}"#,
      """
      {"type":"disbursement","date":"2021-03-01","fund":"111","function":"2130599","project":"A","amount":"25"}
      """,
    ]
    let verdicts = try CheckTests.verdicts([TemporaryFolder().journal(lines)], on: .ledger)
    #expect(verdicts["I6"] == .ties && verdicts["I6/111/2130599/A"] == .contradiction)
    #expect(verdicts["I2a.general.project/A/2130599"] == .contradiction)
  }
}

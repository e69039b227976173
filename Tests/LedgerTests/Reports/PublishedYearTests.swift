import Foundation
import Ledger
import Testing

/// The published year in `Journal/`: what its document prints comes out of the events.
@Suite struct PublishedYearTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func source() throws -> LedgerSource {
    try LedgerSource.open(root.appending(path: "Journal/shangrao-2021.jsonl").path)
  }

  private static func compared(by: [Ledger.Dimension], _ filter: LineFilter = LineFilter()) throws -> MeasureReport {
    let query = MeasureQuery(by: by, depth: nil, units: [], years: [2021], filter: filter)
    let horizon = Horizon(asOf: Day(year: 2021, month: 12, day: 31) ?? .last, knownAt: .everything)
    return try MeasureReport(query, from: [source()], at: horizon, priorYear: 2020)
  }

  @Test func totalsGrowAsPrinted() throws {
    let total = try PublishedYearTests.compared(by: []).total
    #expect(total.growth(of: .carriedIn)?.percent() == "12.67")
    #expect(total.growth(of: .income)?.percent() == "-46.30")
    #expect(total.growth(of: .balance)?.percent() == "-100.00")
    #expect(total.figures[.appropriated] == 615_410_000 && total.figures[.income] == 381_270_000)
    #expect(total.figures[.disbursed] == 615_410_000 && total.figures[.balance] == 0)
  }

  @Test(arguments: [("301", "-34.91"), ("302", "-11.65"), ("303", "1872.62"), ("30217", "-7.81")])
  func economicClassesGrowAsPrinted(code: String, growth: String) throws {
    var filter = LineFilter()
    filter[.economic] = [code]
    filter[.nature] = ["basic"]
    #expect(try PublishedYearTests.compared(by: [], filter).total.growth(of: .disbursed)?.percent() == growth)
  }
}

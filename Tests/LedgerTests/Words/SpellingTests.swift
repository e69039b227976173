import Ledger
import Testing

@Suite struct SpellingTests {
  private static let words = [
    "execution", "explain", "export", "disbursement", "KQYM", "TJPX", "111", "统计监测培训费", "库区移民工作经费",
  ]

  @Test(arguments: [
    ("exectuion", "execution"), ("exprt", "export"), ("Explain", "explain"), ("disbursment", "disbursement"),
    ("KQMY", "KQYM"), ("tjpx", "TJPX"), ("TJP", "TJPX"), ("11", "111"), ("统计检测培训费", "统计监测培训费"), ("培训", "统计监测培训费"),
  ])
  func aSlipIsFound(written: String, meant: String) {
    #expect(Spelling.nearest(to: written, among: SpellingTests.words) == meant)
  }

  /// Too far from all, or part of more than one: better nothing than something else.
  @Test(arguments: ["xyzzy", "", "X", "费", "execute-all", "工资", "222"])
  func nothingIsGuessed(written: String) {
    #expect(Spelling.nearest(to: written, among: SpellingTests.words) == nil)
  }
}

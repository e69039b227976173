import Foundation
import Ledger
import Testing

/// The published documents in `Journal/`: every figure they print, with the verdict an honest reader reaches.
@Suite struct PublishedFiguresTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A figure of a document, where it is asserted, and what `check` has to say of it.
  struct Figure {
    let figure: String
    let printed: String
    let journal: String
    let assertion: String
    let verdict: String
  }

  static let figures: [Figure] = {
    let path = root.appending(path: "Tests/LedgerTests/Support/published-figures.csv")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimming("\"") }
      return Figure(figure: fields[0], printed: fields[1], journal: fields[2], assertion: fields[3], verdict: fields[4])
    }
  }()

  private static func report(_ journal: String) throws -> CheckReport {
    try CheckReport([LedgerSource.open(root.appending(path: "Journal/\(journal)").path)], .everything)
  }

  @Test(arguments: [
    "shangrao-2021.jsonl", "zhenping-2023.jsonl", "xupu-2023.jsonl", "ezhou-2024.jsonl", "yanliang-2019.jsonl",
  ])
  func everyFigureHasItsVerdict(journal: String) throws {
    let results = try PublishedFiguresTests.report(journal).results.filter {
      $0.on == .ledger && $0.subject == .assertion
    }
    let verdicts = Dictionary(results.map { ($0.id, $0.verdict.rawValue) }) { first, _ in first }
    let theirs = PublishedFiguresTests.figures.filter { $0.journal == journal }
    #expect(!theirs.isEmpty)
    for figure in theirs {
      #expect(verdicts[figure.assertion] == figure.verdict, "\(figure.figure), asserted as \(figure.assertion)")
    }
  }

  @Test func thereAre128OfThem() {
    let verdicts = PublishedFiguresTests.figures.map(\.verdict)
    #expect(verdicts.count == 128)
    #expect(verdicts.count { $0 == "ties" } == 122 && verdicts.count { $0 == "rounding" } == 4)
    #expect(verdicts.count { $0 == "contradiction" } == 2)
  }

  /// What the documents got wrong beyond single figures, found by identities and by sums that they imply.
  @Test(
    arguments: [
      ("shangrao-2021.jsonl", "E4", "asserted", "-2341500.00"),
      ("shangrao-2021.jsonl", "I3", "asserted", "-2341400.00"),
      ("shangrao-2021.jsonl", "I1/11", "ledger", "-84290.00"),
      ("zhenping-2023.jsonl", "zp.302.explained", "ledger", "300000.00"),
    ])
  func contradictionsAreNamed(journal: String, id: String, ground: String, difference: String) throws {
    let found = try PublishedFiguresTests.report(journal).results.first {
      $0.id == id && $0.on.rawValue == ground && $0.verdict == .contradiction
    }
    #expect(found?.difference == difference, "\(id): \(String(describing: found))")
  }
}

extension Substring {
  fileprivate func trimming(_ mark: String) -> String {
    hasPrefix(mark) && hasSuffix(mark) && count >= 2 ? String(dropFirst().dropLast()) : String(self)
  }
}

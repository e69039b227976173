import Foundation
import Ledger
import Testing

/// `Journal/worked-example.jsonl`: a made-up unit that shows every event at work.
@Suite struct WorkedExampleTests {
  private static let text: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "Journal/worked-example.jsonl"), encoding: .utf8)) ?? ""
  }()
  private static let lines = text.split(separator: "\n").map(String.init)

  @Test func everyTypeStandsInItTwice() throws {
    let events = JournalFile(text: Data(WorkedExampleTests.text.utf8), name: "worked example").events.map(\.event)
    let counts = Dictionary(grouping: events, by: \.type).mapValues(\.count)
    for type in EventType.allCases { #expect(counts[type] ?? 0 >= 2, "\(type.rawValue)") }
    #expect(events.first?.annotation.memo?.contains("虚构") == true, "the first event says that it is made up")
  }

  /// Control lets all of it in, every printed figure ties, and no balance is overdrawn.
  @Test func itIsInOrder() throws {
    let book = try TemporaryFolder().book(recording: WorkedExampleTests.lines)
    let report = try CheckReport([.book(book)], .everything)
    #expect(report.results.filter { $0.verdict != .ties }.map(\.id) == [])
    #expect(report.results.count { $0.subject == .assertion } == 10)
    #expect(try book.verify().findings == [])
    for year in [2021, 2022] {
      #expect(try WorkedExampleTests.close(book, year).batch.added == 0, "closing \(year) again")
    }
  }

  /// What stands in it as the close of a year is what `close` writes on the events before.
  @Test(arguments: [2021, 2022])
  func itsClosesAreThoseOfTheProgram(year: Int) throws {
    let isOfClose = { (line: String) in line.contains(#""id":"close-\#(year)-"#) }
    guard let first = WorkedExampleTests.lines.firstIndex(where: isOfClose) else {
      Issue.record("no close of \(year)")
      return
    }
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: Array(WorkedExampleTests.lines[..<first]))
    _ = try WorkedExampleTests.close(book, year)
    let written = try folder.exportedLines(book).filter(isOfClose).map(WorkedExampleTests.content)
    #expect(written == WorkedExampleTests.lines.filter(isOfClose).map(WorkedExampleTests.content))
  }

  private static func close(_ book: Book, _ year: Int) throws -> CloseResult {
    try book.close(
      year: year, units: [], recordedAt: Instant(milliseconds: 1_700_000_000_000), expectedPosition: nil,
      dryRun: false)
  }

  /// An event without what each book gives it.
  private static func content(_ line: String) -> String {
    line.replacing(/"(hash|recorded)":"[^"]*",?|"position":[0-9]+,?/, with: "")
  }
}

import Foundation
import Testing

@testable import Ledger

/// States from blocks and runs against a fold of all events, in books whose runs are so short that a small history has
/// many. A failure names its seed.
@Suite struct RunProperties {
  /// At random dates, positions and times, and of single years; recorded in several batches by a book that stays open.
  @Test(arguments: 1...150 as ClosedRange<UInt64>)
  func aStateIsTheFoldOfItsEvents(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 6_151)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 10...140, using: &random))
    try RunProperties.check(lines, runs: Int.random(in: 2...40, using: &random), seed, using: &random)
  }

  /// The same with more lines than stand in a block, of which most days move a few.
  @Test(arguments: 201...206 as ClosedRange<UInt64>)
  func linesOfManyBlocks(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let projects = (1...2 * BlockSums.size + 40).map { "P\($0)" }
    func date() -> String { "2021-0\(Int.random(in: 2...9, using: &random))-1\(Int.random(in: 0...9, using: &random))" }
    var lines = [#"{"type":"unit","date":"2020-01-01","id":"u","unit":"001","name":"示例单位","kind":"administrative"}"#]
    for project in projects {
      lines.append(
        #"{"type":"project","date":"2020-01-01","id":"\#(project)","project":"\#(project)","name":"项目","nature":"project"}"#
      )
      lines.append(
        #"{"type":"appropriation","date":"2021-01-10","id":"b\#(project)","unit":"001","fund":"111","project":"\#(project)","amount":"1000.00"}"#
      )
    }
    for number in 1...400 {
      let project = projects.randomElement(using: &random) ?? "P1"
      let type = ["disbursement", "disbursement", "plan"].randomElement(using: &random) ?? "plan"
      lines.append(
        #"{"type":"\#(type)","date":"\#(date())","id":"e\#(number)","unit":"001","fund":"111","project":"\#(project)","amount":"\#(number % 7 + 1).00"}"#
      )
    }
    try RunProperties.check(lines, runs: Int.random(in: 20...400, using: &random), seed, using: &random)
  }

  private static func check(_ lines: [String], runs: Int, _ seed: UInt64, using random: inout SeededRandom) throws {
    let folder = try TemporaryFolder()
    let book = try RunProperties.book(lines, runs: runs, in: folder, using: &random)
    let source = LedgerSource.book(book)
    let end = try source.state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false).position
    for _ in 0..<8 {
      let horizon = RunProperties.horizon(upTo: end, using: &random)
      let folded = try source.foldedState(at: horizon)
      let note: Comment = "seed \(seed), \(horizon)"
      try source.state(at: horizon, byMonth: false).expectSame(as: folded, note)
      let year = Int.random(in: 2020...2023, using: &random)
      let ofYear = try source.state(at: horizon, byMonth: false, years: [year])
      #expect(ofYear.sums == folded.sums.filter { $0.key.line.year == year }, note)
      let months = try source.state(at: horizon, byMonth: true)
      #expect(RunProperties.withoutMonths(months) == folded.sums, note)
    }
    #expect(try book.verify().findings == [], "seed \(seed)")
    try book.rebuildProjections()
    #expect(try book.verify().findings == [], "seed \(seed), rebuilt")
  }

  /// The journal read as text gives the same at every position.
  @Test(arguments: 151...200 as ClosedRange<UInt64>)
  func aStateIsThatOfTheExport(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let lines = RandomHistory.journal(seed: seed, events: 90)
    let folder = try TemporaryFolder()
    let runs = Int.random(in: 2...20, using: &random)
    let book = try RunProperties.book(lines, runs: runs, in: folder, using: &random)
    let journal = try folder.journal(try folder.exportedLines(book))
    for _ in 0..<6 {
      let horizon = RunProperties.horizon(upTo: 90, using: &random)
      let fromBook = try LedgerSource.book(book).state(at: horizon, byMonth: false)
      let fromJournal = try journal.state(at: horizon, byMonth: false)
      fromBook.expectSame(as: fromJournal, "seed \(seed), \(horizon)")
    }
  }

  // MARK: How

  private static let recorded: ClosedRange<Int64> = 1_700_000_000_000...1_700_000_000_003

  /// A book of these lines, in batches of ever longer parts of the same file.
  private static func book(
    _ lines: [String], runs: Int, in folder: TemporaryFolder, using random: inout SeededRandom
  ) throws -> Book {
    let book = try Book.create(at: folder.path("a.book"))
    book.runs = PositionRuns(length: runs, fewestForTwo: [2, 30, 20_000].randomElement(using: &random) ?? 2)
    for time in recorded {
      let count = time == recorded.upperBound ? lines.count : Int.random(in: 0...lines.count, using: &random)
      _ = try book.importing(Array(lines.prefix(count)), at: time)
    }
    return book
  }

  private static func horizon(upTo end: Int, using random: inout SeededRandom) -> Horizon {
    let month = Int.random(in: 1...12, using: &random)
    let year = Int.random(in: 2020...2023, using: &random)
    // Month ends are a case of their own.
    let day =
      Bool.random(using: &random)
      ? Int.random(in: 1...28, using: &random) : Day.days(inMonth: month, of: year)
    let known: KnownAt =
      switch Int.random(in: 0...3, using: &random) {
      case 0: .everything
      case 1: .time(Instant(milliseconds: Int64.random(in: recorded, using: &random) - 1))
      default: .position(Int.random(in: 0...end, using: &random))
      }
    return Horizon(asOf: Day(year: year, month: month, day: day) ?? .last, knownAt: known)
  }

  private static func withoutMonths(_ state: LedgerState) -> [LedgerState.Place: [Int64]] {
    Dictionary(
      state.lines.map { entry in
        (LedgerState.Place(line: entry.line, month: nil), SummedMeasure.allCases.map { entry.sums[$0] })
      }
    ) { zip($0, $1).map(+) }
  }
}

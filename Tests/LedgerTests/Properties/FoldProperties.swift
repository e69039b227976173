import Foundation
import Ledger
import Testing

/// Random histories against the slow model. A failure names its seed.
@Suite struct FoldProperties {
  private static func randomHorizon(_ count: Int, using random: inout SeededRandom) -> (asOf: Day, known: Int) {
    let month = Int.random(in: 1...12, using: &random)
    let day = Int.random(in: 1...28, using: &random)
    let asOf = Day(year: Int.random(in: 2020...2023, using: &random), month: month, day: day) ?? .last
    return (asOf, Int.random(in: 0...count, using: &random))
  }

  /// Every measure of every line, from a journal, a book, its export, and the book with its projections thrown away and
  /// made again, at random dates of both kinds.
  @Test(arguments: 1...500 as ClosedRange<UInt64>)
  func everyMeasureAgreesWithTheSlowModel(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 7_919)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 0...120, using: &random))
    let model = SlowModel(journal: lines)
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: lines)
    let rebuilt = try folder.copy(book, to: "rebuilt.book")
    try rebuilt.rebuildProjections()
    let exported = try folder.export(book).split(separator: "\n").map(String.init)
    let sources: [(String, LedgerSource)] = [
      ("journal", try folder.journal(lines)), ("book", .book(book)), ("export", try folder.journal(exported)),
      ("rebuilt", .book(rebuilt)),
    ]
    let (asOf, known) = FoldProperties.randomHorizon(lines.count, using: &random)
    for (asOf, known) in [(Day.last, nil), (asOf, nil), (asOf, known), (Day.last, known)] as [(Day, Int?)] {
      let expected = model.lines(asOf: asOf.description, knownPosition: known)
      for (name, source) in sources {
        let horizon = Horizon(asOf: asOf, knownAt: known.map(KnownAt.position) ?? .everything)
        let declarations = try source.declarations(knownAt: horizon.knownAt)
        let state = try source.state(at: horizon, byMonth: false)
        #expect(
          state.measures(declarations) == expected,
          "seed \(seed), \(name), as of \(asOf), known \(String(describing: known))")
        let months = try source.state(at: horizon, byMonth: true)
        #expect(
          FoldProperties.summed(months, declarations) == FoldProperties.summed(state, declarations),
          "seed \(seed), \(name), by month")
      }
    }
    #expect(try book.verify().findings == [] && rebuilt.verify().findings == [], "seed \(seed)")
  }

  private static func summed(_ state: LedgerState, _ declarations: Declarations) -> Figures {
    state.lines.reduce(into: Figures()) { $0 += Figures($1, by: declarations) }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func totalsAreTheSumsOfTheirRows(seed: UInt64) throws {
    let source = try TemporaryFolder().journal(RandomHistory.journal(seed: seed, events: 80))
    for by in [
      [Dimension.line(.fund)], [.line(.project)], [.unit, .line(.function)], [.month], [.line(.nature), .year],
    ] {
      let query = MeasureQuery(by: by, depth: nil, units: [], years: [], filter: LineFilter())
      let report = try MeasureReport(
        query, from: [source], at: Horizon(asOf: .last, knownAt: .everything), priorYear: nil)
      let sum = report.rows.reduce(into: Figures()) { $0 += $1.figures }
      #expect(sum == report.total.figures, "seed \(seed), by \(by.map(\.name))")
      #expect(report.rows.map(\.key).count == Set(report.rows.map(\.key)).count)
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func theAdjustmentRateAgreesWithTheSlowModel(seed: UInt64) throws {
    let lines = RandomHistory.journal(seed: seed, events: 80)
    let counted = SlowModel(journal: lines).adjustmentCounted(asOf: nil, knownPosition: nil)
    let state = try TemporaryFolder().journal(lines).state(
      at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
    let total = state.lines.reduce(0) { $0 + Int($1.sums[.adjustmentCounted]) }
    #expect(total == counted.values.reduce(0, +), "seed \(seed)")
  }
}

@Suite struct ImportProperties {
  /// What was written is read as the same event.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func writingThenReadingIsIdentity(seed: UInt64) throws {
    let lines = RandomHistory.journal(seed: seed, events: 60)
    let read = JournalFile(text: Data(lines.joined(separator: "\n").utf8), name: nil)
    let written = read.events.map { String(decoding: CanonicalWriter.bytes(of: $0.event), as: UTF8.self) }
    let again = JournalFile(text: Data(written.joined(separator: "\n").utf8), name: nil)
    #expect(again.events.map(\.event) == read.events.map(\.event), "seed \(seed)")
    #expect(read.problems == [] && again.problems == [], "seed \(seed)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func importingTwiceEqualsOnceAndALongerCopyAddsTheRest(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let lines = RandomHistory.journal(seed: seed, events: 60)
    let cut = Int.random(in: 0...lines.count, using: &random)
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: Array(lines[..<cut]))
    let first = try folder.export(book)
    let again = try book.importing(Array(lines[..<cut]), at: 1_800_000_000_000)
    #expect(again.added == 0 && again.known == cut, "seed \(seed)")
    #expect(try folder.export(book) == first, "seed \(seed)")
    let longer = try book.importing(lines, at: 1_800_000_000_000)
    #expect(longer.added == lines.count - cut && longer.known == cut, "seed \(seed)")
    let whole = try folder.book("whole.book", recording: lines)
    let horizon = Horizon(asOf: .last, knownAt: .everything)
    let declarations = try LedgerSource.book(whole).declarations()
    #expect(
      try LedgerSource.book(book).state(at: horizon, byMonth: false).measures(declarations)
        == LedgerSource.book(whole).state(at: horizon, byMonth: false).measures(declarations), "seed \(seed)")
  }

  /// An export rebuilt is the same book, hash by hash.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func replayingAnExportGivesTheSameHashes(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let exported = try folder.export(try folder.book(recording: RandomHistory.journal(seed: seed, events: 60)))
    let copy = try Book.create(at: folder.path("copy.book"))
    let options = RecordingOptions(
      ids: .derived, origin: .journal(now: Instant(milliseconds: 0)), expectedPosition: nil, dryRun: false)
    _ = try copy.record({ JournalFile(text: Data(exported.utf8), name: "export", fundNames: $0) }, options: options)
    #expect(try folder.export(copy) == exported, "seed \(seed)")
    #expect(try copy.verify().findings == [], "seed \(seed)")
  }
}

import Ledger
import Testing

/// The year-end close of random histories against the slow model. A failure names its seed.
@Suite struct CloseProperties {
  private static let units = ["101001", "101002"].map(ExactText.init)

  private static func close(_ book: Book, _ year: Int) throws -> CloseResult {
    try book.close(
      year: year, units: [], recordedAt: Instant(milliseconds: 1_700_000_000_000), expectedPosition: nil,
      dryRun: false)
  }

  /// What is carried, in the notation of the slow model.
  private static func carried(_ result: CloseResult) -> [String: Int] {
    let carried = result.plans.flatMap(\.carried).filter { $0.carried != 0 }
    return Dictionary(
      uniqueKeysWithValues: carried.map { carried in
        let pool = carried.pool
        let fields = [
          pool.unit.text, pool.fund.digits, pool.function?.digits, pool.project?.text, pool.part?.rawValue ?? "rest",
          carried.lot.kind.rawValue, String(carried.lot.from),
        ]
        return (fields.map { $0 ?? "" }.joined(separator: "|"), Int(carried.carried))
      })
  }

  private static func expected(_ model: SlowModel, _ year: Int) -> [String: Int] {
    let lots = units.flatMap { unit in
      model.openingAfterClose(unit: unit.text, year: year, knownPosition: nil).map { (unit.text, $0) }
    }
    return Dictionary(
      uniqueKeysWithValues: lots.map { unit, lot in
        let pool = lot.pool
        let fields = [unit, pool.fund, pool.function, pool.project, pool.part, lot.kind, String(lot.from)]
        return (fields.map { $0 ?? "" }.joined(separator: "|"), lot.fen)
      })
  }

  /// Three years closed one after the other: each carries what the slow model carries, the opening is the closing, and
  /// the closed book is still the book that the slow model sees.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func theCloseCarriesWhatTheSlowModelCarries(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: RandomHistory.journal(seed: seed, events: 100))
    for year in 2020...2022 {
      let before = SlowModel(journal: try folder.exportedLines(book))
      let closing = try CloseProperties.balances(of: book, year)
      let result = try CloseProperties.close(book, year)
      #expect(CloseProperties.carried(result) == CloseProperties.expected(before, year), "seed \(seed), \(year)")
      let carried = result.plans.flatMap(\.carried).reduce(into: [String: Fen]()) { sums, carried in
        sums["\(carried.pool.unit)|\(carried.pool.fund.digits)", default: 0] += carried.closing
      }
      #expect(carried.filter { $0.value != 0 } == closing, "seed \(seed), \(year): opening and closing by fund")
      #expect(try CloseProperties.close(book, year).batch.added == 0, "seed \(seed), \(year): closed twice")
    }
    let lines = try folder.exportedLines(book)
    let declarations = try LedgerSource.book(book).declarations()
    let state = try LedgerSource.book(book).state(
      at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
    #expect(
      state.measures(declarations) == SlowModel(journal: lines).lines(asOf: nil, knownPosition: nil), "seed \(seed)")
    #expect(try book.verify().findings == [], "seed \(seed)")
  }

  /// 年末结转结余 by unit and fund, where it is not zero.
  private static func balances(of book: Book, _ year: Int) throws -> [String: Fen] {
    let query = MeasureQuery(
      by: [.unit, .line(.fund)], depth: nil, units: [], years: [year], filter: LineFilter())
    let report = try MeasureReport(
      query, from: [.book(book)], at: Horizon(asOf: .last, knownAt: .everything), priorYear: nil)
    let rows = report.rows.filter { $0.figures[.balance] != 0 }
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (row.key.map { $0 ?? "" }.joined(separator: "|"), row.figures[.balance])
      })
  }

  /// `balance --by lot` shows the lots that the slow model nets, and its rows sum to the lines.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func lotsAreThoseOfTheSlowModel(seed: UInt64) throws {
    let lines = RandomHistory.journal(seed: seed, events: 100)
    let model = SlowModel(journal: lines)
    let source = try TemporaryFolder().journal(lines)
    for year in 2020...2022 {
      let query = MeasureQuery(
        by: [.unit, .line(.fund), .lot], depth: nil, units: [], years: [year], filter: LineFilter())
      var plain = query
      plain.by = [.unit, .line(.fund)]
      let horizon = Horizon(asOf: .last, knownAt: .everything)
      let report = try MeasureReport(query, from: [source], at: horizon, priorYear: nil)
      let found = report.rows.filter { $0.figures[.balance] != 0 }.map { row in
        (row.key.map { $0 ?? "" }.joined(separator: "|"), Int(row.figures[.balance]))
      }
      let expected = CloseProperties.units.flatMap { unit in
        model.lots(unit: unit.text, year: year, knownPosition: nil).map { lot in
          ("\(unit)|\(lot.pool.fund)|\(lot.kind)/\(lot.from)", lot.fen)
        }
      }
      let sums = Dictionary(expected) { $0 + $1 }.filter { $0.value != 0 }
      #expect(Dictionary(uniqueKeysWithValues: found) == sums, "seed \(seed), \(year)")
      let whole = try MeasureReport(plain, from: [source], at: horizon, priorYear: nil)
      #expect(report.total.figures == whole.total.figures, "seed \(seed), \(year): shares sum to the lines")
    }
  }
}

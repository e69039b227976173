import Ledger
import Testing

/// `diff` against the states it lies between. A failure names its seed.
@Suite struct DiffProperties {
  private static let summed = SummedMeasure.allCases.compactMap { summed in
    Measure(rawValue: "\(summed)").map { (summed: summed, measure: $0) }
  }

  /// Before and after are the states at the two horizons, and the events that are named make up the difference.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func beforeAndTheEventsMakeAfter(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let lines = RandomHistory.journal(seed: seed, events: 80)
    let sources: [LedgerSource] = [.book(try folder.book(recording: lines)), try folder.journal(lines)]
    func horizon() -> Horizon {
      let day = Day(
        year: Int.random(in: 2020...2022, using: &random), month: Int.random(in: 1...12, using: &random), day: 5)
      return Horizon(asOf: day ?? .last, knownAt: .position(Int.random(in: 0...lines.count, using: &random)))
    }
    let (from, to) = (horizon(), horizon())
    for by in [[Dimension.line(.fund)], [.unit, .year, .line(.project)], []] {
      let query = MeasureQuery(by: by, depth: nil, units: [], years: [], filter: LineFilter())
      for source in sources {
        let diff = try DiffReport(query, from: [source], between: from, and: to)
        let rows = Dictionary(uniqueKeysWithValues: diff.rows.map { ($0.key, $0) })
        let before = try MeasureReport(query, from: [source], at: from, priorYear: nil)
        let after = try MeasureReport(query, from: [source], at: to, priorYear: nil)
        let pairs = by.isEmpty ? [([], before.total.figures, after.total.figures)] : DiffProperties.pairs(before, after)
        for (key, before, after) in pairs {
          guard let row = rows[key] else {
            #expect(before == after, "seed \(seed), \(key): left out")
            continue
          }
          #expect(row.before == before && row.after == after, "seed \(seed), \(key)")
          for (summed, measure) in DiffProperties.summed {
            let caused = row.causes.reduce(Fen(0)) { $0 + Fen($1.sums[summed]) }
            #expect(after[measure] - before[measure] == caused, "seed \(seed), \(key), \(measure)")
          }
        }
      }
    }
  }

  private static func pairs(_ before: MeasureReport, _ after: MeasureReport) -> [([String?], Figures, Figures)] {
    let earlier = Dictionary(uniqueKeysWithValues: before.rows.map { ($0.key, $0.figures) })
    let later = Dictionary(uniqueKeysWithValues: after.rows.map { ($0.key, $0.figures) })
    return Set(earlier.keys).union(later.keys).map { ($0, earlier[$0] ?? Figures(), later[$0] ?? Figures()) }
  }
}

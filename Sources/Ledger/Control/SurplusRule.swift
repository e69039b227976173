/// 结余: what takes money out of surplus, by turning it into 结转, giving it back or moving it, finds it there.
enum SurplusRule {
  /// - Parameter takenBack: what a correction has taken back, and is in the facts already.
  static func refusals(
    of postings: [Posting], correcting takenBack: [Posting], on date: Day, at level: ControlLevel,
    _ facts: some RecordedFacts
  ) throws -> [Problem] {
    var lowered: [ControlKey: (line: BudgetLine, change: Fen, back: Fen)] = [:]
    for posting in postings where posting.sums[.surplusIn] != 0 {
      let key = ControlKey(of: posting.line.classification, at: level)
      lowered[key, default: (posting.line, 0, 0)].change += Fen(posting.sums[.surplusIn])
    }
    for posting in takenBack where posting.sums[.surplusIn] != 0 {
      let key = ControlKey(of: posting.line.classification, at: level)
      lowered[key, default: (posting.line, 0, 0)].back += Fen(posting.sums[.surplusIn])
    }
    return try lowered.sorted { $0.key < $1.key }.compactMap { key, taken in
      guard taken.change + taken.back < 0 else { return nil }
      let surplus = try self.surplus(of: key, unit: taken.line.unit, year: taken.line.year, facts)
      let balances = surplus.balances(from: date)
      guard balances.contains(where: { $0.balance + taken.change < 0 }) else { return nil }
      let most = max(0, (balances.map(\.balance).min() ?? 0) - taken.back)
      return Problem(
        .surplusExceeded, field: Field.amount.rawValue, value: (-taken.change - taken.back).yuan,
        expected: .expectedAtMostLeft(most.yuan), detail: .surplusAt(key, most.yuan), rule: .ruleSurplus)
    }
  }

  static func surplus(
    of key: ControlKey, unit: ExactText, year: Int, _ facts: some RecordedFacts
  ) throws -> Timeline {
    try facts.timeline(of: { Fen($0[.surplusIn]) }, unit: unit, year: year) { line in
      ControlKey(of: line, at: key.level) == key
    }
  }
}

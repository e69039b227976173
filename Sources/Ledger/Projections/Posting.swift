/// What an event does to one budget line on one day. Every projection, and control, is a sum of postings.
public struct Posting: Equatable, Sendable {
  public let line: BudgetLine
  public let date: Day
  public let sums: Sums
  /// The position of the event that first moved this money: a correction goes to the budget it was charged to.
  let chargedAt: Int
  /// Whether it takes back what an earlier event did.
  let isReversal: Bool
}

extension Event {
  /// What the event does to its own lines.
  func ownPostings(chargedAt position: Int) -> [Posting] {
    guard let unit, let year else { return [] }
    let effect = definition.effect
    return entries.map { entry in
      Posting(
        line: BudgetLine(unit: unit, year: year, classification: entry.classification), date: date,
        sums: effect(self, entry), chargedAt: position, isReversal: false)
    }
  }
}

extension Posting {
  /// The exact opposite, on the day of what takes it back.
  func opposite(on date: Day) -> Posting {
    Posting(line: line, date: date, sums: sums.opposite, chargedAt: chargedAt, isReversal: true)
  }
}

/// 年终结账: a closed year takes no more money events.
enum ClosedYearRule {
  static func refusal(of event: Event, _ declarations: Declarations) -> Problem? {
    guard event.isMoney, let unit = event.unit, let year = event.year, let close = declarations.close(of: unit, year)
    else { return nil }
    return Problem(
      .yearClosed, field: Field.year.rawValue, value: String(year),
      expected: .expectedOpenYear(declarations.openYear(of: unit, from: year)),
      detail: .yearClosedBy(unit: unit.text, year, position: close.position), rule: .ruleClosedYear)
  }

  /// An event of an open year may still reach into a closed one: through the lines of a contract.
  static func refusal(of postings: [Posting], by event: Event, _ declarations: Declarations) -> Problem? {
    for line in postings.map(\.line) where line.year != event.year {
      guard let close = declarations.close(of: line.unit, line.year) else { continue }
      return Problem(
        .yearClosed, field: Field.of.rawValue, value: event.of?.text, expected: .expectedRefundInstead,
        detail: .contractOfClosedYear(unit: line.unit.text, line.year, position: close.position),
        rule: .ruleClosedYear)
    }
    return nil
  }
}

/// 年终结账: a closed year takes no more money events.
enum ClosedYearRule {
  static func refusal(of event: Event, _ declarations: Declarations) -> Problem? {
    guard event.isMoney, let unit = event.unit, let year = event.year else { return nil }
    return refusal(unit, year, declarations)
  }

  /// An event of an open year may still reach into a closed one: through the lines of a contract.
  static func refusal(of postings: [Posting], _ declarations: Declarations) -> Problem? {
    postings.lazy.compactMap { refusal($0.line.unit, $0.line.year, declarations) }.first
  }

  private static func refusal(_ unit: ExactText, _ year: Int, _ declarations: Declarations) -> Problem? {
    guard let close = declarations.close(of: unit, year) else { return nil }
    return Problem(
      .yearClosed, field: Field.year.rawValue, value: String(year),
      expected: .expectedOpenYear(declarations.openYear(of: unit, from: year)),
      detail: .yearClosedBy(unit: unit.text, year, position: close.position), rule: .ruleClosedYear)
  }
}

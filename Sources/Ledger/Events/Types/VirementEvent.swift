extension EventDefinition {
  /// 调剂: this year's budget moved between lines of one fund; the total does not change.
  ///
  /// Only what a line gains counts in 预算调整率, so that a move counts once.
  static let virement = EventDefinition(
    name: .eventVirement, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .nonZero, source: .thisYear, least: 2), own: [],
    check: { event in
      let funds = Set(event.entries.compactMap(\.classification.fund)).sorted { $0.digits < $1.digits }
      if funds.count > 1 {
        let codes = funds.map(\.digits).joined(separator: ", ")
        return [FieldProblem(.fundMixed, .fund, value: codes, expected: .expectedOneFund)]
      }
      return event.unbalanced
    },
    effect: { _, entry in
      var sums = Sums(.adjusted, entry.amount)
      sums[.adjustmentCounted] = max(0, entry.amount.fen)
      return sums
    })
}

extension Event {
  /// The flaw of an event whose lines should sum to zero and do not.
  var unbalanced: [FieldProblem] {
    let total = self.total
    guard total != 0 else { return [] }
    return [FieldProblem(.linesUnbalanced, .lines, value: total.yuan, expected: .expectedSumZero)]
  }
}

extension EventDefinition {
  /// 限额: a limit that lies across the budget ("of which": 三公, 会议费, 培训费, 政府采购). It brings no money.
  static let cap = EventDefinition(
    name: .eventCap, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero), own: [],
    check: { event in
      event.entries.indices.filter { index in
        let line = event.entries[index].classification
        return line.economic == nil && line.procurement == nil
      }.map { FieldProblem(.fieldMissing, .economic, line: $0, value: "", expected: .expectedCapped) }
    },
    effect: { _, entry in Sums(.capped, entry.amount) })

  /// 用款计划: payments planned for the month of the event's date, on top of earlier plans.
  static let plan = EventDefinition(
    name: .eventPlan, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero), own: [],
    effect: { _, entry in Sums(.planned, entry.amount) })
}

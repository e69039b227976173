extension EventDefinition {
  /// 资金到位/收入: money made available; negative for 退付.
  static let receipt = EventDefinition(
    name: .eventReceipt, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero), own: [],
    effect: { _, entry in Sums(.received, entry.amount) })

  /// 收入预算: what is to be received under a fund, or collected for the state under a category.
  static let revenueBudget = EventDefinition(
    name: .eventRevenueBudget, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .nonZero, owner: .fundOrCategory), own: [],
    effect: { _, entry in Sums(.estimated, entry.amount) })

  /// 非税/税收收缴: money collected for the state; it is not the unit's.
  static let collection = EventDefinition(
    name: .eventCollection, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero, owner: .category),
    own: [], effect: { _, entry in Sums(.collected, entry.amount) })
}

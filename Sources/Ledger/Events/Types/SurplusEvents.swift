extension EventDefinition {
  /// 使用非财政拨款结余: surplus of earlier years that fills a gap of this one.
  static let surplusUse = EventDefinition(
    name: .eventSurplusUse, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .positive, basis: .receipts),
    own: [], effect: { _, entry in Sums(.surplusUsed, entry.amount) })

  /// 结余分配: what is taken out of this year's non-treasury surplus at the year's end.
  static let surplusAllocation = EventDefinition(
    name: .eventSurplusAllocation, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .positive, basis: .receipts), own: [],
    effect: { _, entry in Sums(.allocated, entry.amount) })
}

extension EventDefinition {
  /// 资金到位/收入: money made available; negative for 退付.
  static let receipt = EventDefinition(
    name: .eventReceipt, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero), own: [],
    effect: { _, entry in
      var sums = Sums()
      sums[.received] = entry.amount.fen
      return sums
    })
}

extension EventDefinition {
  /// 支付.
  static let disbursement = EventDefinition(
    name: .eventDisbursement, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .positive, keepsFromOfYear: true), own: [],
    effect: { _, entry in
      var sums = Sums()
      sums[.disbursed] = entry.amount.fen
      return sums
    })

  /// 退回: lowers this year's spending, with or without the payment it comes from. What comes back from another budget
  /// year's payment is a `carry-over` with reason `recovered`.
  static let refund = EventDefinition(
    name: .eventRefund, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .positive, keepsFromOfYear: true),
    own: [OwnField(.of, .reference, .optional)],
    effect: { _, entry in
      var sums = Sums()
      sums[.disbursed] = -entry.amount.fen
      return sums
    })
}

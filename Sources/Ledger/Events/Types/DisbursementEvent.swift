extension EventDefinition {
  /// 支付. Under a contract it first uses up what the contract set aside; how much is decided when it is recorded and
  /// stored as `settled`.
  static let disbursement = EventDefinition(
    name: .eventDisbursement, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .positive, source: .stated),
    own: [OwnField(.settled, .amount(least: .zero), .optional)], contract: .settles,
    check: { event in
      guard event.details[.settled] != nil, event.annotation.contract == nil else { return [] }
      return [FieldProblem(.fieldMissing, .contract, value: "", expected: .expectedContractOfSettled)]
    },
    effect: { _, entry in Sums(.disbursed, entry.amount) })

  /// 退回: lowers this year's spending, with or without the payment it comes from. What comes back from another budget
  /// year's payment is a `carry-over` with reason `recovered`.
  static let refund = EventDefinition(
    name: .eventRefund, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .positive, source: .stated),
    own: [OwnField(.of, .reference, .optional)],
    effect: { _, entry in Sums(.disbursed, entry.amount).opposite })
}

/// 退回: no more comes back than was paid.
enum RefundRule {
  static func refusal(
    of event: Event, target: RecordedEvent?, _ postings: [Posting], _ facts: some RecordedFacts
  ) throws -> Problem? {
    if event.type == .refund, let target, let problem = try exceedsPayment(event, target, facts) { return problem }
    guard let unit = event.unit, let year = event.year else { return nil }
    var lowered: [ControlKey: Fen] = [:]
    for posting in postings {
      let key = ControlKey(of: posting.line.classification, at: .usual)
      lowered[key, default: 0] -= Fen(posting.sums[.disbursed])
    }
    for (key, amount) in lowered.sorted(by: { $0.key < $1.key }) where amount > 0 {
      let paid = try facts.paid(at: key, unit: unit, year: year, from: event.date)
        .balances(from: event.date)
      guard let short = paid.first(where: { $0.balance < amount }) else { continue }
      let most = max(0, paid.map(\.balance).min() ?? 0)
      return Problem(
        .refundExceedsPaid, field: Field.amount.rawValue, value: amount.yuan,
        expected: .expectedAtMostPaid(most.yuan),
        detail: .paidBy(key: key.description, paid: short.balance.yuan, on: short.day.description),
        rule: .ruleRefund)
    }
    return nil
  }

  private static func exceedsPayment(
    _ event: Event, _ payment: RecordedEvent, _ facts: some RecordedFacts
  ) throws -> Problem? {
    let refunded = try facts.standingRefunds(of: payment.position).reduce(Fen(0)) { $0 + $1.event.total }
    let reversed = try facts.isReversed(payment.position)
    let left = reversed ? 0 : payment.event.total - refunded
    guard event.total > left else { return nil }
    return Problem(
      .refundExceedsPaid, field: Field.amount.rawValue, value: event.total.yuan,
      expected: .expectedAtMostPaid(left.yuan),
      detail: .paymentRefunded(
        position: payment.position, paid: payment.event.total.yuan, refunded: refunded.yuan, isReversed: reversed),
      rule: .ruleRefund)
  }
}

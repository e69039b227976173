/// What the rules about refunds and reversals need to know of what is recorded.
protocol RecordedFacts {
  /// The events that are about another one, in order.
  func events(referringTo position: Int) throws -> [RecordedEvent]
  /// 执行数 day by day of the lines of a unit and year that are charged alike.
  func disbursed(unit: ExactText, year: Int, key: ControlKey) throws -> Timeline
}

extension RecordedFacts {
  func isReversed(_ position: Int) throws -> Bool {
    try events(referringTo: position).contains { $0.event.type == .reversal }
  }

  /// The refunds of a payment that have not been reversed.
  func standingRefunds(of position: Int) throws -> [RecordedEvent] {
    try events(referringTo: position).filter { try $0.event.type == .refund && !isReversed($0.position) }
  }
}

/// 冲销: an event is reversed once, and a payment not while money of it has come back.
enum ReversalRule {
  static func refusal(of event: Event, target: RecordedEvent?, _ facts: some RecordedFacts) throws -> Problem? {
    guard event.type == .reversal, let target else { return nil }
    if let earlier = try facts.events(referringTo: target.position).first(where: { $0.event.type == .reversal }) {
      return Problem(
        .reversalRepeated, field: Field.of.rawValue, value: event.of?.text,
        expected: .expectedUnreversed, detail: .reversedBy(earlier.position), rule: .ruleReversalOnce)
    }
    let refunds = try facts.standingRefunds(of: target.position)
    guard !refunds.isEmpty else { return nil }
    let positions = refunds.map { "#\($0.position)" }.joined(separator: ", ")
    return Problem(
      .reversalRefundsStand, field: Field.of.rawValue, value: event.of?.text,
      expected: .expectedRefundsReversedFirst(positions), detail: .refundsStand(positions),
      rule: .ruleReversalOnce)
  }
}

/// 退回: no more comes back than was paid.
enum RefundRule {
  static func refusal(of event: Event, target: RecordedEvent?, _ facts: some RecordedFacts) throws -> Problem? {
    if event.type == .refund, let target, let problem = try exceedsPayment(event, target, facts) { return problem }
    guard let unit = event.unit, let year = event.year else { return nil }
    var lowered: [ControlKey: Fen] = [:]
    for posting in event.postings(reversing: event.type == .reversal ? target?.event : nil) {
      lowered[ControlKey(of: posting.line.classification), default: 0] -= Fen(posting.sums[.disbursed])
    }
    for (key, amount) in lowered.sorted(by: { $0.key.description < $1.key.description }) where amount > 0 {
      let paid = try facts.disbursed(unit: unit, year: year, key: key).balances(from: event.date)
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

extension Event {
  /// All its amounts together.
  public var total: Fen { entries.reduce(0) { $0 + Fen($1.amount.fen) } }
}

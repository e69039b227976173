/// 冲销: an event is reversed once, a payment not while money of it has come back, and a commitment not while payments
/// or releases have used it.
enum ReversalRule {
  static func refusal(
    of event: Event, target: RecordedEvent?, _ facts: some RecordedFacts, _ contracts: Contracts
  ) throws -> Problem? {
    guard event.type == .reversal, let target else { return nil }
    if let earlier = try facts.events(referringTo: target.position).first(where: { $0.event.type == .reversal }) {
      return Problem(
        .reversalRepeated, field: Field.of.rawValue, value: event.of?.text,
        expected: .expectedUnreversed, detail: .reversedBy(earlier.position), rule: .ruleReversalOnce)
    }
    if case .commits? = target.event.definition.contract, let key = target.event.contract,
      contracts[key]?.isUsed(target.position) == true
    {
      return Problem(
        .commitmentUsed, field: Field.of.rawValue, value: event.of?.text, expected: .expectedReleaseInstead,
        detail: .commitmentUsed(key.number.text), rule: .ruleCommitmentUsed)
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
      let timeline = try facts.timeline(of: { Fen($0[.disbursed]) }, unit: unit, year: year) { line in
        ControlKey(of: line, at: .usual) == key
      }
      let paid = timeline.balances(from: event.date)
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

/// 合同释放: no more is freed than is set aside.
enum ReleaseRule {
  static func refusal(of event: Event, _ contracts: Contracts) -> Problem? {
    guard case .releases? = event.definition.contract, let key = event.contract,
      let amount = event.details.amount(.amount)
    else { return nil }
    let outstanding = contracts[key]?.outstanding ?? 0
    guard Fen(amount.fen) > outstanding else { return nil }
    return Problem(
      .releaseExceedsOutstanding, field: Field.amount.rawValue, value: amount.description,
      expected: .expectedAtMostLeft(outstanding.yuan), detail: .contractHolds(key.number.text, outstanding.yuan),
      rule: .ruleRelease)
  }
}

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

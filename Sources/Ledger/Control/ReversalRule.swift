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

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

extension EventDefinition {
  /// 合同占用: budget set aside for a contract. What the close makes again is the old contract, not a new one.
  static let commitment = EventDefinition(
    name: .eventCommitment, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .positive, source: .stated),
    own: [], required: [.contract], contract: .commits,
    effect: { event, entry in
      var sums = Sums(.committed, entry.amount)
      if !event.isOfClose { sums[.contracted] = entry.amount.fen }
      return sums
    })

  /// 合同释放: frees what a contract set aside, on the lines of the commitments themselves.
  static let release = EventDefinition(
    name: .eventRelease, unit: .defaulted, fillsYear: true, lines: nil,
    own: [OwnField(.amount, .amount(least: Money(fen: 1)), .required)], required: [.contract], contract: .releases)
}

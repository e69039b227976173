/// On what a fund's income and closing balance rest.
public enum Basis: String, CaseIterable, Sendable {
  /// The 指标 is the money: income is the budget of the year.
  case budget
  /// Unused quotas are not the unit's at year-end: income is what was paid.
  case payment
  /// Income is what was received.
  case receipts

  /// The basis of a fund where no rule says otherwise: 1… budget, 2… and 3… receipts.
  public static func usual(of fund: FundCode?) -> Basis {
    guard let fund else { return .budget }
    return fund.isTreasury ? .budget : .receipts
  }
}

/// Why a budget was changed in the year.
public enum AdjustmentReason: String, CaseIterable, Sendable {
  case supplement, other
  /// 上级专项转移支付, ordered by national policy, force majeure, 下达: not the unit's doing, so 预算调整率 leaves them out.
  case superior, policy
  case forceMajeure = "force-majeure"
  case allotment

  /// Whether it counts in 预算调整率 (财预〔2013〕53号).
  public var counts: Bool {
    switch self {
    case .supplement, .other: true
    case .superior, .policy, .forceMajeure, .allotment: false
    }
  }
}

extension EventDefinition {
  /// 追加 (positive) and 追减 (negative) of this year's budget.
  static let adjustment = EventDefinition(
    name: .eventAdjustment, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .nonZero),
    own: [
      OwnField(
        .reason, .choice(AdjustmentReason.allCases.map(\.rawValue)),
        .defaulted(AdjustmentReason.supplement.rawValue))
    ],
    effect: { event, entry in
      var sums = Sums(.adjusted, entry.amount)
      let reason = event.details.text(.reason).flatMap(AdjustmentReason.init) ?? .supplement
      if reason.counts { sums[.adjustmentCounted] = abs(entry.amount.fen) }
      return sums
    })
}

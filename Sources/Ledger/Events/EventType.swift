/// The types of events, under the names that never change.
public enum EventType: String, CaseIterable, Sendable {
  case unit, project, code, policy
  case appropriation, adjustment, virement
  case carryOver = "carry-over"
  case cap, plan, receipt
  case revenueBudget = "revenue-budget"
  case collection, commitment, release, disbursement, refund, lapse
  case surplusUse = "surplus-use"
  case surplusAllocation = "surplus-allocation"
  case reversal, close, assertion, indicator

  /// The one place where a type meets what it means. A new type is a case here, a line below and a file in `Types/`.
  public var definition: EventDefinition {
    switch self {
    case .unit: .unit
    case .project: .project
    case .code: .code
    case .policy: .policy
    case .appropriation: .appropriation
    case .adjustment: .adjustment
    case .virement: .virement
    case .carryOver: .carryOver
    case .cap: .cap
    case .plan: .plan
    case .receipt: .receipt
    case .revenueBudget: .revenueBudget
    case .collection: .collection
    case .commitment: .commitment
    case .release: .release
    case .disbursement: .disbursement
    case .refund: .refund
    case .lapse: .lapse
    case .surplusUse: .surplusUse
    case .surplusAllocation: .surplusAllocation
    case .reversal: .reversal
    case .close: .close
    case .assertion: .assertion
    case .indicator: .indicator
    }
  }
}

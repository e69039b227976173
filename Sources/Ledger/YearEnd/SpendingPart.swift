/// The parts of spending that are kept apart at the year's end.
public enum SpendingPart: String, CaseIterable, Sendable {
  case personnel, `public`, basic, project, rest

  public init(_ nature: Nature?) {
    switch nature {
    case .personnel: self = .personnel
    case .public: self = .public
    case .basic: self = .basic
    case .project, .operating, .targeted: self = .project
    case .business, .remit, .subsidy, nil: self = .rest
    }
  }

  /// What a line of this part says; `nil` for what may be several things.
  var nature: Nature? {
    switch self {
    case .personnel: .personnel
    case .public: .public
    case .basic: .basic
    case .project: .project
    case .rest: nil
    }
  }

  /// 基本支出 and its parts, whose balances always stay 结转.
  var isBasic: Bool { self == .personnel || self == .public || self == .basic }

  /// Whether money of this part pays for the other when that is short: the same, the whole of it, or money of which
  /// nothing is said.
  func covers(_ other: SpendingPart) -> Bool { self == other || self == .rest || self == .basic && other.isBasic }

  /// The closer part first.
  func distance(to other: SpendingPart) -> Int { self == other ? 0 : self == .rest ? 2 : 1 }
}

/// What kind of spending a line is (支出性质): 基本支出 with its parts, 项目支出 with its parts, and the rest.
public enum Nature: String, CaseIterable, Sendable {
  case basic, personnel, `public`, project, operating, targeted, business, remit, subsidy

  /// The nature this one is a part of: 人员经费 and 公用经费 of 基本支出, 其他运转类 and 特定目标类 of 项目支出.
  public var whole: Nature? {
    switch self {
    case .personnel, .public: .basic
    case .operating, .targeted: .project
    case .basic, .project, .business, .remit, .subsidy: nil
    }
  }

  public var name: String {
    switch self {
    case .basic: "基本支出"
    case .personnel: "人员经费"
    case .public: "公用经费"
    case .project: "项目支出"
    case .operating: "其他运转类"
    case .targeted: "特定目标类"
    case .business: "经营支出"
    case .remit: "上缴上级支出"
    case .subsidy: "对附属单位补助支出"
    }
  }
}

/// The kind of 政府采购; a line without one is not 政府采购.
public enum Procurement: String, CaseIterable, Sendable {
  case goods, works, services

  public var name: String {
    switch self {
    case .goods: "货物"
    case .works: "工程"
    case .services: "服务"
    }
  }
}

/// What is collected for the state: 税收 or 非税.
public enum RevenueCategory: String, CaseIterable, Sendable {
  case tax
  case nonTax = "non-tax"

  public var name: String {
    switch self {
    case .tax: "税收收入"
    case .nonTax: "非税收入"
    }
  }
}

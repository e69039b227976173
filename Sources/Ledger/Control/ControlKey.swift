/// What spending is charged to: the level at which a unit may not exceed its budget in a year.
///
/// At the default level a key is fund, function and project. A field that is absent covers every value of it.
public struct ControlKey: Hashable, Sendable {
  public let fund: FundCode?
  public let function: FunctionCode?
  public let project: ExactText?

  public init(fund: FundCode?, function: FunctionCode?, project: ExactText?) {
    self.fund = fund
    self.function = function
    self.project = project
  }

  public init(of line: Classification) {
    self.init(fund: line.fund, function: line.function, project: line.project)
  }

  /// Whether money budgeted here may be spent there: each field equal, a code prefix, or absent here.
  func covers(_ spent: ControlKey) -> Bool {
    if let fund, spent.fund.map({ $0.hasPrefix(fund) }) != true { return false }
    if let function, spent.function.map({ $0.hasPrefix(function) }) != true { return false }
    return project == nil || project == spent.project
  }

  /// Orders keys that cover the same line: earmarked for a project before not, then the longer function, then the
  /// longer fund.
  func isMoreDetailed(than other: ControlKey) -> Bool { detail > other.detail }

  private var detail: (Int, Int, Int) {
    (project == nil ? 0 : 1, function?.digits.count ?? 0, fund?.digits.count ?? 0)
  }
}

extension ControlKey: CustomStringConvertible {
  /// `111/2130501/KQYM`, with `-` for an absent field.
  public var description: String {
    [fund?.digits, function?.digits, project?.text].map { $0 ?? "-" }.joined(separator: "/")
  }
}

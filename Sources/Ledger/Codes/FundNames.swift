/// The names under which a journal may state a fund instead of its code.
public struct FundNames: Sendable {
  private var codes: [String: String]

  public init() { codes = FundNames.usual }

  public func code(named name: String) -> String? { codes[name] }

  /// A `code` event has given a fund this name.
  public mutating func learn(_ name: String, means code: String) { codes[name] = code }

  private static let usual: [String: String] = {
    var codes = [
      "财政专户": "2", "财政专户管理资金": "2", "事业收入": "31", "上级补助收入": "32", "附属单位上缴收入": "33",
      "经营收入": "34", "其他收入": "39",
    ]
    for (stems, code) in [
      (["一般公共预算"], "111"), (["政府性基金", "政府性基金预算"], "121"), (["国有资本经营预算"], "13"),
    ] {
      for stem in stems { for ending in ["", "财政拨款", "资金"] { codes[stem + ending] = code } }
    }
    return codes
  }()
}

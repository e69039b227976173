/// What spending is charged to: the fields of a line at the level of control. A unit may not exceed its budget there.
///
/// A field of the level that is absent covers every value of it.
public struct ControlKey: Hashable, Sendable {
  public let level: ControlLevel
  /// With the fields of the level only.
  public let line: Classification

  public init(of line: Classification, at level: ControlLevel) {
    self.level = level
    self.line = line.only(at: level)
  }

  /// Whether money budgeted here may be spent there.
  func covers(_ spent: ControlKey) -> Bool { line.covers(spent.line) }

  /// Orders keys that cover the same line: earmarked for a project before not, then by the longer codes, the fund last.
  func isMoreDetailed(than other: ControlKey) -> Bool { line.detail > other.line.detail }
}

extension ControlKey: Comparable {
  /// The order in which keys are shown and numbered; two keys that read alike still differ in it.
  public static func < (left: ControlKey, right: ControlKey) -> Bool {
    left.line == right.line ? left.level.text < right.level.text : left.line < right.line
  }
}

extension ControlKey: CustomStringConvertible {
  /// `111/2130501/KQYM`, with `-` for an absent field; `*` at the level of no field.
  public var description: String {
    level.fields.isEmpty ? "*" : level.fields.map { line[$0] ?? "-" }.joined(separator: "/")
  }
}

extension Classification {
  /// The fields of a level, and no others.
  func only(at level: ControlLevel) -> Classification {
    var line = Classification()
    if level.has(.fund) { line.fund = fund }
    if level.has(.function) { line.function = function }
    if level.has(.economic) { line.economic = economic }
    if level.has(.government) { line.government = government }
    if level.has(.project) { line.project = project }
    if level.has(.nature) { line.nature = nature }
    if level.has(.procurement) { line.procurement = procurement }
    if level.has(.from) { line.from = from }
    if level.has(.category) { line.category = category }
    return line
  }

  /// Whether what is said here holds for the other line: each field equal, a code above, the nature it is a part of, or
  /// absent here.
  func covers(_ other: Classification) -> Bool {
    if let fund, other.fund.map({ $0.hasPrefix(fund) }) != true { return false }
    if let function, other.function.map({ $0.hasPrefix(function) }) != true { return false }
    if let economic, other.economic.map({ $0.hasPrefix(economic) }) != true { return false }
    if let government, other.government.map({ $0.hasPrefix(government) }) != true { return false }
    if let project, project != other.project { return false }
    if let nature, nature != other.nature, nature != other.nature?.whole { return false }
    if let procurement, procurement != other.procurement { return false }
    if let from, from != other.from { return false }
    return category == nil || category == other.category
  }

  /// How much is said: greater is more detailed. Project first, since money for a project may be used for nothing else,
  /// while a longer code is only a finer heading.
  var detail: Int {
    let natureDetail = nature.map { $0.whole == nil ? 1 : 2 } ?? 0
    let weights = [
      project == nil ? 0 : 1, function?.digits.utf8.count ?? 0, economic?.digits.utf8.count ?? 0,
      government?.digits.utf8.count ?? 0, natureDetail, procurement == nil ? 0 : 1, from == nil ? 0 : 1,
      category == nil ? 0 : 1, fund?.digits.utf8.count ?? 0,
    ]
    return weights.reduce(0) { $0 << 4 | $1 }
  }
}

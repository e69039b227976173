/// At which fields money is controlled: spending of equal values of these shares one budget.
public struct ControlLevel: Hashable, Sendable {
  /// A set of fields, as bits.
  private let bits: UInt64

  public init(_ fields: [LineField]) { bits = fields.reduce(0) { $0 | $1.field.bit } }

  /// In the order of the journal's table.
  public var fields: [LineField] { LineField.allCases.filter(has) }

  func has(_ field: LineField) -> Bool { bits & field.field.bit != 0 }

  init(_ detail: DetailValue) {
    guard case .list(let names) = detail else {
      self = .usual
      return
    }
    self.init(names.compactMap(LineField.init))
  }

  /// Where no rule says otherwise.
  public static let usual = ControlLevel([.fund, .function, .project])

  /// As the store names it: `fund,function,project`.
  var text: String { fields.map(\.rawValue).joined(separator: ",") }

  /// - Returns: `nil` where the text is not one that `text` gave.
  init?(text: String) {
    let fields = text.split(separator: ",").map { LineField(rawValue: String($0)) }
    guard fields.allSatisfy({ $0 != nil }) else { return nil }
    self.init(fields.compactMap { $0 })
    guard self.text == text else { return nil }
  }
}

/// 控制规则 as declared; it counts whole.
public struct PolicyDeclaration: Equatable, Sendable {
  public let position: Int
  public let date: Day
  /// `nil`: all units.
  public let unit: ExactText?
  public let mode: ControlMode
  public let level: ControlLevel
  /// By prefix of fund codes.
  public let bases: [String: Basis]

  static func bases(_ detail: DetailValue) -> [String: Basis] {
    guard case .map(let pairs) = detail else { return [:] }
    return Dictionary(pairs.compactMap { pair in Basis(rawValue: pair.value).map { (pair.name, $0) } }) { $1 }
  }

  /// The basis of a fund by the longest prefix stated; `nil` where none is.
  func basis(of fund: FundCode) -> Basis? {
    let longest = bases.keys.filter { fund.digits.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
    return longest.flatMap { bases[$0] }
  }
}

/// 年终结账 of a year, for a unit or for all.
public struct CloseDeclaration: Equatable, Sendable {
  public let position: Int
  public let unit: ExactText?
  public let year: Int
}

extension Declarations {
  /// The rule for an event of this unit and date: of those for the unit and those for all, the latest.
  func policy(of unit: ExactText, on day: Day) -> PolicyDeclaration? {
    policies.filter { ($0.unit == nil || $0.unit == unit) && $0.date <= day }.latest(by: \.date)
  }

  /// 控制方式 in force for a unit on a day: that of the newest policy dated by then, else `refuse`.
  public func control(of unit: ExactText, on day: Day) -> ControlMode { policy(of: unit, on: day)?.mode ?? .refuse }

  /// The mode for an event of this unit. What the year-end close carries into the new year is under the rule of the
  /// day that it closes: a deficit that could arise under it is carried, not lost.
  func control(over event: Event, of unit: ExactText) -> ControlMode {
    var day = event.date
    if event.isOfClose, event.type == .carryOver || event.type == .commitment, let year = event.year,
      day == Day(year: year, month: 1, day: 1)
    {
      day = Day.lastDay(ofYear: year - 1) ?? day
    }
    return control(of: unit, on: day)
  }

  func level(of unit: ExactText, on day: Day) -> ControlLevel { policy(of: unit, on: day)?.level ?? .usual }

  /// On what income and closing balance of a fund rest in a budget year: by the rule in force on its 31 December.
  public func basis(of fund: FundCode?, unit: ExactText, year: Int) -> Basis {
    guard let fund, !policies.isEmpty, let day = Day.lastDay(ofYear: year) else { return .usual(of: fund) }
    return policy(of: unit, on: day)?.basis(of: fund) ?? .usual(of: fund)
  }

  /// The basis of a line's fund.
  func basis(of line: BudgetLine) -> Basis { basis(of: line.classification.fund, unit: line.unit, year: line.year) }

  /// Whether money events of a unit and year are over.
  public func isClosed(_ unit: ExactText, _ year: Int) -> Bool { close(of: unit, year) != nil }

  /// The first year from this one on that takes money events of the unit.
  func openYear(of unit: ExactText, from year: Int) -> Int {
    var year = year
    while isClosed(unit, year) { year += 1 }
    return year
  }

  func close(of unit: ExactText, _ year: Int) -> CloseDeclaration? {
    closes.first { $0.year == year && ($0.unit == nil || $0.unit == unit) }
  }
}

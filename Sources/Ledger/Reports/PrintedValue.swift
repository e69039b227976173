import BigInt

/// A number as printed, with the step its last decimal stands for: `613.89万` is 6,138,900 yuan in steps of 100.
public struct PrintedValue: Equatable, Sendable {
  public enum Unit: String, Sendable, CaseIterable {
    case none = ""
    case yuan = "元"
    case tenThousand = "万"
    case tenThousandYuan = "万元"
    case hundredMillion = "亿"
    case hundredMillionYuan = "亿元"
    case percent = "%"

    /// What one of it is: money in yuan, a rate as a ratio.
    var size: Rational {
      switch self {
      case .none, .yuan: Rational(1)
      case .tenThousand, .tenThousandYuan: Rational(10_000)
      case .hundredMillion, .hundredMillionYuan: Rational(100_000_000)
      case .percent: Rational(1, over: 100)
      }
    }
  }

  public let text: String
  /// The digits as a whole number of steps.
  private let steps: BigInt
  public let decimals: Int
  public let unit: Unit

  /// - Throws: `equals.unreadable`.
  public init(reading text: String) throws(Unreadable) {
    guard
      let match = text.wholeMatch(of: /(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(元|万元?|亿元?|%)?/),
      // More digits than any budget has are a slip of the hand.
      match.2.count + (match.3?.count ?? 0) <= 15, match.3?.count ?? 0 <= 10,
      let steps = BigInt(match.2.filter { $0 != "," } + (match.3 ?? "")),
      let unit = Unit(rawValue: String(match.4 ?? ""))
    else { throw Unreadable(.printedUnreadable, value: text, expected: .expectedPrinted) }
    self.text = text
    self.steps = match.1.isEmpty ? steps : -steps
    self.decimals = match.3?.count ?? 0
    self.unit = unit
  }

  /// A rate is printed in percent or as a plain ratio, money never in percent.
  func fits(_ quantity: Quantity) -> Bool {
    switch quantity {
    case .money: unit != .percent
    case .ratio: unit == .percent || unit == .none
    }
  }

  /// The printed value itself: money in yuan, a rate as a ratio.
  public var value: Rational { Rational(steps: steps, decimals: decimals) * unit.size }

  /// What one more in its last decimal would be.
  public var step: Rational { Rational(steps: 1, decimals: decimals) * unit.size }

  /// An exact value against what is printed, rounded half away from zero.
  public func verdict(on exact: Rational) -> Verdict {
    guard let inUnits = exact / unit.size else { return .contradiction }
    if inUnits.steps(decimals: decimals) == steps { return .ties }
    return (exact - value).magnitude < step ? .rounding : .contradiction
  }
}

/// What a comparison with print, or of two formulas, comes to.
public enum Verdict: String, CaseIterable, Sendable {
  /// The exact value rounds to what is printed.
  case ties
  /// It does not, but rounding alone can be the reason.
  case rounding
  /// Else, or there is no value.
  case contradiction
}

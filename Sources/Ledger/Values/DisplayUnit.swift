/// The unit in which a table shows money.
public enum DisplayUnit: String, CaseIterable, Sendable {
  case yuan = "元"
  case tenThousand = "万元"

  /// Two decimals, half away from zero, each cell from its own exact value, with `,` every three digits.
  public func text(_ amount: Fen) -> String { DisplayUnit.grouped(plain(Rational(fen: amount))) }

  /// The same, of an amount in yuan.
  public func text(_ yuan: Rational) -> String { DisplayUnit.grouped(plain(yuan)) }

  /// Without `,`, as programs read numbers.
  public func plain(_ yuan: Rational) -> String { amount(yuan).text(decimals: 2) }

  /// An amount in yuan, counted in this unit.
  func amount(_ yuan: Rational) -> Rational {
    switch self {
    case .yuan: yuan
    case .tenThousand: yuan * Rational(1, over: 10_000)
    }
  }

  /// A decimal number with `,` every three digits before the point.
  static func grouped(_ number: String) -> String {
    let sign = number.hasPrefix("-") ? "-" : ""
    let parts = number.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
  }
}

/// How amounts are printed: the unit, and how many decimals.
public struct MoneyForm: Sendable {
  public let unit: DisplayUnit
  public let decimals: Int

  public init(unit: DisplayUnit, decimals: Int) {
    self.unit = unit
    self.decimals = decimals
  }

  /// An amount in yuan as its print says it: in the unit, rounded.
  func printed(_ yuan: Rational) -> Rational { unit.amount(yuan).rounded(decimals: decimals) }

  /// Of an amount in yuan, half away from zero, with `,` every three digits.
  func text(_ yuan: Rational) -> String { DisplayUnit.grouped(unit.amount(yuan).text(decimals: decimals)) }
}

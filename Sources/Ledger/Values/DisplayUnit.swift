/// The unit in which a table shows money.
public enum DisplayUnit: String, CaseIterable, Sendable {
  case yuan = "元"
  case tenThousand = "万元"

  /// Two decimals, half away from zero, each cell from its own exact value, with `,` every three digits.
  public func text(_ amount: Fen) -> String {
    DisplayUnit.grouped(Ratio(amount, countedIn: fen).decimalText(scaledBy: 1, decimals: 2))
  }

  /// The same, of an amount in yuan.
  public func text(_ yuan: Rational) -> String { DisplayUnit.grouped(plain(yuan)) }

  /// Without `,`, as programs read numbers.
  public func plain(_ yuan: Rational) -> String { amount(yuan).text(decimals: 2) }

  /// One of it.
  private var fen: Fen {
    switch self {
    case .yuan: 100
    case .tenThousand: 1_000_000
    }
  }

  /// An amount in yuan, counted in this unit.
  func amount(_ yuan: Rational) -> Rational {
    switch self {
    case .yuan: yuan
    case .tenThousand: yuan * Rational(1, over: 10_000)
    }
  }

  /// A decimal number with `,` every three digits before the point.
  static func grouped(_ number: String) -> String {
    let first = number.utf8.first == UInt8(ascii: "-") ? 1 : 0
    let point = number.utf8.prefix { $0 != UInt8(ascii: ".") }.count
    guard point - first > 3 else { return number }
    var grouped: [UInt8] = []
    grouped.reserveCapacity(number.utf8.count + (point - first) / 3)
    for (index, byte) in number.utf8.enumerated() {
      if index > first, index < point, (point - index) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(byte)
    }
    return String(decoding: grouped, as: UTF8.self)
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

/// An exact fraction of two sums, such as 执行率 = 执行数 / 全年预算数. Rounded only when it is shown.
public struct Ratio: Equatable, Sendable {
  public let numerator: Fen
  public let denominator: Fen

  /// - Returns: `nil` where the denominator is zero: no rate is the honest answer, neither 0% nor 100%.
  public init?(_ numerator: Fen, over denominator: Fen) {
    guard denominator != 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  /// An amount in units of so many fen.
  init(_ amount: Fen, countedIn unit: Fen) {
    precondition(unit > 0, "a unit of money is worth something")
    numerator = amount
    denominator = unit
  }

  /// In percent with `decimals` decimals, half away from zero: `84.99`. There is no negative zero.
  public func percent(decimals: Int = 2) -> String { decimalText(scaledBy: 100, decimals: decimals) }

  /// The fraction times `scale`, written with `decimals` decimals, half away from zero.
  func decimalText(scaledBy scale: Int128, decimals: Int) -> String {
    let units = rounded(toUnitsOf: decimals, scaledBy: scale)
    return Ratio.text(units, decimals: decimals)
  }

  /// The fraction times `scale` in units of 10^-decimals, half away from zero.
  func rounded(toUnitsOf decimals: Int, scaledBy scale: Int128) -> Int128 {
    let factor = scale * Int128.power(ofTen: decimals)
    let top = numerator.magnitude
    let bottom = denominator.magnitude
    // Whole and rest apart: the product of a very large sum with the factor would not fit.
    let (whole, rest) = top.quotientAndRemainder(dividingBy: bottom)
    let scaled = whole * UInt128(factor) + (rest * UInt128(factor) * 2 + bottom) / (bottom * 2)
    let negative = (numerator < 0) != (denominator < 0)
    return negative ? -Int128(scaled) : Int128(scaled)
  }

  /// `units` of 10^-decimals as a decimal number.
  static func text(_ units: Int128, decimals: Int) -> String {
    let size = units.magnitude
    let unit = UInt128(Int128.power(ofTen: decimals))
    let sign = units < 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(size)" }
    let fraction = String(size % unit)
    return "\(sign)\(size / unit).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
  }
}

extension Int128 {
  static func power(ofTen exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

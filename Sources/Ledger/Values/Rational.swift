import BigInt

/// An exact fraction of any size: what formulas compute with. Money counts in yuan, a rate as a ratio.
public struct Rational: Hashable, Sendable {
  /// Carries the sign.
  public let numerator: BigInt
  /// More than zero, and without a factor in common with the numerator.
  public let denominator: BigInt

  /// - Returns: `nil` where the denominator is zero.
  public init?(_ numerator: BigInt, over denominator: BigInt) {
    guard !denominator.isZero else { return nil }
    self.init(reducing: numerator, denominator)
  }

  /// - Precondition: the denominator is more than zero.
  init(_ numerator: Int, over denominator: Int) { self.init(reducing: BigInt(numerator), BigInt(denominator)) }

  public init(_ whole: Int) {
    numerator = BigInt(whole)
    denominator = 1
  }

  /// Money, in yuan.
  public init(fen: Fen) { self.init(reducing: BigInt(fen), 100) }

  public init(_ ratio: Ratio) { self.init(reducing: BigInt(ratio.numerator), BigInt(ratio.denominator)) }

  /// `steps` of 10^-decimals.
  init(steps: BigInt, decimals: Int) { self.init(reducing: steps, BigInt(10).power(decimals)) }

  private init(reducing numerator: BigInt, _ denominator: BigInt) {
    let common = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = numerator / common * sign
    self.denominator = denominator / common * sign
  }

  public static let zero = Rational(0)

  public var isZero: Bool { numerator.isZero }
  public var magnitude: Rational { numerator < 0 ? -self : self }

  public static prefix func - (value: Rational) -> Rational { Rational(reducing: -value.numerator, value.denominator) }

  public static func + (left: Rational, right: Rational) -> Rational {
    if left.denominator == right.denominator {
      return Rational(reducing: left.numerator + right.numerator, left.denominator)
    }
    return Rational(
      reducing: left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  public static func - (left: Rational, right: Rational) -> Rational { left + -right }

  public static func * (left: Rational, right: Rational) -> Rational {
    Rational(reducing: left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// - Returns: `nil` where the divisor is zero: no value is the honest answer.
  public static func / (left: Rational, right: Rational) -> Rational? {
    Rational(left.numerator * right.denominator, over: left.denominator * right.numerator)
  }
}

extension Rational: Comparable {
  public static func < (left: Rational, right: Rational) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }
}

extension Rational {
  /// In units of 10^-decimals, half away from zero.
  func steps(decimals: Int) -> BigInt {
    let scaled = numerator.magnitude * BigUInt(10).power(decimals)
    let bottom = denominator.magnitude
    let rounded = (scaled * 2 + bottom) / (bottom * 2)
    return BigInt(sign: numerator < 0 ? .minus : .plus, magnitude: rounded)
  }

  /// Rounded half away from zero.
  public func rounded(decimals: Int) -> Rational { Rational(steps: steps(decimals: decimals), decimals: decimals) }

  /// As a decimal number, rounded half away from zero. There is no negative zero.
  public func text(decimals: Int) -> String {
    let steps = steps(decimals: decimals)
    let digits = String(steps.magnitude)
    let sign = steps < 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// As few decimals as show it whole, but no more than two.
  var usualDecimals: Int { (0...1).first { rounded(decimals: $0) == self } ?? 2 }

  /// As text in percent.
  public func percent(decimals: Int = 2) -> String { (self * Rational(100)).text(decimals: decimals) }
}

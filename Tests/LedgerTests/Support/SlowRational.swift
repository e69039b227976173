import BigInt

/// An exact fraction, always reduced, with a denominator above zero.
struct SlowRational: Hashable {
  let numerator: BigInt
  let denominator: BigInt

  /// nil where the denominator is zero.
  init?(_ numerator: BigInt, over denominator: BigInt) {
    guard denominator != 0 else { return nil }
    self.init(reducing: numerator, denominator)
  }

  init(_ whole: Int) { self.init(reducing: BigInt(whole), 1) }

  /// Yuan.
  init(fen: Int) { self.init(reducing: BigInt(fen), 100) }

  /// Digits with at most one point between them, such as `84.99`.
  init?(decimal text: String) {
    guard text.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil, let digits = BigInt(text.filter { $0 != "." }) else {
      return nil
    }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    self.init(reducing: digits, BigInt(10).power(decimals))
  }

  /// - Precondition: the denominator is not zero.
  private init(reducing numerator: BigInt, _ denominator: BigInt) {
    let divisor = numerator.greatestCommonDivisor(with: denominator) * BigInt(denominator.signum())
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }
}

// MARK: - Arithmetic

extension SlowRational {
  static func + (left: SlowRational, right: SlowRational) -> SlowRational {
    SlowRational(
      reducing: left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  static func - (left: SlowRational, right: SlowRational) -> SlowRational { left + -right }

  static prefix func - (value: SlowRational) -> SlowRational {
    SlowRational(reducing: -value.numerator, value.denominator)
  }

  static func * (left: SlowRational, right: SlowRational) -> SlowRational {
    SlowRational(reducing: left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// nil where the divisor is zero.
  static func / (left: SlowRational, right: SlowRational) -> SlowRational? {
    SlowRational(left.numerator * right.denominator, over: left.denominator * right.numerator)
  }

  var magnitude: SlowRational { numerator < 0 ? -self : self }

  /// Half away from zero.
  /// - Precondition: `decimals` is not below zero.
  func rounded(decimals: Int) -> SlowRational {
    let scale = BigInt(10).power(decimals)
    let size = (2 * magnitude.numerator * scale + denominator) / (2 * denominator)
    return SlowRational(reducing: numerator < 0 ? -size : size, scale)
  }

  /// The value itself if it is a whole number that fits.
  var whole: Int? { denominator == 1 ? Int(exactly: numerator) : nil }
}

extension SlowRational: Comparable, CustomStringConvertible {
  static func < (left: SlowRational, right: SlowRational) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

/// An amount of renminbi in fen (分, 1/100 yuan).
///
/// Negative is a reduction, a reversal or a deficit, never "missing". Amounts are exact: nothing in this library
/// converts money to floating point.
public struct Money: Hashable, Comparable, Sendable {
  /// Hundredths of a yuan.
  public let fen: Int64

  public init(fen: Int64) { self.fen = fen }

  public static let zero = Money(fen: 0)

  public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
}

extension Money: CustomStringConvertible {
  /// The canonical form of the journal and of JSON: yuan with two decimals, `294900.00`.
  public var description: String { Fen(fen).yuan }
}

/// A sum of amounts in fen that cannot overflow.
///
/// Lines are kept in `Int64`; totals over lines and the measures derived from them are computed here in 128 bits, so
/// that a report over a whole province is as exact as one line.
public typealias Fen = Int128

extension Fen {
  /// Yuan with two decimals and no thousands mark: `294900.00`. There is no negative zero.
  public var yuan: String {
    // Most are small enough for the arithmetic of the machine.
    guard let size = UInt64(exactly: magnitude) else { return yuan(of: magnitude) }
    return yuan(of: size)
  }

  private func yuan(of size: some UnsignedInteger) -> String {
    let cents = size % 100
    return "\(self < 0 ? "-" : "")\(size / 100).\(cents < 10 ? "0" : "")\(cents)"
  }
}

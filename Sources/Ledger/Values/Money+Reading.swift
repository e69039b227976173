/// Why a text is not the value it should be. The reader that knows the place adds it.
public struct Unreadable: Error, Equatable {
  public let code: ProblemCode
  public let value: String
  public let expected: Phrase

  public init(_ code: ProblemCode, value: String, expected: Phrase) {
    self.code = code
    self.value = value
    self.expected = expected
  }
}

extension Money {
  /// Reads an amount as the journal and the command line write it.
  ///
  /// An optional `-`, digits with or without `,` every three, and at most two decimals in yuan (`294900.00`,
  /// `294,900元`), or more decimals with `万`, `万元`, `亿`, `亿元` as long as the result is whole fen (`29.49万`).
  /// Never rounds.
  /// - Throws: `amount.unreadable` for any other spelling, `amount.negative-zero` for `-0`, `amount.not-whole-fen` for
  ///   a part of a fen, `amount.out-of-range` beyond `Int64` fen.
  public init(reading text: String) throws(Unreadable) {
    var scanner = AmountScanner(bytes: Array(text.utf8))
    do { self.fen = try scanner.scan() } catch { throw error.unreadable(text) }
  }
}

/// The parts of a written amount, from the bytes.
private struct AmountScanner {
  enum Flaw: Error { case unreadable, negativeZero, notWholeFen, outOfRange }

  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  mutating func scan() throws(Flaw) -> Int64 {
    let negative = next == UInt8(ascii: "-")
    if negative { at += 1 }
    let (whole, wholeOverflow) = try wholeDigits()
    let decimals = try decimalDigits()
    let exponent = try unitExponent()  // 2: yuan to fen; 6: 万; 10: 亿

    if exponent == 2, decimals.count > 2 { throw .notWholeFen }
    guard !wholeOverflow else { throw .outOfRange }
    var size = Int128(whole)
    for place in 0..<exponent {
      let digit = place < decimals.count ? decimals[decimals.startIndex + place] &- UInt8(ascii: "0") : 0
      size = size * 10 + Int128(digit)
    }
    if decimals.dropFirst(exponent).contains(where: { $0 != UInt8(ascii: "0") }) { throw .notWholeFen }
    if negative, size == 0 { throw .negativeZero }
    // Symmetric, so that every amount has an opposite.
    guard let fen = Int64(exactly: negative ? -size : size), fen != .min else { throw .outOfRange }
    return fen
  }

  /// Digits before the point: all plain, or grouped in threes by `,`.
  private mutating func wholeDigits() throws(Flaw) -> (value: Int64, overflow: Bool) {
    var value: Int64 = 0
    var overflow = false
    var digits = 0
    var groupDigits = 0
    var grouped = false
    while let byte = next {
      if isDigit(byte) {
        let (scaled, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeSum) = scaled.addingReportingOverflow(Int64(byte &- UInt8(ascii: "0")))
        overflow = overflow || tooLarge || tooLargeSum
        value = sum
        digits += 1
        groupDigits += 1
      } else if byte == UInt8(ascii: ",") {
        guard grouped ? groupDigits == 3 : (1...3).contains(groupDigits) else { throw .unreadable }
        grouped = true
        groupDigits = 0
      } else {
        break
      }
      at += 1
    }
    guard digits > 0, !grouped || groupDigits == 3 else { throw .unreadable }
    return (value, overflow)
  }

  private mutating func decimalDigits() throws(Flaw) -> ArraySlice<UInt8> {
    guard next == UInt8(ascii: ".") else { return bytes[at..<at] }
    at += 1
    let start = at
    while let byte = next, isDigit(byte) { at += 1 }
    guard at > start else { throw .unreadable }
    return bytes[start..<at]
  }

  private mutating func unitExponent() throws(Flaw) -> Int {
    switch String(decoding: bytes[at...], as: UTF8.self) {
    case "", "元": return 2
    case "万", "万元": return 6
    case "亿", "亿元": return 10
    default: throw .unreadable
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

extension AmountScanner.Flaw {
  fileprivate func unreadable(_ text: String) -> Unreadable {
    switch self {
    case .unreadable: Unreadable(.amountUnreadable, value: text, expected: .expectedAmount)
    case .negativeZero: Unreadable(.amountNegativeZero, value: text, expected: .expectedNoNegativeZero)
    case .notWholeFen: Unreadable(.amountNotWholeFen, value: text, expected: .expectedWholeFen)
    case .outOfRange: Unreadable(.amountOutOfRange, value: text, expected: .expectedAmountInRange)
    }
  }
}

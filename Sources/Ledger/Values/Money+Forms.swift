extension Money {
  /// Reads an amount as exports of other programs write it: as the journal does, and also with `¥` or `+` in front,
  /// with the sign behind, in parentheses, which is negative, and with more decimals, where those are zeros.
  ///
  /// - Parameter unit: what a number means that names no unit of its own.
  /// - Throws: as `init(reading:)`.
  init(readingAnyForm text: String, in unit: DisplayUnit) throws(Unreadable) {
    var rest = text.trimmed[...]
    var signs = 0
    if (rest.first == "(" && rest.last == ")") || (rest.first == "（" && rest.last == "）") {
      rest = rest.dropFirst().dropLast()
      signs += 1
    }
    if rest.last == "-" {
      rest = rest.dropLast()
      signs += 1
    }
    // The sign stands before or behind the mark of the currency.
    for _ in 0..<2 {
      switch rest.first {
      case "¥", "￥", "+": rest = rest.dropFirst()
      case "-", "−":
        rest = rest.dropFirst()
        signs += 1
      default: break
      }
    }
    guard signs <= 1, rest.first?.isASCII == true, rest.first?.isNumber == true else {
      throw Unreadable(.amountUnreadable, value: text, expected: .expectedAmount)
    }
    var number = String(rest)
    if let point = number.firstIndex(of: "."), number[point...].dropFirst().allSatisfy({ $0 == "0" }) {
      number = String(number[..<point])
    }
    while number.contains("."), number.last == "0" { number.removeLast() }
    if unit == .tenThousand, number.last?.isASCII == true { number += "万" }
    let size: Money
    do { size = try Money(reading: number) } catch {
      throw Unreadable(error.code, value: text, expected: error.expected)
    }
    self.init(fen: signs == 1 ? -size.fen : size.fen)
  }
}

/// Numbers as a workbook keeps them: binary fractions written as decimals of up to 17 digits, of which spreadsheets show
/// no more than 15.
enum SheetNumber {
  private static let digitsShown = 15

  /// As a spreadsheet shows it, without an exponent; `nil` for what is no number, or too large to be one of a table.
  static func shown(_ text: String) -> String? {
    var (digits, exponent, isNegative) = (0, 0, false)
    var value: [UInt8] = []
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest = rest.dropFirst()
    }
    var isBehindPoint = false
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if !value.isEmpty || byte != UInt8(ascii: "0") { value.append(byte - UInt8(ascii: "0")) }
        if isBehindPoint { exponent -= 1 }
      case UInt8(ascii: ".") where !isBehindPoint: isBehindPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let power = rest.dropFirst()
        let signless = power.first == UInt8(ascii: "+") ? power.dropFirst() : power
        guard let known = Int(Substring(signless)), abs(known) < 40 else { return nil }
        exponent += known
        rest = rest[rest.endIndex...]
        continue
      default: return nil
      }
      rest = rest.dropFirst()
    }
    guard digits > 0 else { return nil }
    exponent += rounded(&value)
    guard value.count + max(0, exponent) <= 40 else { return nil }
    return (isNegative && !value.isEmpty ? "-" : "") + plain(value, exponent)
  }

  /// Leaves as many digits as are shown.
  /// - Returns: how many were taken off.
  private static func rounded(_ value: inout [UInt8]) -> Int {
    let surplus = value.count - digitsShown
    guard surplus > 0 else { return 0 }
    let goesUp = value[digitsShown] >= 5
    value.removeLast(surplus)
    guard goesUp else { return surplus }
    for index in value.indices.reversed() {
      if value[index] < 9 {
        value[index] += 1
        return surplus
      }
      value[index] = 0
    }
    value.insert(1, at: 0)
    return surplus
  }

  private static func plain(_ value: [UInt8], _ exponent: Int) -> String {
    var digits = value.map { $0 + UInt8(ascii: "0") }
    if exponent >= 0 {
      digits += Array(repeating: UInt8(ascii: "0"), count: digits.isEmpty ? 0 : exponent)
      return digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
    }
    let missing = max(0, 1 - exponent - digits.count)
    digits = Array(repeating: UInt8(ascii: "0"), count: missing) + digits
    var fraction = digits.suffix(-exponent)
    while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    let whole = String(decoding: digits.dropLast(-exponent), as: UTF8.self)
    return fraction.isEmpty ? whole : whole + "." + String(decoding: fraction, as: UTF8.self)
  }
}

/// Names of accounts that hledger, ledger and beancount all take, a different one for each budget line.
enum AccountName {
  /// Where a line lacks a field.
  private static let absent = "None"
  private static let prefix = "0-"

  /// What stands behind the root, as in `Expenses:2021:360001:111:2130599:TJPX`: year, unit, fund, function, project.
  static func place(of line: BudgetLine) -> String {
    let classified = line.classification
    let parts = [
      component(line.unit.text), component(classified.fund?.digits), component(classified.function?.digits),
      component(classified.project?.text),
    ]
    return "\(line.year):" + parts.joined(separator: ":")
  }

  /// A part of a name. All three take letters and digits of any script and `-`; beancount wants a capital A to Z or a
  /// digit in front. Any other character is written by its number, and what would then read like another code is
  /// written so that it does not: two codes never share a name.
  static func component(_ code: String?) -> String {
    guard let code else { return absent }
    var name = ""
    let scalars = Array(code.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let startsEscape = scalar == "-" && place + 1 < scalars.count && scalars[place + 1] == "u"
      if isPlain(scalar), !startsEscape { name.unicodeScalars.append(scalar) } else { name += escape(scalar) }
    }
    let isStart = name.unicodeScalars.first.map { "A"..."Z" ~= $0 || "0"..."9" ~= $0 } ?? false
    return isStart && name != absent && !name.hasPrefix(prefix) ? name : prefix + name
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    "-u" + String(scalar.value, radix: 16, uppercase: true) + "-"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "-" { return true }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
    default: false
    }
  }
}

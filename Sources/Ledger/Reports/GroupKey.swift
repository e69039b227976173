/// The values by which lines come together in one row, in the order of rows: value by value, an absent one first, then
/// by UTF-8 bytes.
struct GroupKey: Hashable, Comparable {
  /// Value after value: a byte of 0 where there is none, else a byte of 1, the text, and a byte of 0, which no text has.
  /// One text is compared and found faster than a list of texts.
  private let code: ExactText

  init(_ values: some Sequence<String?>) {
    var code = ""
    for value in values {
      if let value {
        code += "\u{1}"
        code += value
      }
      code += "\0"
    }
    self.code = ExactText(code)
  }

  var values: [String?] {
    var values: [String?] = []
    var rest = code.text.utf8[...]
    while let first = rest.first {
      let isThere = first == 1
      let value = rest.dropFirst(isThere ? 1 : 0).prefix { $0 != 0 }
      values.append(isThere ? String(Substring(value)) : nil)
      rest = rest[value.endIndex...].dropFirst()
    }
    return values
  }

  static func < (left: GroupKey, right: GroupKey) -> Bool { left.code < right.code }
}

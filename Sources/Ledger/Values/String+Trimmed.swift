extension String {
  /// Without spaces at both ends, of whatever width: spreadsheets have wide, unbreakable and invisible ones.
  var trimmed: String {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last, first.isSpace || last.isSpace else {
      return self
    }
    var rest = unicodeScalars.drop(while: \.isSpace)
    while let last = rest.last, last.isSpace { rest.removeLast() }
    return String(String.UnicodeScalarView(rest))
  }
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool {
    switch value {
    case ...0x20, 0xA0, 0x2000...0x200B, 0x202F, 0x3000, 0xFEFF: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Of the Chinese characters in common use: their properties need not be looked up.
  fileprivate var isChinese: Bool { 0x4E00...0x9FFF ~= value }

  /// How many columns of a terminal it takes, where it is a visible character of its own whatever stands beside it:
  /// printable ASCII, Chinese characters and their punctuation. `nil` for any other: that is for the character to say.
  fileprivate var plainWidth: Int? {
    switch value {
    case 0x20...0x7E: 1
    case 0x3001...0x3029, 0x4E00...0x9FFF, 0xFF01...0xFF60: 2
    default: nil
    }
  }
}

extension Character {
  /// How many columns of a terminal it takes: 2 for Chinese characters, full-width forms and emoji, 0 for marks that
  /// join the character before, else 1 (Unicode UAX #11, W and F).
  var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    if let plain = scalar.plainWidth { return plain }
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalar.value < 0x1100 { return 1 }
    return Character.wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615,
    0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// Without what would move the cursor or turn the line around: control characters and marks of direction.
  var visible: String {
    if unicodeScalars.allSatisfy({ $0.plainWidth != nil }) { return self }
    return String(
      map { character in
        let hidden = character.unicodeScalars.contains { scalar in
          [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            || scalar.properties.isBidiControl
        }
        return hidden ? "�" : character
      })
  }
}

/// A text and how many columns of a terminal it takes.
struct MeasuredText {
  private(set) var text: String
  private(set) var width: Int

  static let space = MeasuredText(" ")

  init(_ text: String) {
    self.text = text
    width = text.displayWidth
  }

  static func + (left: MeasuredText, right: MeasuredText) -> MeasuredText {
    var both = left
    both.append(right)
    return both
  }

  mutating func append(_ other: MeasuredText) {
    text += other.text
    width += other.width
  }

  mutating func append(_ character: Character) {
    text.append(character)
    width += character.displayWidth
  }

  /// Pieces one after another, as many on a line as fit, without spaces at the end of a line.
  fileprivate static func lines(of pieces: ArraySlice<MeasuredText>, _ width: Int) -> [MeasuredText] {
    var lines: [MeasuredText] = []
    var line = MeasuredText("")
    // They count only if something follows on the line.
    var spaces = 0
    func finish() {
      lines.append(line)
      (line, spaces) = (MeasuredText(""), 0)
    }
    for piece in pieces {
      let isFull = line.width + spaces + piece.width > width
      if piece.text == " " {
        // A space between two lines is the break itself.
        if !line.text.isEmpty, !isFull { spaces += 1 }
        continue
      }
      if isFull, !line.text.isEmpty { finish() }
      for _ in 0..<spaces { line.append(.space) }
      spaces = 0
      line.append(piece)
    }
    finish()
    return lines
  }
}

extension Character {
  /// Of a number or a word in Latin letters.
  fileprivate var isOfWord: Bool { isASCII && self != " " }

  /// Marks that end what stands before them.
  fileprivate var isClosing: Bool {
    guard let scalar = unicodeScalars.first, !scalar.isChinese else { return false }
    switch scalar {
    case "\u{FF0C}", "\u{3002}", "\u{3001}", "\u{FF1B}", "\u{FF1A}", "\u{FF05}": return true
    default: return [.finalPunctuation, .closePunctuation].contains(scalar.properties.generalCategory)
    }
  }

  /// Marks that begin what stands after them.
  fileprivate var isOpening: Bool {
    guard let scalar = unicodeScalars.first, !scalar.isChinese else { return false }
    return [.initialPunctuation, .openPunctuation].contains(scalar.properties.generalCategory)
  }
}

extension StringProtocol {
  /// Columns of a terminal.
  public var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      guard let plain = scalar.plainWidth else { return reduce(0) { $0 + $1.displayWidth } }
      width += plain
    }
    return width
  }

  /// Cut into pieces of at most `width` columns: at spaces where all words fit, else between Chinese characters, never
  /// inside a number or an English word that fits a line, and never so that a line starts with a mark that closes or ends
  /// with one that opens.
  public func wrapped(to width: Int) -> [String] { measuredLines(of: width).map(\.text) }

  func measuredLines(of width: Int) -> [MeasuredText] {
    let indent = String(prefix { $0 == " " })
    guard indent.isEmpty || indent.count >= width else {
      return drop { $0 == " " }.measuredLines(of: width - indent.count).map { MeasuredText(indent) + $0 }
    }
    let words = split(separator: " ", omittingEmptySubsequences: true).map { MeasuredText(String($0)) }
    if words.count > 1, words.allSatisfy({ $0.width <= width }) {
      return MeasuredText.lines(of: words.flatMap { [$0, .space] }.dropLast(), width)
    }
    let pieces = atoms.flatMap { atom in
      atom.width <= width ? [atom] : atom.text.map { MeasuredText(String($0)) }
    }
    return MeasuredText.lines(of: pieces[...], width)
  }

  /// What no line end may divide.
  private var atoms: [MeasuredText] {
    var atoms: [MeasuredText] = []
    var last: Character = " "
    for character in self {
      let joins =
        last != " " && character != " "
        && (last.isOfWord && character.isOfWord || last.isOpening || character.isClosing)
      if joins { atoms[atoms.count - 1].append(character) } else { atoms.append(MeasuredText(String(character))) }
      last = character
    }
    return atoms
  }

  /// How narrow a title may get: English is cut at spaces only, Chinese anywhere.
  var leastWidth: Int {
    let words = split(separator: " ")
    return words.count > 1 || utf8.allSatisfy { $0 < 0x80 } ? words.map(\.displayWidth).max() ?? 0 : 6
  }
}

extension Character {
  /// How many columns of a terminal it takes: 2 for Chinese characters, full-width forms and emoji, 0 for marks that
  /// join the character before, else 1 (Unicode UAX #11, W and F).
  var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
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
    String(
      map { character in
        let hidden = character.unicodeScalars.contains { scalar in
          [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            || scalar.properties.isBidiControl
        }
        return hidden ? "�" : character
      })
  }
}

extension Character {
  /// Of a number or a word in Latin letters.
  fileprivate var isOfWord: Bool { isASCII && self != " " }

  /// Marks that end what stands before them.
  fileprivate var isClosing: Bool {
    unicodeScalars.first.map { [.finalPunctuation, .closePunctuation].contains($0.properties.generalCategory) } ?? false
      || ["\u{FF0C}", "\u{3002}", "\u{3001}", "\u{FF1B}", "\u{FF1A}", "\u{FF05}"].contains(self)
  }

  /// Marks that begin what stands after them.
  fileprivate var isOpening: Bool {
    unicodeScalars.first.map { [.initialPunctuation, .openPunctuation].contains($0.properties.generalCategory) }
      ?? false
  }
}

extension StringProtocol {
  /// Columns of a terminal.
  public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// Cut into pieces of at most `width` columns: at spaces where all words fit, else between Chinese characters, never
  /// inside a number or an English word that fits a line, and never so that a line starts with a mark that closes or ends
  /// with one that opens.
  func wrapped(to width: Int) -> [String] {
    let indent = prefix { $0 == " " }
    guard indent.isEmpty || indent.count >= width else {
      return drop { $0 == " " }.wrapped(to: width - indent.count).map { indent + $0 }
    }
    let words = String(self).split(separator: " ", omittingEmptySubsequences: true).map { String($0) }
    if words.count > 1, words.allSatisfy({ $0.displayWidth <= width }) {
      return Self.lines(of: Array(words.flatMap { [$0, " "] }.dropLast()), width)
    }
    return Self.lines(of: atoms.flatMap { $0.displayWidth <= width ? [$0] : $0.map(String.init) }, width)
  }

  /// Pieces one after another, as many on a line as fit.
  private static func lines(of pieces: [String], _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    func finish() {
      lines.append(line.trimmingTrailingSpace)
      (line, used) = ("", 0)
    }
    for piece in pieces {
      let size = piece.displayWidth
      if used + size > width, !line.isEmpty, piece != " " { finish() }
      // A space between two lines is the break itself.
      if piece == " ", line.isEmpty || used + size > width { continue }
      line += piece
      used += size
    }
    finish()
    return lines
  }

  /// What no line end may divide.
  private var atoms: [String] {
    reduce(into: []) { atoms, character in
      let joins =
        switch atoms.last?.last {
        case nil, " "?: false
        case let last?:
          character != " " && (last.isOpening || character.isClosing || last.isOfWord && character.isOfWord)
        }
      if joins { atoms[atoms.count - 1].append(character) } else { atoms.append(String(character)) }
    }
  }

  /// How narrow a title may get: English is cut at spaces only, Chinese anywhere.
  fileprivate var leastWidth: Int {
    let words = split(separator: " ")
    return words.count > 1 || utf8.allSatisfy { $0 < 0x80 } ? words.map(\.displayWidth).max() ?? 0 : 6
  }

  fileprivate func padded(to width: Int, _ alignment: Table.Alignment) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - displayWidth))
    return alignment == .left ? self + space : space + self
  }
}

extension Table {
  /// Columns aligned for a terminal, Chinese characters counted as two. If the table is wider than the terminal,
  /// titles and left-aligned columns are wrapped, the widest first; numbers never are.
  public func text(width terminalWidth: Int) -> String {
    let (widths, gap) = fittedWidths(to: terminalWidth)
    let rule = String(repeating: "─", count: widths.reduce(0, +) + gap.count * (widths.count - 1))
    func lines(_ cells: [String]) -> String {
      let wrapped = zip(cells.map(\.visible), widths).map { $0.displayWidth > $1 ? $0.wrapped(to: $1) : [$0] }
      let height = wrapped.map(\.count).max() ?? 0
      return (0..<height).map { index in
        let parts = columns.indices.map { column in
          let pieces = wrapped[column]
          return (index < pieces.count ? pieces[index] : "").padded(to: widths[column], columns[column].alignment)
        }
        return parts.joined(separator: gap).trimmingTrailingSpace + "\n"
      }.joined()
    }
    var text = lines(columns.map(\.title)) + rule + "\n"
    text += rows.map(lines).joined()
    if !totals.isEmpty { text += (rows.isEmpty ? "" : rule + "\n") + totals.map(lines).joined() }
    return text
  }

  /// As wide as the content, if that fits; else titles of numbers are wrapped, then the columns stand closer, and at last
  /// left-aligned columns are wrapped.
  private func fittedWidths(to terminalWidth: Int) -> (widths: [Int], gap: String) {
    let content = columns.indices.map { column in (rows + totals).map { $0[column].displayWidth }.max() ?? 0 }
    let titles = columns.map(\.title.displayWidth)
    var widths = zip(content, titles).map { max($0, $1) }
    var gap = 2
    var excess = widths.reduce(0, +) + gap * (widths.count - 1) - terminalWidth
    func narrow(_ candidates: (Int) -> Bool) {
      while excess > 0, let widest = columns.indices.filter(candidates).max(by: { widths[$0] < widths[$1] }) {
        widths[widest] -= 1
        excess -= 1
      }
    }
    let least = columns.map(\.title.leastWidth)
    narrow { columns[$0].alignment == .right && widths[$0] > max(content[$0], least[$0]) }
    if excess > 0 {
      gap = 1
      excess -= widths.count - 1
    }
    narrow { columns[$0].alignment == .left && widths[$0] > 4 }
    return (widths, String(repeating: " ", count: gap))
  }
}

extension String {
  fileprivate var trimmingTrailingSpace: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

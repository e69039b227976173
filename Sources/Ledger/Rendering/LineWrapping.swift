extension StringProtocol {
  /// Cut into pieces of at most `width` columns: at spaces where all words fit, else between Chinese characters, never
  /// inside a number or an English word that fits a line, and never so that a line starts with a mark that closes or ends
  /// with one that opens.
  public func wrapped(to width: Int) -> [String] { measuredLines(of: width).map(\.text) }

  func measuredLines(of width: Int) -> [MeasuredText] {
    guard utf8.first == UInt8(ascii: " ") else { return LineWrapping.lines(of: String(self), width) }
    let indent = String(prefix { $0 == " " })
    let text = String(dropFirst(indent.count))
    // There must be room for a Chinese character beside it.
    guard indent.count + 2 <= width else { return LineWrapping.lines(of: text, width) }
    return LineWrapping.lines(of: text, width - indent.count).map { line in
      MeasuredText(text: indent + line.text, width: indent.count + line.width)
    }
  }

  /// How narrow a title may get: English is cut at spaces only, Chinese anywhere.
  var leastWidth: Int {
    let words = split(separator: " ")
    return words.count > 1 || utf8.allSatisfy { $0 < 0x80 } ? words.map(\.displayWidth).max() ?? 0 : 6
  }
}

/// A text and how many columns of a terminal it takes.
struct MeasuredText {
  let text: String
  let width: Int
}

/// Cuts a text into lines. A long table has thousands of cells that do not fit their column: so it works on places in
/// the text, and makes texts of whole lines only.
private struct LineWrapping {
  /// A stretch of the text.
  private struct Piece {
    let start: String.Index
    var end: String.Index
    var width: Int
  }

  private let text: String
  private let width: Int
  private var lines: [MeasuredText] = []
  /// The line begun, if it has anything yet.
  private var line: Piece?
  /// After it, which count only if something follows on the line.
  private var spaces = 0

  static func lines(of text: String, _ width: Int) -> [MeasuredText] {
    let words = text.utf8.contains(UInt8(ascii: " ")) ? text.split(separator: " ") : []
    let areWords = words.count > 1 && words.allSatisfy { $0.displayWidth <= width }
    // Between words that all fit, several spaces are one.
    var wrapping = LineWrapping(text: areWords ? words.joined(separator: " ") : text, width: width)
    wrapping.run(atSpacesOnly: areWords)
    return wrapping.lines
  }

  private init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// - Parameter atSpacesOnly: whether a line may end nowhere else.
  private mutating func run(atSpacesOnly: Bool) {
    let characters = characters()
    var next = 0
    while next < characters.count {
      let start = next
      var piece = characters[start].piece
      next += 1
      while next < characters.count, characters[next].joins(characters[next - 1], atSpacesOnly: atSpacesOnly) {
        piece.end = characters[next].piece.end
        piece.width += characters[next].piece.width
        next += 1
      }
      if characters[start].isSpace {
        // A space between two lines is the break itself.
        if line != nil { spaces += 1 }
      } else if piece.width <= width {
        add(piece)
      } else {
        for character in characters[start..<next] { add(character.piece) }
      }
    }
    finish()
  }

  private func characters() -> [WrappedCharacter] {
    var characters: [WrappedCharacter] = []
    characters.reserveCapacity(text.utf8.count)
    // Scalars that are characters of their own need not be joined with those beside them.
    let isPlain = text.unicodeScalars.allSatisfy { $0.plainWidth != nil }
    var start = text.startIndex
    while start < text.endIndex {
      let end = isPlain ? text.unicodeScalars.index(after: start) : text.index(after: start)
      let scalar = text.unicodeScalars[start]
      let width = isPlain ? scalar.plainWidth ?? 0 : text[start].displayWidth
      let isASCII = isPlain ? scalar.isASCII : text[start].isASCII
      characters.append(
        WrappedCharacter(scalar, Piece(start: start, end: end, width: width), isASCII: isASCII))
      start = end
    }
    return characters
  }

  /// Puts a piece on the line, or on a new one.
  private mutating func add(_ piece: Piece) {
    if let line, line.width + spaces + piece.width > width { finish() }
    let before = line.map { ($0.start, $0.width + spaces) } ?? (piece.start, 0)
    line = Piece(start: before.0, end: piece.end, width: before.1 + piece.width)
    spaces = 0
  }

  private mutating func finish() {
    lines.append(
      line.map { MeasuredText(text: String(text[$0.start..<$0.end]), width: $0.width) }
        ?? MeasuredText(text: "", width: 0))
    (line, spaces) = (nil, 0)
  }

  /// What matters of a character for where a line may end.
  private struct WrappedCharacter {
    let piece: Piece
    let isSpace: Bool
    /// Of a number or a word in Latin letters.
    private let isOfWord: Bool
    /// A mark that begins what stands after it.
    private let isOpening: Bool
    /// A mark that ends what stands before it.
    private let isClosing: Bool

    /// - Parameter scalar: its first.
    init(_ scalar: Unicode.Scalar, _ piece: Piece, isASCII: Bool) {
      self.piece = piece
      isSpace = isASCII && scalar == " "
      isOfWord = isASCII && scalar != " "
      switch scalar {
      case "(", "[", "{": (isOpening, isClosing) = (true, false)
      case ")", "]", "}": (isOpening, isClosing) = (false, true)
      case "\u{FF0C}", "\u{3002}", "\u{3001}", "\u{FF1B}", "\u{FF1A}", "\u{FF05}":
        (isOpening, isClosing) = (false, true)
      // No other ASCII nor a Chinese character in common use: their properties need not be looked up.
      case "\u{00}"..."\u{7F}", "\u{4E00}"..."\u{9FFF}": (isOpening, isClosing) = (false, false)
      default:
        let category = scalar.properties.generalCategory
        isOpening = category == .initialPunctuation || category == .openPunctuation
        isClosing = category == .finalPunctuation || category == .closePunctuation
      }
    }

    /// Whether no line may end between the two.
    func joins(_ last: WrappedCharacter, atSpacesOnly: Bool) -> Bool {
      !last.isSpace && !isSpace && (atSpacesOnly || last.isOfWord && isOfWord || last.isOpening || isClosing)
    }
  }
}

import Foundation

/// How the text of a table is written as bytes.
enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// As Chinese spreadsheets save it; GBK and GB2312 are parts of it.
  case gb18030

  /// Stands in front of a text to say that it is UTF-8.
  static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// As it is found from what a file begins with, and, where that says nothing, from whether it reads as UTF-8.
  ///
  /// A file that is mostly UTF-8 is taken for it, so that one spoilt byte is told as such and does not turn a whole
  /// column into other characters.
  static func found(in source: JournalBytes) throws -> TextEncoding {
    var start = [UInt8](repeating: 0, count: 4_096)
    let length = try start.withUnsafeMutableBytes { try source.read(from: 0, into: $0) }
    let bytes = start[..<length]
    if bytes.starts(with: utf8Mark) { return .utf8 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .utf16 }
    // Separators and digits are in every table: in UTF-16 each has a byte of 0 beside it.
    let (even, odd) = bytes.indices.reduce(into: (0, 0)) { zeros, index in
      guard bytes[index] == 0 else { return }
      if index % 2 == 0 { zeros.0 += 1 } else { zeros.1 += 1 }
    }
    if even + odd > length / 8 { return even > odd ? .utf16BigEndian : .utf16LittleEndian }
    return try isMostlyUTF8(source) ? .utf8 : .gb18030
  }

  private static func isMostlyUTF8(_ source: JournalBytes) throws -> Bool {
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var (whole, broken, at) = (0, 0, 0)
    while true {
      let length = try part.withUnsafeMutableBytes { try source.read(from: at, into: $0) }
      at += length
      var index = 0
      while index < length {
        let width = UTF8.widthOfCharacter(part[..<length], at: index)
        if width > 1 { whole += 1 }
        // What the end of a part cuts off says nothing.
        if width == 0, index < length - 3 || length < part.count { broken += 1 }
        index += max(width, 1)
      }
      guard length == part.count else { return broken == 0 || whole > 2 * broken }
    }
  }
}

extension UTF8 {
  /// How many bytes the character at a place has; 0 where none starts there.
  fileprivate static func widthOfCharacter(_ bytes: ArraySlice<UInt8>, at index: Int) -> Int {
    let first = bytes[index]
    let width =
      switch first {
      case ..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard width > 0, index + width <= bytes.endIndex,
      bytes[(index + 1)..<(index + width)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { return 0 }
    return width
  }
}

/// Turns bytes of any encoding into UTF-8, part by part.
struct TextDecoder: ~Copyable {
  private let converter: iconv_t
  /// The first bytes of a character whose others are in the next part.
  private var rest: [UInt8] = []

  init(_ encoding: TextEncoding) {
    converter = iconv_open("UTF-8", encoding.rawValue)
    precondition(Int(bitPattern: converter) != -1, "the system knows every encoding of `TextEncoding`")
  }

  deinit { iconv_close(converter) }

  /// What came of a part: its text, up to the first bytes that are no text.
  struct Decoded {
    var text: [UInt8] = []
    /// The bytes that are no text, if there are some.
    var broken: ArraySlice<UInt8>?
  }

  /// - Parameter isLast: nothing comes after it.
  mutating func decode(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> Decoded {
    var input = rest + bytes
    rest = []
    var decoded = Decoded()
    // No encoding needs more than three bytes of UTF-8 for two of its own, or four for four.
    var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
    let (read, written) = input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var (left, room) = (input.count, output.count)
        _ = iconv(converter, &from, &left, &to, &room)
        return (input.count - left, output.count - room)
      }
    }
    output.removeLast(output.count - written)
    decoded.text = output
    let unread = input[read...]
    if unread.isEmpty { return decoded }
    // The longest character has four bytes: with fewer, the others may still come.
    if !isLast, unread.count < 4 { rest = Array(unread) } else { decoded.broken = unread.prefix(4) }
    return decoded
  }
}

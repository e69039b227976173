/// A value of a journal line, with the byte offset where it starts in the line.
struct JSONNode {
  enum Value {
    case text(String)
    /// As written; the reader decides which numbers it takes.
    case number(String)
    case flag(Bool)
    case null
    case array([JSONNode])
    case object([JSONMember])
  }

  let value: Value
  let offset: Int

  /// `nil`: not a text.
  var text: String? {
    guard case .text(let text) = value else { return nil }
    return text
  }
}

struct JSONMember {
  let key: String
  /// `nil`: no field has this name.
  let field: Field?
  let keyOffset: Int
  let node: JSONNode
}

/// A flaw of the text itself, at a byte offset of the line.
struct JSONFlaw: Error {
  let code: ProblemCode
  let offset: Int
  var field: String?
  var value: String?
  let expected: Phrase
}

/// A strict reader of one JSON text (RFC 8259), bytes in, nodes with places out.
///
/// It goes on past what can be told apart (a doubled key, `null`, `""`, U+0000), so that all flaws of a line are
/// reported; at a syntax error it stops.
struct JSONScanner {
  /// An object, its `lines`, and the objects in them.
  static let deepest = 3

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private(set) var flaws: [JSONFlaw] = []
  private var currentField: String?

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// - Returns: the members of the object the line consists of; `nil` where the flaws say why not.
  mutating func line() -> [JSONMember]? {
    do throws(JSONFlaw) {
      skipSpace()
      guard peek == UInt8(ascii: "{") else { throw syntax(.expectedObject) }
      let node = try value(depth: 1)
      currentField = nil
      skipSpace()
      guard at == bytes.count else { throw syntax(.expectedEndOfLine) }
      guard case .object(let members) = node.value else { return nil }
      return members
    } catch {
      flaws.append(error)
      return nil
    }
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  private func syntax(_ expected: Phrase) -> JSONFlaw {
    let rest = at < bytes.count ? String(decoding: bytes[at..<min(bytes.count, at + 20)], as: UTF8.self) : nil
    return JSONFlaw(code: .jsonSyntax, offset: at, field: currentField, value: rest, expected: expected)
  }

  private mutating func value(depth: Int) throws(JSONFlaw) -> JSONNode {
    let start = at
    switch peek {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth <= JSONScanner.deepest else {
        throw JSONFlaw(code: .jsonTooDeep, offset: start, field: currentField, expected: .expectedShallow)
      }
      if peek == UInt8(ascii: "{") { return try object(depth: depth) }
      return try array(depth: depth)
    case UInt8(ascii: "\""):
      let known = flaws.count
      let text = try string()
      if text.isEmpty, flaws.count == known {
        flaws.append(JSONFlaw(code: .jsonEmptyText, offset: start, field: currentField, expected: .expectedNoEmpty))
      }
      return JSONNode(value: .text(text), offset: start)
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"):
      let node = try word("null", .null)
      flaws.append(JSONFlaw(code: .jsonNull, offset: start, field: currentField, expected: .expectedNoNull))
      return node
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONNode.Value) throws(JSONFlaw) -> JSONNode {
    let start = at
    for byte in word.utf8 {
      guard peek == byte else { throw syntax(.expectedValue) }
      at += 1
    }
    return JSONNode(value: value, offset: start)
  }

  private mutating func object(depth: Int) throws(JSONFlaw) -> JSONNode {
    let start = at
    at += 1
    var members: [JSONMember] = []
    var fields: UInt64 = 0
    var others: Set<String> = []
    skipSpace()
    if peek == UInt8(ascii: "}") {
      at += 1
      return JSONNode(value: .object([]), offset: start)
    }
    members.reserveCapacity(12)
    while true {
      skipSpace()
      let keyOffset = at
      guard peek == UInt8(ascii: "\"") else { throw syntax(.expectedKey) }
      let key = try string()
      currentField = key
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw syntax(.expectedColon) }
      at += 1
      skipSpace()
      let node = try value(depth: depth + 1)
      let field = Field(named: key)
      if field.map({ fields & $0.bit == 0 }) ?? others.insert(key).inserted {
        fields |= field?.bit ?? 0
        members.append(JSONMember(key: key, field: field, keyOffset: keyOffset, node: node))
      } else {
        flaws.append(
          JSONFlaw(code: .jsonDuplicateKey, offset: keyOffset, field: key, expected: .expectedKeyOnce))
      }
      currentField = key
      skipSpace()
      guard let byte = peek, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") else {
        throw syntax(.expectedCommaOrBrace)
      }
      at += 1
      if byte == UInt8(ascii: "}") { return JSONNode(value: .object(members), offset: start) }
    }
  }

  private mutating func array(depth: Int) throws(JSONFlaw) -> JSONNode {
    let start = at
    at += 1
    var elements: [JSONNode] = []
    let field = currentField
    skipSpace()
    if peek == UInt8(ascii: "]") {
      at += 1
      return JSONNode(value: .array([]), offset: start)
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      currentField = field
      skipSpace()
      guard let byte = peek, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") else {
        throw syntax(.expectedCommaOrBracket)
      }
      at += 1
      if byte == UInt8(ascii: "]") { return JSONNode(value: .array(elements), offset: start) }
    }
  }

  /// A number as RFC 8259 writes it.
  private mutating func number() throws(JSONFlaw) -> JSONNode {
    let start = at
    if peek == UInt8(ascii: "-") { at += 1 }
    guard let first = peek, isDigit(first) else {
      at = start
      throw syntax(.expectedValue)
    }
    at += 1
    if first != UInt8(ascii: "0") { skipDigits() }
    if peek == UInt8(ascii: ".") {
      at += 1
      guard let digit = peek, isDigit(digit) else { throw syntax(.expectedValue) }
      skipDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      at += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      guard let digit = peek, isDigit(digit) else { throw syntax(.expectedValue) }
      skipDigits()
    }
    return JSONNode(value: .number(String(decoding: bytes[start..<at], as: UTF8.self)), offset: start)
  }

  private mutating func skipDigits() { while let byte = peek, isDigit(byte) { at += 1 } }
  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

extension JSONScanner {
  /// A string, from its opening quote. Most have no escapes and are taken as they stand.
  private mutating func string() throws(JSONFlaw) -> String {
    at += 1
    let start = at
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
    if peek == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<at - 1], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw syntax(.expectedEscapedControl)
      default:
        text.append(byte)
        at += 1
      }
    }
    throw syntax(.expectedClosingQuote)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONFlaw) {
    let start = at
    at += 1
    guard let letter = peek else { throw syntax(.expectedEscape) }
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(from: start, into: &text)
    default:
      at = start
      throw syntax(.expectedEscape)
    }
  }

  private mutating func unicodeEscape(from start: Int, into text: inout [UInt8]) throws(JSONFlaw) {
    let first = try hexadecimal()
    var scalar = UInt32(first)
    if (0xD800...0xDBFF).contains(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    {
      let before = at
      at += 2
      let second = try hexadecimal()
      if (0xDC00...0xDFFF).contains(second) {
        scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      } else {
        at = before
      }
    }
    if scalar == 0 {
      flaws.append(JSONFlaw(code: .jsonNUL, offset: start, field: currentField, expected: .expectedNoNUL))
    }
    guard let character = Unicode.Scalar(scalar) else {
      flaws.append(
        JSONFlaw(code: .jsonLoneSurrogate, offset: start, field: currentField, expected: .expectedSurrogatePair))
      return
    }
    text.append(contentsOf: UTF8.encode(character).map(Array.init) ?? [])
  }

  private mutating func hexadecimal() throws(JSONFlaw) -> UInt16 {
    guard at + 4 <= bytes.count, let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-")
    else { throw syntax(.expectedEscape) }
    at += 4
    return unit
  }
}

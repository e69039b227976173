/// The text of a JSON object, member by member in the order added. Absent values are left out.
public struct JSONObjectText {
  private var body: [UInt8] = [UInt8(ascii: "{")]

  public init() {}

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text as UTF-8.
  var bytes: [UInt8] { body + [UInt8(ascii: "}")] }

  public mutating func add(_ key: String, _ value: String?) {
    guard let value else { return }
    begin(key)
    JSONObjectText.quote(value, into: &body)
  }

  public mutating func add(_ key: String, _ value: Int?) {
    guard let value else { return }
    begin(key)
    body += String(value).utf8
  }

  public mutating func add(_ key: String, _ value: Bool) {
    begin(key)
    body += (value ? "true" : "false").utf8
  }

  public mutating func add(_ key: String, _ object: JSONObjectText) {
    begin(key)
    add(object)
  }

  public mutating func add(_ key: String, orNull value: String?) {
    begin(key)
    if let value { JSONObjectText.quote(value, into: &body) } else { body += "null".utf8 }
  }

  public mutating func add(_ key: String, orNull value: Int?) {
    begin(key)
    body += (value.map(String.init) ?? "null").utf8
  }

  public mutating func add(_ key: String, objects: some Sequence<JSONObjectText>) {
    addArray(key, objects) { $0.add($1) }
  }

  public mutating func add(_ key: String, texts: some Sequence<String>) {
    addArray(key, texts) { JSONObjectText.quote($1, into: &$0.body) }
  }

  public mutating func add(_ key: String, numbers: some Sequence<Int>) {
    addArray(key, numbers) { $0.body += String($1).utf8 }
  }

  private mutating func addArray<Element>(
    _ key: String, _ elements: some Sequence<Element>, _ add: (inout JSONObjectText, Element) -> Void
  ) {
    begin(key)
    body.append(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { body.append(UInt8(ascii: ",")) }
      add(&self, element)
      isFirst = false
    }
    body.append(UInt8(ascii: "]"))
  }

  private mutating func add(_ object: JSONObjectText) {
    body += object.body
    body.append(UInt8(ascii: "}"))
  }

  private mutating func begin(_ key: String) {
    if body.count > 1 { body.append(UInt8(ascii: ",")) }
    JSONObjectText.quote(key, into: &body)
    body.append(UInt8(ascii: ":"))
  }

  /// A JSON string as RFC 8785 writes it: only what must be escaped is.
  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: utf8)
      } else {
        for byte in utf8 { escape(byte, into: &bytes) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
    func add(_ letter: UInt8) { bytes += [UInt8(ascii: "\\"), letter] }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): add(byte)
    case 0x08: add(UInt8(ascii: "b"))
    case 0x09: add(UInt8(ascii: "t"))
    case 0x0A: add(UInt8(ascii: "n"))
    case 0x0C: add(UInt8(ascii: "f"))
    case 0x0D: add(UInt8(ascii: "r"))
    case ..<0x20:
      add(UInt8(ascii: "u"))
      bytes += "00".utf8
      bytes += hexadecimalText([byte]).utf8
    default: bytes.append(byte)
    }
  }
}

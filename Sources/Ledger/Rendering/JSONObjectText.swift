/// The text of a JSON object, member by member in the order added. Absent values are left out.
public struct JSONObjectText {
  private var body = ""

  public init() {}

  public var text: String { "{\(body)}" }

  public mutating func add(_ key: String, _ value: String?) {
    guard let value else { return }
    add(key, raw: JSONObjectText.quoted(value))
  }

  public mutating func add(_ key: String, _ value: Int?) {
    guard let value else { return }
    add(key, raw: String(value))
  }

  public mutating func add(_ key: String, _ value: Bool) { add(key, raw: value ? "true" : "false") }

  public mutating func add(_ key: String, array elements: [String]) {
    add(key, raw: "[\(elements.joined(separator: ","))]")
  }

  public mutating func add(_ key: String, orNull value: String?) {
    add(key, raw: value.map(JSONObjectText.quoted) ?? "null")
  }

  public mutating func add(_ key: String, orNull value: Int?) { add(key, raw: value.map(String.init) ?? "null") }

  /// - Parameter raw: JSON as it stands.
  public mutating func add(_ key: String, raw: String) {
    if !body.isEmpty { body.append(",") }
    body.append(JSONObjectText.quoted(key))
    body.append(":")
    body.append(raw)
  }

  /// A JSON string as RFC 8785 writes it: only what must be escaped is.
  public static func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return "\"\(text)\""
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{08}": quoted += "\\b"
      case "\u{09}": quoted += "\\t"
      case "\u{0A}": quoted += "\\n"
      case "\u{0C}": quoted += "\\f"
      case "\u{0D}": quoted += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

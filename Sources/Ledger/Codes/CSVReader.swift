/// Comma-separated values as RFC 4180 has them, for the tables that are part of this library.
enum CSVReader {
  /// - Parameter text: UTF-8. What separates is ASCII, so bytes will do: every command reads the tables anew.
  static func rows(of text: [UInt8]) -> [[String]] {
    let (quote, comma, newline) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"))
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var quoted = false
    func finished() -> String { String(decoding: field, as: UTF8.self) }
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case quote where quoted:
        quoted = index < text.count && text[index] == quote
        if quoted {
          field.append(quote)
          index += 1
        }
      case quote where field.isEmpty: quoted = true
      case comma where !quoted:
        row.append(finished())
        field.removeAll(keepingCapacity: true)
      case newline where !quoted:
        rows.append(row + [finished()])
        row.removeAll(keepingCapacity: true)
        field.removeAll(keepingCapacity: true)
      default: field.append(byte)
      }
    }
    return row.isEmpty && field.isEmpty ? rows : rows + [row + [finished()]]
  }
}

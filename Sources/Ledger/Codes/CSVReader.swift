/// Comma-separated values as RFC 4180 has them, for the tables that are part of this library.
enum CSVReader {
  static func rows(of text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var quoted = false
    var characters = text.makeIterator()
    var pending: Character?
    while let character = pending ?? characters.next() {
      pending = nil
      switch character {
      case "\"" where quoted:
        let following = characters.next()
        if following == "\"" { field.append("\"") } else { quoted = false; pending = following }
      case "\"" where field.isEmpty: quoted = true
      case "," where !quoted:
        row.append(field)
        field = ""
      case "\n" where !quoted:
        rows.append(row + [field])
        row = []
        field = ""
      default: field.append(character)
      }
    }
    return row.isEmpty && field.isEmpty ? rows : rows + [row + [field]]
  }
}

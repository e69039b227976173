/// A journal that hledger and ledger both read.
///
/// Each line of an event is a transaction. What the event says of the line stands in tags, so that both can add up by any
/// of them (`--pivot`). A change of the budget is also a goal for the account of spending, so that `hledger balance
/// --budget` holds the one against the other.
public struct PlainTextExport: EventExport {
  /// ledger reads no line of more than 4,095 bytes: room for three texts of characters of four bytes.
  private static let longestText = 300
  private static let goalSource = "Equity:Goal"

  private let language: Language
  private var book = AccountBook()

  public init(in language: Language) { self.language = language }

  public var head: String {
    let tags = BookEntry.fields.map { "tag \($0.rawValue)\n" }.joined()
    return "commodity CNY\n    format 1000.00 CNY\n\n" + tags + "\naccount \(PlainTextExport.goalSource)\n"
  }

  public mutating func text(of event: ExportedEvent) -> String {
    book.entries(of: event).map { text(of: $0) }.joined()
  }

  private func text(of entry: BookEntry) -> String {
    var lines = [""]
    for opened in entry.opened {
      lines.append("account " + opened.account)
      if let name = opened.name { lines.append("    note " + PlainTextExport.plain(name)) }
    }
    if !entry.opened.isEmpty { lines.append("") }
    let words = entry.words(in: language)
    let code = PlainTextExport.plain(entry.recorded.event.annotation.doc ?? "", without: [")": "）"])
    lines.append("\(entry.day) * (\(code)) " + words.map { PlainTextExport.plain($0) }.joined(separator: " | "))
    // With a space behind the colon, or ledger takes it for a remark.
    lines += entry.tags.map { "    ; \($0.field.rawValue): \(PlainTextExport.tagged($0.value))" }
    lines += entry.amounts.map { "    \($0.account)  \($0.fen.yuan) CNY" }
    if entry.goal.fen != 0 {
      // The one form of a goal for one day that both read alike; its end is the day after.
      let next = entry.day.next?.description ?? "3000-01-01"
      lines += [
        "", "~ daily from \(entry.day) to \(next)", "    \(entry.goal.account)  \(entry.goal.fen.yuan) CNY",
        "    \(PlainTextExport.goalSource)  \((-entry.goal.fen).yuan) CNY",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// In one line, without what begins a remark, and without other characters that mean something where it stands. By
  /// code point: a mark that combines with one of them would hide it.
  private static func plain(_ text: String, without special: [Unicode.Scalar: Unicode.Scalar] = [:]) -> String {
    var line = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      length += 1
      if length > longestText {
        line.append("…")
        break
      }
      line.append(scalar.properties.isWhitespace ? " " : scalar == ";" ? "；" : special[scalar] ?? scalar)
    }
    return String(line)
  }

  /// The same without what ends a tag, or would be taken for a date.
  private static func tagged(_ text: String) -> String {
    plain(text, without: [",": "，", "[": "［", "]": "］"])
  }
}

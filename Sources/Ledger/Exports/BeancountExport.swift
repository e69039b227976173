/// A ledger that beancount reads. Each line of an event is a transaction, with what the event says of it as metadata.
public struct BeancountExport: EventExport {
  private let language: Language
  private var book = AccountBook()

  public init(in language: Language) { self.language = language }

  public var head: String { "option \"operating_currency\" \"CNY\"\n\(Day.first) commodity CNY\n" }

  public mutating func text(of event: ExportedEvent) -> String {
    book.entries(of: event).map { text(of: $0) }.joined()
  }

  private func text(of entry: BookEntry) -> String {
    var lines = [""]
    for opened in entry.opened {
      // On the first day there is, since what is recorded later may have happened before.
      lines.append("\(Day.first) open \(opened.account) CNY")
      if let name = opened.name { lines.append("  name: " + BeancountExport.quoted(name)) }
    }
    if !entry.opened.isEmpty { lines.append("") }
    let words = entry.words(in: language)
    lines.append("\(entry.day) * " + words.map(BeancountExport.quoted).joined(separator: " "))
    let doc = entry.recorded.event.annotation.doc.map { [(field: Field.doc, value: $0)] } ?? []
    lines += (entry.tags + doc).map { "  \($0.field.rawValue): \(BeancountExport.quoted($0.value))" }
    lines += entry.amounts.map { "  \($0.account)  \($0.fen.yuan) CNY" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    // By code point: a mark that combines with a quote would hide it among characters.
    let escaped = text.unicodeScalars.reduce(into: String.UnicodeScalarView()) { escaped, scalar in
      if scalar == "\\" || scalar == "\"" { escaped.append("\\") }
      escaped.append(scalar)
    }
    return "\"" + String(escaped) + "\""
  }
}

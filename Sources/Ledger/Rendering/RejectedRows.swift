/// Rows of a table that cannot be imported, as they stand there, each with the reason.
public enum RejectedRows {
  /// The headings and the rows that problems are about, in CSV, with a last column for the reason.
  /// - Throws: `Problems`, where the file cannot be read again.
  public static func csv(
    of source: JournalBytes, by rules: ImportRules, _ problems: [Problem], in language: Language
  ) throws -> String {
    var reasons: [Int: [String]] = [:]
    for problem in problems {
      if let row = problem.at.line { reasons[row, default: []].append(problem.reason(in: language)) }
    }
    let reader = try TableReader(source, rules.form)
    var text = ""
    var width = 0
    try reader.forEachRow { row in
      if width == 0, isHeading(row, rules) {
        width = row.cells.count
        // Spreadsheets take a text for UTF-8 that says so.
        text += "\u{FEFF}" + CSVWriter.line(row.cells + [Phrase.columnRefusal.text(in: language)])
      } else if let found = reasons[row.number] {
        let missing = max(0, width - row.cells.count)
        text += CSVWriter.line(row.cells + Array(repeating: "", count: missing) + [found.joined(separator: "; ")])
      }
      return true
    }
    return text
  }

  private static func isHeading(_ row: TableRow, _ rules: ImportRules) -> Bool {
    if let wanted = rules.headingRow { return row.number == wanted }
    return rules.fitted(to: Set(row.cells.map(\.trimmed))).isOfHeadings
  }
}

extension Problem {
  /// In one line, for a cell of a table.
  fileprivate func reason(in language: Language) -> String {
    let what = [field, value].compactMap { $0 }.joined(separator: " ")
    let parts = [code.title.text(in: language), what, detail?.text(in: language), expected?.text(in: language)]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

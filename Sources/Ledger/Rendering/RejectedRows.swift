/// Rows of a table that cannot be imported, as they stand there, each with the reason.
public enum RejectedRows {
  /// The headings, what stands above them, and the rows that problems are about, in CSV, with a last column for the reason.
  /// - Throws: `Problems`, where the file cannot be read again.
  public static func csv(
    of source: JournalBytes, by rules: ImportRules, _ problems: [Problem], in language: Language
  ) throws -> String {
    var reasons: [Int: [String]] = [:]
    for problem in problems {
      if let row = problem.at.line { reasons[row, default: []].append(problem.reason(in: language)) }
    }
    let reader = try TableReader(source, rules.form)
    func line(_ cells: [String]) -> String { CSVWriter.line(cells, separator: rules.form.separator) }
    // Spreadsheets take a text for UTF-8 that says so, and so does an import, whatever its rules say.
    var text = "\u{FEFF}"
    var width = 0
    var written = 0
    try reader.forEachRow { row in
      if width == 0 {
        // What stands above comes along, so that the headings are in the row where rules look for them.
        text += String(repeating: line([""]), count: max(0, row.number - written - 1))
        written = row.number
        let isHeading = isHeading(row, rules)
        if isHeading { width = row.cells.count }
        text += line(row.cells + (isHeading ? [Phrase.columnRefusal.text(in: language)] : []))
      } else if let found = reasons[row.number] {
        let missing = max(0, width - row.cells.count)
        text += line(row.cells + Array(repeating: "", count: missing) + [found.joined(separator: "; ")])
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

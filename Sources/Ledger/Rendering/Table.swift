/// Rows and columns of text, ready for any format that shows tables.
public struct Table: Sendable {
  public enum Alignment: Sendable { case left, right }

  public struct Column: Sendable {
    public let title: String
    public let alignment: Alignment

    public init(_ title: String, _ alignment: Alignment) {
      self.title = title
      self.alignment = alignment
    }
  }

  public let columns: [Column]
  public var rows: [[String]]
  /// Rows from here on are set off as totals.
  public var totals: [[String]]

  public init(columns: [Column], rows: [[String]], totals: [[String]] = []) {
    self.columns = columns
    self.rows = rows
    self.totals = totals
  }
}

extension Table {
  /// GitHub's Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ") + " |\n"
    }
    let rule = columns.map { $0.alignment == .right ? "---:" : "---" }
    return line(columns.map(\.title)) + "| \(rule.joined(separator: " | ")) |\n"
      + (rows + totals).map(line).joined()
  }
}

/// Comma-separated values as RFC 4180 has them, with LF.
public enum CSVWriter {
  /// What a cell is put in quotes for.
  private static let special = Set("\"\n\r".utf8)
  private static let comma = UInt8(ascii: ",")

  /// - Parameter separator: `nil`: a comma.
  public static func line(_ fields: [String?], separator: UInt8? = nil) -> String {
    let separator = separator ?? comma
    return fields.map { field in
      guard let field else { return "" }
      // By code point: a mark that combines with a quote would hide it among characters.
      guard field.utf8.contains(where: { $0 == separator || special.contains($0) }) else { return field }
      let quoted = field.unicodeScalars.reduce(into: String.UnicodeScalarView()) { text, scalar in
        if scalar == "\"" { text.append(scalar) }
        text.append(scalar)
      }
      return "\"\(String(quoted))\""
    }.joined(separator: String(UnicodeScalar(separator))) + "\n"
  }
}

extension MeasureReport {
  /// The key fields, `name`, then the figures of the JSON in its order.
  public var csv: String {
    let figures = columns
    let compared = priorYear == nil ? [] : comparisonColumns
    let header = query.by.map(\.name) + ["name"] + figures.map(\.name) + compared.map(\.name)
    var text = CSVWriter.line(header)
    for row in rows {
      text += CSVWriter.line(row.key + [row.name] + (figures + compared).map { $0.value(row) })
    }
    return text
  }

  private var comparisonColumns: [Column] {
    MeasureReport.compared.flatMap { measure in
      [
        Column(name: "prior.\(measure.rawValue)") { $0.prior?[measure].yuan },
        Column(name: "change.\(measure.rawValue)") { ($0.figures[measure] - ($0.prior?[measure] ?? 0)).yuan },
        Column(name: "growth.\(measure.rawValue)") { $0.growth(of: measure)?.percent() },
      ]
    }
  }
}

extension Sheet {
  /// The page as a grid, line by line as a spreadsheet shows it: title, owner, headings, rows, notes; numbers without `,`.
  public var grid: [[String]] {
    let width = max(1, parts.map(\.columns.count).max() ?? 1)
    func padded(_ cells: [String]) -> [String] { cells + Array(repeating: "", count: width - cells.count) }
    var lines = [padded([title])]
    var head = padded([owner])
    head[width - 1] = [width == 1 ? owner : nil, number, money].compactMap { $0 }.joined(separator: " ")
    lines.append(head)
    for part in parts {
      lines += part.headings.map { padded($0.map(\.content.plain)) }
      lines += part.rows.map { row in padded(row.map(\.content.plain)) }
    }
    return lines + notes.map { padded([$0]) }
  }

  public var csv: String { grid.map { CSVWriter.line($0) }.joined() }
}

extension Sheet {
  /// GitHub's Markdown: a heading, a table a part, notes.
  public var markdown: String {
    var text = "## \(title)\n\n" + [owner, number, money].compactMap { $0 }.joined(separator: "　") + "\n"
    for part in parts {
      let table = Table(
        columns: part.columns.indices.map { column in
          Table.Column(part.titles(of: column).joined(separator: "/"), part.columns[column].isRight ? .right : .left)
        },
        rows: part.rows.map { $0.map(\.markdown) })
      text += "\n" + table.markdown
    }
    return text + notes.map { "\n\($0)\n" }.joined()
  }
}

extension Sheet.Cell {
  fileprivate var markdown: String { isTotal && content != .empty ? "**\(content.shown)**" : content.shown }
}

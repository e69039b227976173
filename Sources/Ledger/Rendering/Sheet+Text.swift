extension Sheet {
  /// For a terminal: sides that do not fit next to one another stand below one another, and a side that is still too wide
  /// is cut between columns, with its labels repeated.
  public func text(width: Int) -> String {
    let head = [owner, number, money].compactMap { $0 }.joined(separator: "  ")
    var text = title + "\n" + head.wrapped(to: width).joined(separator: "\n") + "\n"
    for part in parts {
      for piece in part.pieces(width: width) {
        text += "\n" + (piece.caption.map { "[\($0)]\n" } ?? "") + piece.table.text(width: width)
      }
    }
    let lines = notes.flatMap { $0.wrapped(to: width) }
    return text + (lines.isEmpty ? "" : "\n" + lines.joined(separator: "\n") + "\n")
  }
}

extension Sheet.Part {
  /// A table of its own on a terminal.
  fileprivate struct Piece {
    /// The heading that all its columns share.
    let caption: String?
    let table: Table
  }

  /// One table if it fits, else one for each side, and of a side that is still too wide one for each of its top headings.
  fileprivate func pieces(width: Int) -> [Piece] {
    let level = isNamed ? 1 : 0
    if fits(Array(columns.indices), width) {
      let name = isNamed && sides.count == 1 ? titles(of: 0).first : nil
      return [Piece(caption: name, table: table(of: Array(columns.indices), below: level))]
    }
    let bounds = sides + [columns.count]
    return zip(bounds, bounds.dropFirst()).flatMap { start, end -> [Piece] in
      let side = Array(start..<end)
      let name = isNamed ? titles(of: start).first : nil
      if fits(side, width) { return [Piece(caption: name, table: table(of: side, below: level))] }
      let labels = Array(side.prefix { columns[$0].kind != .figure && columns[$0].kind != .text })
      return chunks(of: Array(side.dropFirst(labels.count)), under: level, beside: labels, width).map { chunk in
        let shared = Set(chunk.map { group(of: $0, level) }).count == 1 ? group(of: chunk[0], level) : nil
        let caption = [name, shared].compactMap { $0 }.joined(separator: " ")
        return Piece(
          caption: caption.isEmpty ? nil : caption,
          table: table(of: labels + chunk, below: level + (shared == nil ? 0 : 1)))
      }
    }
  }

  /// Columns that stand together: those of one heading, or as many as fit.
  private func chunks(of figures: [Int], under level: Int, beside labels: [Int], _ width: Int) -> [[Int]] {
    var chunks: [[Int]] = []
    for column in figures {
      let joins = chunks.last.map { last in
        group(of: last[0], level) == group(of: column, level) && fits(labels + last + [column], width)
      }
      if joins ?? false { chunks[chunks.count - 1].append(column) } else { chunks.append([column]) }
    }
    return chunks
  }

  /// The heading at a level that a column shares with others; `nil` where it is its last.
  private func group(of column: Int, _ level: Int) -> String? {
    let titles = titles(of: column)
    return titles.count > level + 1 ? titles[level] : nil
  }

  private func fits(_ chosen: [Int], _ width: Int) -> Bool {
    // Figures are not cut; a label can be, down to a few characters.
    let needed = chosen.map { column -> Int in
      let content = rows.map { $0[column].content.shown.displayWidth }.max() ?? 0
      switch columns[column].kind {
      case .figure, .line: return max(content, 6)
      case .code: return min(content, 12)
      case .label, .text: return min(content, 14)
      }
    }
    return needed.reduce(0, +) + 2 * (chosen.count - 1) <= width
  }

  /// - Parameter level: headings above it stand in the caption.
  private func table(of chosen: [Int], below level: Int) -> Table {
    func cells(_ row: [Sheet.Cell]) -> [String] {
      chosen.map { column in
        String(repeating: "  ", count: row[column].indent) + row[column].content.shown
      }
    }
    // Rows of nothing, which forms have to fill a side, say nothing here.
    let shown = rows.filter { row in chosen.contains { row[$0].content != .empty } }
    let totals = shown.reversed().prefix { row in chosen.contains { row[$0].isTotal } }.count
    return Table(
      columns: chosen.map { column in
        let own = titles(of: column).dropFirst(level)
        let title = own.isEmpty ? titles(of: column).last ?? "" : own.joined(separator: "/")
        return Table.Column(title, columns[column].isRight ? .right : .left)
      },
      rows: shown.dropLast(totals).map(cells), totals: shown.suffix(totals).map(cells))
  }
}

extension Sheet.Part {
  /// The headings above a column, from the top down.
  func titles(of column: Int) -> [String] {
    headings.compactMap { level in
      level.indices.first { level[$0].content != .empty && ($0..<$0 + level[$0].columns).contains(column) }
        .map { level[$0].content.shown }
    }
  }
}

extension Sheet.Column {
  /// Whether its cells stand at the right.
  var isRight: Bool { kind == .figure || kind == .line }
}

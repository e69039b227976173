extension Table {
  /// Columns aligned for a terminal, Chinese characters counted as two. If the table is wider than the terminal,
  /// titles and left-aligned columns are wrapped, the widest first; numbers never are.
  public func text(width terminalWidth: Int) -> String {
    let (widths, gap) = fittedWidths(to: terminalWidth)
    let rule = String(repeating: "─", count: widths.reduce(0, +) + gap * (widths.count - 1))
    var text = ""
    func add(_ cells: [String]) { addLines(of: cells, widths, gap, to: &text) }
    add(columns.map(\.title))
    text += rule + "\n"
    rows.forEach(add)
    if !totals.isEmpty {
      if !rows.isEmpty { text += rule + "\n" }
      totals.forEach(add)
    }
    return text
  }

  /// Adds a row, over as many lines as its highest cell needs, without spaces at their ends.
  private func addLines(of cells: [String], _ widths: [Int], _ gap: Int, to text: inout String) {
    let pieces = zip(cells, widths).map { cell, width in
      let text = cell.visible
      let whole = MeasuredText(text: text, width: text.displayWidth)
      return whole.width > width ? text.measuredLines(of: width) : [whole]
    }
    for index in 0..<(pieces.map(\.count).max() ?? 0) {
      // Written only before what follows them.
      var spaces = 0
      for column in columns.indices {
        if column > 0 { spaces += gap }
        guard index < pieces[column].count, !pieces[column][index].text.isEmpty else {
          spaces += widths[column]
          continue
        }
        let piece = pieces[column][index]
        let room = max(0, widths[column] - piece.width)
        if columns[column].alignment == .right { spaces += room }
        text.append(spaces: spaces)
        text += piece.text
        spaces = columns[column].alignment == .left ? room : 0
      }
      // A cell may end with one.
      while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
      text.append("\n")
    }
  }

  /// As wide as the content, if that fits; else titles of numbers are wrapped, then the columns stand closer, and at last
  /// left-aligned columns are wrapped.
  private func fittedWidths(to terminalWidth: Int) -> (widths: [Int], gap: Int) {
    let content = columns.indices.map { column in
      max(rows.lazy.map { $0[column].displayWidth }.max() ?? 0, totals.lazy.map { $0[column].displayWidth }.max() ?? 0)
    }
    let titles = columns.map(\.title.displayWidth)
    var widths = zip(content, titles).map { max($0, $1) }
    var gap = 2
    var excess = widths.reduce(0, +) + gap * (widths.count - 1) - terminalWidth
    func narrow(_ candidates: (Int) -> Bool) {
      while excess > 0, let widest = columns.indices.filter(candidates).max(by: { widths[$0] < widths[$1] }) {
        widths[widest] -= 1
        excess -= 1
      }
    }
    let least = columns.map(\.title.leastWidth)
    narrow { columns[$0].alignment == .right && widths[$0] > max(content[$0], least[$0]) }
    if excess > 0 {
      gap = 1
      excess -= widths.count - 1
    }
    narrow { columns[$0].alignment == .left && widths[$0] > 4 }
    return (widths, gap)
  }
}

extension String {
  private static let blank = String(repeating: " ", count: 64)

  fileprivate mutating func append(spaces count: Int) {
    for left in stride(from: count, to: 0, by: -64) {
      let end = String.blank.utf8.index(String.blank.startIndex, offsetBy: min(left, 64))
      self += String.blank[..<end]
    }
  }
}

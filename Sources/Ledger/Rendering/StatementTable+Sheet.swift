extension Statement {
  /// The pages of the statement, a table a page.
  ///
  /// - Parameter decimals: of money.
  public func sheets(in unit: DisplayUnit, decimals: Int = 2) -> [Sheet] {
    tables.map { $0.sheet(owner: unitName, year: year, in: MoneyForm(unit: unit, decimals: decimals)) }
  }
}

extension StatementTable {
  func sheet(owner: String, year: Int, in form: MoneyForm) -> Sheet {
    var parts: [Sheet.Part] = []
    var sides: [Block] = []
    func finish() {
      let isNamed = blocks.count > 1 && sides.allSatisfy { $0.name != nil }
      if !sides.isEmpty { parts.append(StatementTable.part(of: sides, isNamed: isNamed, in: form)) }
      sides = []
    }
    for block in blocks {
      if block.isStacked { finish() }
      sides.append(block)
    }
    finish()
    let numbered = notes.enumerated().map { "[\($0.offset + 1)] \($0.element)" }
    let hasMoney = blocks.contains { $0.columns.contains { $0.kind == .money } }
    return Sheet(
      title: name, number: number,
      owner: (project.map { Phrase.projectOwner($0, year: year) } ?? Phrase.statementOwner(owner, year: year)).chinese,
      money: hasMoney ? Phrase.moneyIn(form.unit.rawValue).chinese : nil, parts: parts,
      notes: [note.map { Phrase.labelNote.chinese + $0 }, emptySentence].compactMap { $0 } + numbered)
  }

  /// Sides next to one another, row by row; the shorter ones are filled up before their first total.
  private static func part(of blocks: [Block], isNamed: Bool, in form: MoneyForm) -> Sheet.Part {
    let depth = (blocks.flatMap(\.columns).map(\.titles.count).max() ?? 1) + (isNamed ? 1 : 0)
    var columns: [Sheet.Column] = []
    var headings = [[Sheet.Cell]](repeating: [], count: depth)
    var sides: [Int] = []
    let height = blocks.map(\.rows.count).max() ?? 0
    var rows = [[Sheet.Cell]](repeating: [], count: height)
    for block in blocks {
      sides.append(columns.count)
      columns += block.columns.map(\.sheetColumn)
      for (level, cells) in StatementTable.headings(of: block, isNamed: isNamed, depth: depth).enumerated() {
        headings[level] += cells
      }
      let theirs = block.filled(to: height)
      for (index, row) in theirs.enumerated() {
        rows[index] += row?.cells(under: block.columns, in: form) ?? block.columns.map { _ in .empty }
      }
    }
    return Sheet.Part(columns: columns, headings: headings, rows: rows, sides: sides, isNamed: isNamed)
  }

  /// The headings of a side, level by level: equal ones next to one another are one, and the last one reaches down.
  private static func headings(of block: Block, isNamed: Bool, depth: Int) -> [[Sheet.Cell]] {
    let name = isNamed ? block.name : nil
    let paths = block.columns.map { [name].compactMap { $0 } + $0.titles }
    var grid = [[Sheet.Cell]](repeating: Array(repeating: .empty, count: paths.count), count: depth)
    for level in 0..<depth {
      var column = 0
      while column < paths.count {
        let path = paths[column]
        guard level < path.count else {
          column += 1
          continue
        }
        // Only what is not the last of its path is shared with the next column.
        let isShared = level < path.count - 1
        let end =
          isShared
          ? paths[column...].firstIndex {
            $0.count <= level + 1 || Array($0.prefix(level + 1)) != Array(path.prefix(level + 1))
          } ?? paths.count
          : column + 1
        grid[level][column] = Sheet.Cell(
          .text(path[level]), columns: end - column, rows: isShared ? 1 : depth - level)
        column = end
      }
    }
    return grid
  }
}

extension StatementTable.Block {
  /// Its rows, with empty ones before its first total, so that what both sides add up to stands level.
  fileprivate func filled(to height: Int) -> [StatementTable.Row?] {
    let missing = [StatementTable.Row?](repeating: nil, count: height - rows.count)
    guard let total = rows.firstIndex(where: \.isTotal), total > 0 else { return rows + missing }
    return Array(rows[..<total]) as [StatementTable.Row?] + missing + Array(rows[total...])
  }
}

extension StatementTable.Column {
  fileprivate var sheetColumn: Sheet.Column {
    switch kind {
    case .label, .name: Sheet.Column(kind: .label)
    case .code: Sheet.Column(kind: .code)
    case .line: Sheet.Column(kind: .line)
    case .money, .percent, .number: Sheet.Column(kind: .figure)
    case .text: Sheet.Column(kind: .text)
    }
  }
}

extension StatementTable.Row {
  fileprivate func cells(under columns: [StatementTable.Column], in form: MoneyForm) -> [Sheet.Cell] {
    let hasNames = columns.contains { $0.kind == .name }
    return zip(columns, cells).map { column, cell in
      switch column.kind {
      // A total has no code: its label goes where the codes are.
      case .code: return Sheet.Cell(.text(code ?? label), isTotal: isTotal)
      case .name:
        return Sheet.Cell(code == nil && hasNames ? .empty : .text(label), indent: indent, isTotal: isTotal)
      case .label: return Sheet.Cell(.text(label), indent: indent, isTotal: isTotal)
      case .line: return Sheet.Cell(line.map { .number(Rational($0), decimals: 0) } ?? .empty, isTotal: isTotal)
      case .money, .percent, .number, .text:
        return Sheet.Cell(cell?.value.content(in: form) ?? .empty, isTotal: isTotal)
      }
    }
  }
}

extension StatementTable.Value {
  fileprivate func content(in form: MoneyForm) -> Sheet.Content {
    switch self {
    case .money(let yuan): .number(form.unit.amount(yuan), decimals: form.decimals)
    case .percent(let ratio): .percent(ratio)
    case .number(let number): .number(number, decimals: number?.usualDecimals ?? 0)
    case .text(let text): .text(text)
    case .blank(let note): .blank(note: note)
    }
  }
}

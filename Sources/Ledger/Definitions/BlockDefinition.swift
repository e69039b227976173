/// A side of a table.
struct BlockDefinition {
  /// Where a table has several.
  let name: String?
  /// Below the block before it instead of beside it.
  let isStacked: Bool
  let columns: [ColumnDefinition]
  let rows: [RowDefinition]
  let usualCell: CellDefinition

  /// - Parameter variables: those that the table binds.
  init(_ reader: DefinitionReader, variables: [String]) {
    name = reader.text("name")
    isStacked = reader.flag("stacked")
    usualCell = CellDefinition(reader)
    let columnReaders = reader.tables("columns")
    let rowReaders = reader.tables("rows")
    columns = columnReaders.map(ColumnDefinition.init)
    rows = rowReaders.map(RowDefinition.init)
    reader.finish()
    for (column, columnReader) in zip(columns, columnReaders) where column.kind == .text && column.cell.formula != nil {
      columnReader.wrong("kind", .text(column.kind.rawValue), .expectedFigureKind)
    }
    let ids = columns.map(\.path)
    if Set(ids).count < ids.count { reader.wrong("columns", nil, .expectedOnce) }
    for (row, rowReader) in zip(rows, rowReaders) {
      for name in row.cells.keys.sorted() where !columns.contains(where: { $0.id == name }) {
        rowReader.wrong("cells", .text(name), .expectedOneOf(columns.map(\.id)))
      }
      for column in columns where column.kind.isFigure {
        let cell = definition(of: row, in: column)
        let fixed = row.with.merging(column.with) { _, own in own }
        let names = variables + Array(fixed.keys) + row.source.variables
        for formula in [cell.otherwise, cell.recorded, cell.within].compactMap({ $0 }) {
          DefinitionCheck.bound(formula, names, rowReader, "formula")
        }
        if let formula = cell.formula {
          DefinitionCheck.bound(formula, names + cell.sumOver.map(\.variable), rowReader, "formula")
          DefinitionCheck.values(fixed, of: formula, rowReader)
        }
        cell.check(rowReader)
        if let difference = cell.difference,
          !difference.allSatisfy({ id in
            columns.contains { $0.id == id && $0.kind.isFigure && definition(of: row, in: $0).difference == nil }
          })
        {
          rowReader.wrong("difference", .text(difference.joined(separator: ", ")), .expectedTwoColumns)
        }
        if cell.formula == nil, cell.blank == nil, cell.difference == nil, !row.isSpacer {
          rowReader.wrong("formula", nil, .expectedField("formula"))
        }
      }
    }
  }

  /// What the cell of a row and a column is: the row's own for that column, else the row's, else the column's, else the block's.
  func definition(of row: RowDefinition, in column: ColumnDefinition) -> CellDefinition {
    let levels = [row.cells[column.id], row.cell, column.cell, usualCell].compactMap { $0 }
    var chosen = levels.first { $0.formula != nil || $0.blank != nil || $0.difference != nil } ?? usualCell
    chosen.only = levels.lazy.compactMap(\.only).first
    return chosen
  }
}

/// What stands in a column.
public enum ColumnKind: String, CaseIterable, Sendable {
  case label, code, name, line, money, percent, number, text

  /// Whether its cells are computed.
  var isFigure: Bool {
    switch self {
    case .money, .percent, .number: true
    case .label, .code, .name, .line, .text: false
    }
  }
}

/// A column.
struct ColumnDefinition {
  let kind: ColumnKind
  /// Headings from the top down.
  let titles: [String]
  let id: String
  let cell: CellDefinition
  let with: [String: String]
  let applicability: Applicability

  /// What tells its cells from those of other columns.
  var path: [String] { titles.count > 1 ? [titles[0], id] : [id] }

  init(_ reader: DefinitionReader) {
    kind = reader.choice("kind", ColumnKind.self) ?? .money
    titles = reader.texts("title") ?? []
    if titles.isEmpty { reader.wrong("title", nil, .expectedField("title")) }
    id = reader.text("id") ?? titles.last ?? ""
    cell = CellDefinition(reader)
    with = reader.map("with")
    applicability = Applicability(reader)
    reader.finish()
  }
}

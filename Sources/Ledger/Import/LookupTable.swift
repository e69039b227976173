/// A second table, in which cells of the first are looked up: what stands in the row of a key.
struct LookupTable: Sendable {
  /// Of the file.
  let name: String
  let headings: Set<String>
  private let columns: [String: Int]
  /// By key; `nil` where several rows that differ have it, so that it says nothing.
  private let rows: [ExactText: TableRow?]

  /// Reads a table whose headings are in the first row that has one for the key.
  /// - Throws: `Problems`: `table.heading-missing`, `table.heading-twice`; what a table cannot be read for.
  init(_ source: JournalBytes, key: ColumnName, takes: [ColumnName]) throws {
    let reader = try TableReader(source, TableForm())
    var columns: [String: Int] = [:]
    var headings: Set<String> = []
    var place: Int?
    var rows: [ExactText: TableRow?] = [:]
    try reader.forEachRow { row in
      guard let place else {
        let cells = row.cells.map(\.trimmed)
        place = key.fitted(to: Set(cells)).flatMap { cells.firstIndex(of: $0.heading) }
        if place != nil {
          let named = ([key] + takes).compactMap { $0.fitted(to: Set(cells))?.heading }
          columns = try reader.places(of: Set(named), in: row)
          headings = Set(cells)
        }
        return place != nil || row.number < TableReader.mostRowsAbove
      }
      guard row.cells.indices.contains(place), row.flaws[place] == nil else { return true }
      let text = ExactText(row.cells[place].trimmed)
      if text.text.isEmpty { return true }
      if let known = rows[text] {
        if known?.filled != row.filled { rows[text] = TableRow?.none }
      } else {
        rows[text] = row
      }
      return true
    }
    guard place != nil else {
      throw Problems(
        Problem(
          .tableHeadingMissing, at: reader.place(row: nil, column: nil), field: key.heading,
          expected: .expectedHeading(key.names)))
    }
    name = source.name ?? ""
    self.columns = columns
    self.rows = rows
    self.headings = headings
  }

  /// What stands under a heading in the row of a key.
  /// - Throws: `table.cell-unknown` where no row has the key, or rows that differ; `table.no-value`.
  func value(of key: String, under heading: String) throws(Unreadable) -> String {
    guard let found = rows[ExactText(key)] else {
      throw Unreadable(.tableCellUnknown, value: key, expected: .expectedKeyOf(name))
    }
    guard let row = found, let column = columns[heading] else {
      throw Unreadable(.tableCellUnknown, value: key, expected: .expectedOneRowOfKey(name))
    }
    if let flaw = row.flaws[column] { throw Unreadable(.tableNoValue, value: key, expected: flaw.expected) }
    return row.cells.indices.contains(column) ? row.cells[column].trimmed : ""
  }
}

extension TableRow {
  /// Its cells without the spaces around them, up to the last that is filled.
  fileprivate var filled: ArraySlice<String> {
    let texts = cells.map(\.trimmed)
    return texts[...(texts.lastIndex { !$0.isEmpty } ?? 0)]
  }
}

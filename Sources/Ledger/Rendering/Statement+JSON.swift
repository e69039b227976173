extension Statement {
  /// One line of JSON, `ledgerctl/statement/1`.
  public var json: String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/statement/1")
    object.add("statement", name.rawValue)
    object.add("year", year)
    object.add("unit", orNull: units.single?.text)
    object.add("place", place)
    object.add("asOf", horizon.asOf.description)
    object.add("knownAt", orNull: horizon.knownAt.text)
    object.add("position", position)
    object.add("tables", objects: tables.map(\.json))
    return object.text
  }
}

extension StatementTable {
  fileprivate var json: JSONObjectText {
    var object = JSONObjectText()
    object.add("table", name)
    object.add("number", orNull: number)
    if let project { object.add("project", project.code) }
    let cells = blocks.flatMap { block in
      block.rows.flatMap { row in zip(block.columns, row.cells).compactMap { column, cell in cell?.json(in: column) } }
    }
    object.add("cells", objects: cells)
    object.add("note", orNull: note)
    object.add("empty", orNull: emptySentence)
    object.add("notes", texts: notes)
    return object
  }
}

extension StatementTable.Cell {
  fileprivate func json(in column: StatementTable.Column) -> JSONObjectText {
    var object = JSONObjectText()
    object.add("id", id)
    object.add("row", row)
    object.add("label", label)
    object.add("column", self.column)
    switch value {
    case .money(let yuan): object.add("amount", yuan.text(decimals: 2))
    case .blank(let note):
      object.add(column.kind == .money ? "amount" : "value", orNull: String?.none)
      object.add("note", note)
    case .percent(let ratio): object.add("value", orNull: ratio?.percent())
    case .number(let number): object.add("value", orNull: number.map { $0.text(decimals: $0.usualDecimals) })
    case .text(let text): object.add("value", orNull: text.isEmpty ? nil : text)
    }
    return object
  }
}

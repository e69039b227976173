/// Which tables a statement has at a place in a year, in order.
public struct LayoutDefinition: Sendable {
  struct Entry: Sendable {
    let table: String
    /// 公开01表.
    let number: String?
    /// Where the place names the table otherwise.
    let name: String?
  }

  let statement: StatementName
  let place: String
  let years: YearSpan
  let unit: DisplayUnit
  let entries: [Entry]
  let source: String

  init(_ reader: DefinitionReader) {
    statement = reader.choice("statement", StatementName.self) ?? .finalAccounts
    if !reader.has("statement") { reader.wrong("statement", nil, .expectedField("statement")) }
    place = reader.required("place")
    years = YearSpan(reader)
    unit = reader.choice("unit", DisplayUnit.self) ?? .tenThousand
    entries = reader.tables("tables").map { entry in
      defer { entry.finish() }
      return Entry(table: entry.required("id"), number: entry.text("number"), name: entry.text("name"))
    }
    source = reader.required("source")
    reader.finish()
  }

  func applies(to statement: StatementName, in year: Int, at place: String) -> Bool {
    self.statement == statement && self.place == place && years.contains(year)
  }
}

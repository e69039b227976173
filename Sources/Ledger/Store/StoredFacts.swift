import GRDB

/// What the rules about refunds and reversals ask, from the rows of a book.
struct StoredFacts: RecordedFacts {
  let reader: BookReader
  /// All budget lines, with those of the running batch, by number from 1.
  let lines: [BudgetLine]

  func events(referringTo position: Int) throws -> [RecordedEvent] {
    try reader.positions(referringTo: position).compactMap { referring in
      let row = try Row.fetchOne(
        reader.database.cachedStatement(sql: "SELECT * FROM events WHERE position = ?"), arguments: [referring])
      return try row.map { try EventRow($0, budgetLines: lines, reader.database).recorded }
    }
  }

  func disbursed(unit: ExactText, year: Int, key: ControlKey) throws -> Timeline {
    var timeline = Timeline()
    for (index, line) in lines.enumerated()
    where line.unit == unit && line.year == year && ControlKey(of: line.classification) == key {
      let days = try Row.fetchCursor(
        reader.database.cachedStatement(sql: "SELECT * FROM line_days WHERE budget_line = ? ORDER BY date"),
        arguments: [index + 1])
      while let row = try days.next() {
        let day = try DayRow(row)
        timeline.add(Fen(day.sums[.disbursed]), on: day.date)
      }
    }
    return timeline
  }
}

import GRDB

/// What the rules ask, from the rows of a book.
struct StoredFacts: RecordedFacts {
  let reader: BookReader
  /// All budget lines, with those of the running batch, by number from 1.
  let lines: [BudgetLine]

  func events(referringTo position: Int) throws -> [RecordedEvent] {
    try reader.positions(referringTo: position).compactMap { try reader.storedEvent(at: $0, lines: lines) }
  }

  func timeline(
    of sum: (Sums) -> Fen, unit: ExactText, year: Int, where isChosen: (Classification) -> Bool
  ) throws -> Timeline {
    var timeline = Timeline()
    for (index, line) in lines.enumerated()
    where line.unit == unit && line.year == year && isChosen(line.classification) {
      let days = try Row.fetchCursor(
        reader.database.cachedStatement(sql: "SELECT * FROM line_days WHERE budget_line = ? ORDER BY date"),
        arguments: [index + 1])
      while let row = try days.next() {
        let day = try DayRow(row)
        let change = sum(day.sums)
        if change != 0 { timeline.add(change, on: day.date) }
      }
    }
    return timeline
  }

  /// The caps of a unit and year that stand, in order.
  func standingCaps(unit: ExactText, year: Int) throws -> [Caps.Standing] {
    let positions = try Int.fetchAll(
      reader.database.cachedStatement(sql: "SELECT position FROM events WHERE type = 'cap' ORDER BY position"))
    return try positions.compactMap { try reader.storedEvent(at: $0, lines: lines) }
      .filter { try $0.event.unit == unit && $0.event.year == year && !isReversed($0.position) }
      .flatMap { recorded in
        recorded.event.entries.map { Caps.Standing(limiting: $0, on: recorded.event.date) }
      }
  }
}

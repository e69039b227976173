import GRDB

/// Which events are about others, from the rows of a book.
struct StoredReferences<Lines: NumberedLines>: RecordedReferences {
  let reader: BookReader
  /// All budget lines, with those of the running batch.
  let lines: Lines

  func events(referringTo position: Int) throws -> [RecordedEvent] {
    try reader.positions(referringTo: position).compactMap { try reader.storedEvent(at: $0, lines: lines) }
  }
}

/// What the rules ask, from the rows of a book and from the running batch.
struct StoredFacts: RecordedFacts {
  let reader: BookReader
  /// All budget lines, with those of the batch, by number from 1.
  let lines: [BudgetLine]
  /// Of the batch, with what is not yet written.
  let sums: LineTables
  let payments: Payments

  func events(referringTo position: Int) throws -> [RecordedEvent] {
    try StoredReferences(reader: reader, lines: lines).events(referringTo: position)
  }

  func timeline(
    of sum: (Sums) -> Fen, unit: ExactText, year: Int, where isChosen: (Classification) -> Bool
  ) throws -> Timeline {
    var timeline = Timeline()
    let numbers = lines.numbers(of: UnitYear(unit: unit, year: year)).filter { isChosen(lines[$0 - 1].classification) }
    try sums.forEachDay(of: numbers) { _, day, sums in
      let change = sum(sums)
      if change != 0 { timeline.add(change, on: day) }
    }
    return timeline
  }

  func paid(at key: ControlKey, unit: ExactText, year: Int, from date: Day) throws -> Timeline {
    try payments.timeline(at: key, of: UnitYear(unit: unit, year: year), from: date, lines, sums)
  }

  /// The caps of a unit and year that stand, in order.
  func standingCaps(unit: ExactText, year: Int) throws -> [Caps.Standing] {
    try reader.writer?.settle()
    let positions = try Int.fetchAll(
      reader.database.cachedStatement(
        sql: "SELECT position FROM events WHERE \(Schema.isRare) AND type = 'cap' ORDER BY position"))
    return try positions.compactMap { try reader.storedEvent(at: $0, lines: lines) }
      .filter { try $0.event.unit == unit && $0.event.year == year && !isReversed($0.position) }
      .flatMap { recorded in
        recorded.event.entries.map { Caps.Standing(limiting: $0, on: recorded.event.date) }
      }
  }
}

extension [BudgetLine] {
  /// The numbers of the lines of a unit and year, where the first is number 1.
  func numbers(of year: UnitYear) -> [Int] {
    indices.filter { self[$0].year == year.year && self[$0].unit == year.unit }.map { $0 + 1 }
  }
}

import GRDB

/// What the rules ask, from the rows of a book.
struct StoredFacts: RecordedFacts {
  let reader: BookReader
  /// All budget lines, with those of the running batch, by number from 1.
  let lines: [BudgetLine]
  /// The sums of the running batch, with what is not yet written; `nil` outside of one.
  var sums: LineTables?
  /// What the running batch has paid, with what was paid before; `nil` outside of one.
  var payments: Payments?

  func events(referringTo position: Int) throws -> [RecordedEvent] {
    try reader.positions(referringTo: position).compactMap { try reader.storedEvent(at: $0, lines: lines) }
  }

  func timeline(
    of sum: (Sums) -> Fen, unit: ExactText, year: Int, where isChosen: (Classification) -> Bool
  ) throws -> Timeline {
    var timeline = Timeline()
    let numbers = lines.indices.filter { index in
      lines[index].unit == unit && lines[index].year == year && isChosen(lines[index].classification)
    }.map { $0 + 1 }
    try (sums ?? LineTables(reader.database, reader.runs)).forEachDay(of: numbers) { _, day, sums in
      let change = sum(sums)
      if change != 0 { timeline.add(change, on: day) }
    }
    return timeline
  }

  func paid(at key: ControlKey, unit: ExactText, year: Int) throws -> Timeline {
    guard let payments, let sums else {
      return try timeline(of: { Fen($0[.disbursed]) }, unit: unit, year: year) { ControlKey(of: $0, at: .usual) == key }
    }
    return try payments.timeline(at: key, of: UnitYear(unit: unit, year: year), lines, sums)
  }

  /// The caps of a unit and year that stand, in order.
  func standingCaps(unit: ExactText, year: Int) throws -> [Caps.Standing] {
    try reader.writer?.settle()
    let positions = try Int.fetchAll(
      reader.database.cachedStatement(
        sql: """
          SELECT position FROM events WHERE type IN (\(Schema.rareTypes)) AND type = 'cap' ORDER BY position
          """))
    return try positions.compactMap { try reader.storedEvent(at: $0, lines: lines) }
      .filter { try $0.event.unit == unit && $0.event.year == year && !isReversed($0.position) }
      .flatMap { recorded in
        recorded.event.entries.map { Caps.Standing(limiting: $0, on: recorded.event.date) }
      }
  }
}

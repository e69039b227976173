import GRDB

/// The tail of a book: its last events, which the projections do not hold yet.
///
/// Recording a single event changes three pages of the file where it keeps only the event, and eight where the
/// projections follow at once. So a book that is open for one small batch after another lets a few events wait, and
/// whoever reads adds them. A tail has only events that do what their own lines say, on budget lines that were there
/// before, within one run: so all that counts rows or finds events by type holds for the projections as they stand.
extension BookReader {
  /// The last position that the projections hold.
  /// - Throws: `DamagedRow` where what is missing cannot be a tail.
  func projectedPosition() throws -> Int {
    if let knownProjected { return knownProjected }
    let statement = try RawStatement(database, RunRow.select + " ORDER BY run DESC LIMIT 1")
    defer { statement.reset() }
    let position = try statement.step() ? RunRow(statement).lastPosition : 0
    let isTail = position <= head.position && position > 0 && runs.run(of: position) == runs.run(of: head.position)
    guard isTail || head.position == 0 && position == 0 else {
      throw DamagedRow(table: "runs", row: String(runs.run(of: max(head.position, 1))))
    }
    knownProjected = position
    return position
  }

  /// The events of the tail in order, with what each does to lines, by their numbers.
  /// - Parameter lines: all budget lines.
  func forEachInTail(
    lines: [BudgetLine], _ body: (RecordedEvent, [(line: Int, posting: Posting)]) throws -> Void
  ) throws {
    for position in try projectedPosition() + 1..<head.position + 1 {
      guard let row = try storedRow(at: position, lines: lines) else {
        throw DamagedRow(table: "events", row: String(position))
      }
      let postings = row.recorded.event.ownPostings(chargedAt: position)
      guard postings.count == row.lines.count else { throw DamagedRow(table: "runs", row: String(position)) }
      try body(row.recorded, zip(row.lines, postings).map { ($0.budgetLine, $1) })
    }
  }
}

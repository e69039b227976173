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
        recorded.event.entries.map {
          Caps.Standing(line: $0.classification, date: recorded.event.date, amount: $0.amount)
        }
      }
  }
}

/// The contracts that a batch has to do with, each read from its own events when it is first asked for.
final class StoredContracts {
  private let reader: BookReader
  var contracts = Contracts()
  private var known: Set<ContractKey> = []

  init(_ reader: BookReader) { self.reader = reader }

  /// - Parameter lines: all budget lines, with those of the running batch.
  func load(_ key: ContractKey, lines: [BudgetLine]) throws {
    guard known.insert(key).inserted else { return }
    let positions = try Int.fetchAll(
      reader.database.cachedStatement(sql: "SELECT position FROM events WHERE contract = ?"),
      arguments: [key.number.text])
    var events = try positions.compactMap { try reader.storedEvent(at: $0, lines: lines) }
      .filter { $0.event.contract == key }
    events += try events.flatMap { try StoredFacts(reader: reader, lines: lines).events(referringTo: $0.position) }
      .filter { $0.event.type == .reversal }
    let targets = Dictionary(events.map { ($0.position, $0) }) { first, _ in first }
    for recorded in events.sorted(by: { $0.position < $1.position }) {
      _ = contracts.postings(of: recorded, target: recorded.ofPosition.flatMap { targets[$0] })
    }
  }
}

import Foundation
import GRDB

/// An event as the store keeps it: its first line in the row of the event, further lines in rows of their own.
///
/// Unit and year of an event with lines stand in its budget lines alone, so that what a report reads is what the hash
/// covers.
struct EventRow {
  struct Line: Equatable {
    let budgetLine: Int
    let amount: Int64
  }

  let recorded: RecordedEvent
  let lines: [Line]
  let ofPosition: Int?

  init(recorded: RecordedEvent, lines: [Line], ofPosition: Int?) {
    self.recorded = recorded
    self.lines = lines
    self.ofPosition = ofPosition
  }

  func insert(_ database: Database) throws {
    let event = recorded.event
    guard let id = event.id, let time = event.recorded, let hash = recorded.hash else {
      preconditionFailure("an event is stored with id, recorded time and hash")
    }
    let note = event.annotation
    let details = event.details.storedText
    let unit = lines.isEmpty ? event.unit?.text : nil
    let year = lines.isEmpty ? event.year : nil
    try database.cachedStatement(sql: EventRow.insertEvent).execute(arguments: [
      recorded.position, event.type.rawValue, event.date.number, time.milliseconds, id, unit, year,
      lines.first?.budgetLine, lines.first?.amount, lines.count, ofPosition,
      note.doc, note.payee, note.contract, note.by, note.approval, note.memo, note.source,
      details, Data(hash.bytes), checksum(id: id, time: time, hash: hash, unit: unit, year: year, details: details),
    ])
    for (ordinal, line) in lines.enumerated().dropFirst() {
      try database.cachedStatement(sql: "INSERT INTO event_lines VALUES (?, ?, ?, ?, ?)").execute(arguments: [
        recorded.position, ordinal, line.budgetLine, line.amount,
        EventRow.checksum(position: recorded.position, ordinal: ordinal, line: line),
      ])
    }
  }

  private static let insertEvent =
    "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  private func checksum(
    id: String, time: Instant, hash: ChainHash, unit: String?, year: Int?, details: String?
  ) -> Int64 {
    var sum = RowChecksum()
    sum.add(recorded.position)
    sum.add(recorded.event.type.rawValue)
    sum.add(Int64(recorded.event.date.number))
    sum.add(time.milliseconds)
    sum.add(id)
    sum.add(unit)
    sum.add(year.map(Int64.init))
    sum.add(lines.first.map { Int64($0.budgetLine) })
    sum.add(lines.first?.amount)
    sum.add(lines.count)
    sum.add(ofPosition.map(Int64.init))
    for field in Annotation.fields { sum.add(recorded.event.annotation[field]) }
    sum.add(details)
    sum.add(hash.bytes)
    return sum.value
  }

  private static func checksum(position: Int, ordinal: Int, line: Line) -> Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(ordinal)
    sum.add(line.budgetLine)
    sum.add(line.amount)
    return sum.value
  }

  /// Rebuilds the event from the stored columns.
  /// - Parameters:
  ///   - budgetLines: all lines of the book, by number from 1.
  /// - Throws: `DamagedRow`.
  init(_ row: Row, budgetLines: [BudgetLine], _ database: Database) throws {
    let position: Int = row["position"]
    let damaged = DamagedRow(table: "events", row: String(position))
    guard let type = EventType(rawValue: row["type"]), let date = Day(number: row["date"]),
      let hash = ChainHash(bytes: Array(row["hash"] as Data)),
      let details = Details(stored: row["details"], of: type.definition)
    else { throw damaged }
    lines = try EventRow.lines(of: row, position, database)
    ofPosition = row["of_position"]
    guard lines.allSatisfy({ budgetLines.indices.contains($0.budgetLine - 1) }) else { throw damaged }
    let first = lines.first.map { budgetLines[$0.budgetLine - 1] }
    var note = Annotation()
    for field in Annotation.fields { note[field] = row[field.rawValue] }
    let time = Instant(milliseconds: row["recorded_ms"])
    let id: String = row["id"]
    let entries = lines.map { line in
      Entry(classification: budgetLines[line.budgetLine - 1].classification, amount: Money(fen: line.amount))
    }
    let event = Event(
      type: type, date: date, recorded: time, id: id, unit: first?.unit ?? (row["unit"] as String?).map(ExactText.init),
      year: first?.year ?? row["year"], entries: entries, details: details, annotation: note)
    recorded = RecordedEvent(position: position, event: event, hash: hash)
    let expected = checksum(
      id: id, time: time, hash: hash, unit: row["unit"], year: row["year"], details: row["details"])
    guard expected == row["checksum"] else { throw damaged }
  }

  private static func lines(of row: Row, _ position: Int, _ database: Database) throws -> [Line] {
    let count: Int = row["line_count"]
    guard let first: Int = row["budget_line"], let amount: Int64 = row["amount_fen"] else {
      let isEmpty =
        (row["budget_line"] as DatabaseValue).isNull && (row["amount_fen"] as DatabaseValue).isNull && count == 0
      guard isEmpty else { throw DamagedRow(table: "events", row: String(position)) }
      return []
    }
    var lines = [Line(budgetLine: first, amount: amount)]
    guard count > 1 else { return lines }
    let further = try Row.fetchCursor(
      database.cachedStatement(sql: "SELECT * FROM event_lines WHERE position = ? ORDER BY ordinal"),
      arguments: [position])
    while let row = try further.next() {
      let line = Line(budgetLine: row["budget_line"], amount: row["amount_fen"])
      guard row["ordinal"] == lines.count,
        checksum(position: position, ordinal: lines.count, line: line) == row["checksum"]
      else { throw DamagedRow(table: "event_lines", row: "\(position), \(lines.count)") }
      lines.append(line)
    }
    guard lines.count == count else { throw DamagedRow(table: "event_lines", row: "\(position)") }
    return lines
  }
}

extension Details {
  /// The fields of some types as one JSON text; `nil` if there are none.
  fileprivate var storedText: String? {
    guard !isEmpty else { return nil }
    var object = JSONObjectText()
    for field in fields {
      switch self[field] {
      case .text(let text): object.add(field.rawValue, text)
      case .flag(let flag): object.add(field.rawValue, flag)
      case .reference(.position(let position)): object.add(field.rawValue, position)
      case .reference(.id(let id)): object.add(field.rawValue, id)
      case nil: break
      }
    }
    return object.text
  }

  /// - Returns: `nil` where the text is not one that `storedText` wrote.
  fileprivate init?(stored text: String?, of definition: EventDefinition) {
    self.init()
    guard var text else { return }
    let members = text.withUTF8 { bytes in
      var scanner = JSONScanner(bytes)
      return scanner.line()
    }
    guard let members else { return nil }
    for member in members {
      guard let field = Field(rawValue: member.key), let own = definition.own(field) else { return nil }
      switch (member.node.value, own.form) {
      case (.text(let id), .reference): self[field] = .reference(.id(id))
      case (.text(let text), _): self[field] = .text(text)
      case (.flag(let flag), _): self[field] = .flag(flag)
      case (.number(let number), .reference):
        guard let position = Int(number) else { return nil }
        self[field] = .reference(.position(position))
      default: return nil
      }
    }
  }
}

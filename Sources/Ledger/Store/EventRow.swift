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

  init(recorded: RecordedEvent, lines: [Line]) {
    self.recorded = recorded
    self.lines = lines
  }

  /// The lines after the first, in rows of their own.
  func insertFurtherLines(_ database: Database) throws {
    guard lines.count > 1 else { return }
    let statement = try RawStatement(database, "INSERT INTO event_lines VALUES (?, ?, ?, ?, ?)")
    for (ordinal, line) in lines.enumerated().dropFirst() {
      statement.bind(recorded.position, at: 1)
      statement.bind(ordinal, at: 2)
      statement.bind(line.budgetLine, at: 3)
      statement.bind(line.amount, at: 4)
      statement.bind(EventRow.checksum(position: recorded.position, ordinal: ordinal, line: line), at: 5)
      try statement.run()
    }
  }

  /// Rebuilds the event from the stored columns.
  /// - Parameter budgetLines: all lines of the book, by number from 1.
  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement, budgetLines: [BudgetLine], _ database: Database) throws {
    let columns = try EventColumns(row)
    let damaged = DamagedRow(table: "events", row: String(columns.position))
    guard let type = EventType(rawValue: columns.type), let date = Day(number: columns.date),
      let hash = ChainHash(bytes: columns.hash), let details = Details(stored: columns.details, of: type.definition)
    else { throw damaged }
    lines = try EventRow.lines(of: columns, database)
    guard lines.allSatisfy({ budgetLines.indices.contains($0.budgetLine &- 1) }) else { throw damaged }
    let first = lines.first.map { budgetLines[$0.budgetLine - 1] }
    var note = Annotation()
    for (field, text) in zip(Annotation.fields, columns.annotation) { note[field] = text }
    let event = Event(
      type: type, date: date, recorded: Instant(milliseconds: columns.recorded), id: columns.id,
      unit: first?.unit ?? columns.unit.map(ExactText.init), year: first?.year ?? columns.year,
      entries: lines.map { line in
        Entry(classification: budgetLines[line.budgetLine - 1].classification, amount: Money(fen: line.amount))
      },
      details: details, annotation: note)
    recorded = RecordedEvent(
      position: columns.position, event: event, hash: hash, ofPosition: columns.ofPosition)
  }

  private static func lines(of columns: EventColumns, _ database: Database) throws -> [Line] {
    guard let first = columns.budgetLine, let amount = columns.amount else { return [] }
    var lines = [Line(budgetLine: first, amount: amount)]
    guard columns.lineCount > 1 else { return lines }
    let further = try RawStatement(
      database,
      "SELECT ordinal, budget_line, amount_fen, checksum FROM event_lines WHERE position = ? ORDER BY ordinal")
    defer { further.reset() }
    further.bind(columns.position, at: 1)
    while try further.step() {
      let line = Line(budgetLine: Int(further.integer(1)), amount: further.integer(2))
      let expected = checksum(position: columns.position, ordinal: lines.count, line: line)
      guard Int(further.integer(0)) == lines.count, further.integer(3) == expected else {
        throw DamagedRow(table: "event_lines", row: "\(columns.position), \(lines.count)")
      }
      lines.append(line)
    }
    guard lines.count == columns.lineCount else {
      throw DamagedRow(table: "event_lines", row: "\(columns.position), \(lines.count)")
    }
    return lines
  }

  private static func checksum(position: Int, ordinal: Int, line: Line) -> Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(ordinal)
    sum.add(line.budgetLine)
    sum.add(line.amount)
    return sum.value
  }
}

/// The columns of one row of `events`, as they stand.
private struct EventColumns {
  let position: Int
  let type: String
  let date: Int
  let budgetLine: Int?
  let amount: Int64?
  let lineCount: Int
  let ofPosition: Int?
  let details: String?
  let recorded: Int64
  let id: String
  let unit: String?
  let year: Int?
  let annotation: [String?]
  let hash: [UInt8]

  init(_ row: EventRow) {
    let event = row.recorded.event
    guard let id = event.id, let time = event.recorded, let hash = row.recorded.hash else {
      preconditionFailure("an event is stored with id, recorded time and hash")
    }
    position = row.recorded.position
    type = event.type.rawValue
    date = Int(event.date.number)
    recorded = time.milliseconds
    self.id = id
    unit = row.lines.isEmpty ? event.unit?.text : nil
    year = row.lines.isEmpty ? event.year : nil
    budgetLine = row.lines.first?.budgetLine
    amount = row.lines.first?.amount
    lineCount = row.lines.count
    ofPosition = row.recorded.ofPosition
    annotation = Annotation.fields.map { event.annotation[$0] }
    details = event.details.storedText
    self.hash = hash.bytes
  }

  /// The row as `EventRow.select` asks for it.
  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    position = Int(row.integer(0))
    type = row.textOrNil(1) ?? ""
    date = Int(row.integer(2))
    budgetLine = row.integerOrNil(3).map { Int($0) }
    amount = row.integerOrNil(4)
    lineCount = Int(row.integer(5))
    ofPosition = row.integerOrNil(6).map { Int($0) }
    details = row.textOrNil(8)
    recorded = row.integer(10)
    id = row.textOrNil(11) ?? ""
    unit = row.textOrNil(12)
    year = row.integerOrNil(13).map { Int($0) }
    annotation = [14, 15, 7, 16, 17, 18, 19].map { row.textOrNil($0) }
    hash = Array(row.bytes(20))
    let foldChecksum = foldChecksum
    guard row.integer(9) == foldChecksum, row.integer(21) == checksum(after: foldChecksum) else {
      throw DamagedRow(table: "events", row: String(position))
    }
  }

  /// - Throws: `DamagedRow`.
  init(version2 row: Row) throws {
    position = try row.column("position")
    type = try row.column("type")
    date = try row.column("date")
    recorded = try row.column("recorded_ms")
    id = try row.column("id")
    unit = try row.column("unit")
    year = try row.column("year")
    budgetLine = try row.column("budget_line")
    amount = try row.column("amount_fen")
    lineCount = try row.column("line_count")
    ofPosition = try row.column("of_position")
    annotation = try Annotation.fields.map { try row.column($0.rawValue) }
    details = try row.column("details")
    hash = Array(try row.column("hash") as Data)
    guard try row.column("checksum") == checksum2 else { throw DamagedRow(table: "events", row: String(position)) }
  }

  private var contract: String? { annotation[EventColumns.contractIndex] }
  private static let contractIndex = Annotation.fields.firstIndex(of: .contract) ?? 0

  private var foldChecksum: Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(type)
    sum.add(date)
    sum.add(budgetLine.map(Int64.init))
    sum.add(amount)
    sum.add(lineCount)
    sum.add(ofPosition.map(Int64.init))
    sum.add(contract)
    sum.add(details)
    return sum.value
  }

  /// Over what the checksum of the fold does not cover, and over that.
  private func checksum(after foldChecksum: Int64) -> Int64 {
    var sum = RowChecksum()
    sum.add(foldChecksum)
    sum.add(recorded)
    sum.add(id)
    sum.add(unit)
    sum.add(year.map(Int64.init))
    for (index, text) in annotation.enumerated() where index != EventColumns.contractIndex { sum.add(text) }
    sum.add(hash)
    return sum.value
  }

  /// As version 2 computed it, over the columns in its order.
  private var checksum2: Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(type)
    sum.add(date)
    sum.add(recorded)
    sum.add(id)
    sum.add(unit)
    sum.add(year.map(Int64.init))
    sum.add(budgetLine.map(Int64.init))
    sum.add(amount)
    sum.add(lineCount)
    sum.add(ofPosition.map(Int64.init))
    for text in annotation { sum.add(text) }
    sum.add(details)
    sum.add(hash)
    return sum.value
  }

  static let count: Int32 = 22

  /// - Parameter start: the number of the argument before the first.
  func bind(to statement: RawStatement, after start: Int32) {
    let foldChecksum = foldChecksum
    statement.bind(position, at: start + 1)
    statement.bind(type, at: start + 2)
    statement.bind(date, at: start + 3)
    statement.bind(budgetLine.map(Int64.init), at: start + 4)
    statement.bind(amount, at: start + 5)
    statement.bind(lineCount, at: start + 6)
    statement.bind(ofPosition.map(Int64.init), at: start + 7)
    statement.bind(contract, at: start + 8)
    statement.bind(details, at: start + 9)
    statement.bind(foldChecksum, at: start + 10)
    statement.bind(recorded, at: start + 11)
    statement.bind(id, at: start + 12)
    statement.bind(unit, at: start + 13)
    statement.bind(year.map(Int64.init), at: start + 14)
    var next = start + 15
    for (index, text) in annotation.enumerated() where index != EventColumns.contractIndex {
      statement.bind(text, at: next)
      next += 1
    }
    statement.bind(hash, at: start + 21)
    statement.bind(checksum(after: foldChecksum), at: start + 22)
  }
}

extension EventRow {
  static let columnCount = Int(EventColumns.count)

  /// All columns, in the order of the table.
  static let select = """
    SELECT position, type, date, budget_line, amount_fen, line_count, of_position, contract, details, fold_checksum,
      recorded_ms, id, unit, year, doc, payee, by, approval, memo, source, hash, checksum
    FROM events
    """

  /// When the event of a row was recorded.
  /// - Throws: `DamagedRow`.
  static func recordedTime(of row: RawStatement) throws -> Instant {
    Instant(milliseconds: try EventColumns(row).recorded)
  }

  /// What stands as the hash of a row, whatever else is wrong with it.
  static func hash(of row: RawStatement) -> [UInt8] { Array(row.bytes(20)) }

  /// - Parameter start: the number of the argument before the first.
  func bind(to statement: RawStatement, after start: Int32) { EventColumns(self).bind(to: statement, after: start) }
}

extension EventRow {
  /// Moves the events of a book of version 2, renamed to `events_2`, into the table of today.
  /// - Throws: `DamagedRow`.
  static func copyFromVersion2(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM events_2 ORDER BY position")
    while let row = try rows.next() {
      let statement = try RawStatement(database, "INSERT INTO events VALUES (\(placeholders(columnCount)))")
      try EventColumns(version2: row).bind(to: statement, after: 0)
      try statement.run()
    }
  }
}

extension DetailValue {
  /// - Returns: `nil` where the value has not the form.
  fileprivate init?(_ value: JSONNode.Value, _ form: OwnField.Form) {
    switch (value, form) {
    case (.text(let text), .amount):
      guard let amount = try? Money(reading: text) else { return nil }
      self = .amount(amount)
    case (.text(let id), .reference): self = .reference(.id(id))
    case (.text(let text), _): self = .text(text)
    case (.flag(let flag), _): self = .flag(flag)
    case (.number(let number), .reference):
      guard let position = Int(number) else { return nil }
      self = .reference(.position(position))
    case (.array(let nodes), .level):
      let texts = nodes.compactMap(\.text)
      guard texts.count == nodes.count else { return nil }
      self = .list(texts)
    case (.object(let members), .basis):
      let pairs = members.compactMap { member in member.node.text.map { Pair(name: member.key, value: $0) } }
      guard pairs.count == members.count else { return nil }
      self = .map(pairs)
    default: return nil
    }
  }
}

extension Details {
  /// The fields of some types as one JSON text; `nil` if there are none.
  var storedText: String? {
    guard !isEmpty else { return nil }
    var object = JSONObjectText()
    for field in fields {
      if let value = self[field] { CanonicalWriter.add(value, field, to: &object) }
    }
    return object.text
  }

  /// - Returns: `nil` where the text is not one that `storedText` wrote.
  init?(stored text: String?, of definition: EventDefinition) {
    self.init()
    guard var text else { return }
    let members = text.withUTF8 { bytes in
      var scanner = JSONScanner(bytes)
      return scanner.line()
    }
    guard let members else { return nil }
    for member in members {
      guard let field = member.field, let own = definition.own(field) else { return nil }
      guard let value = DetailValue(member.node.value, own.form) else { return nil }
      self[field] = value
    }
  }
}

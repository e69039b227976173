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

  /// The largest position; 0 if there are no events.
  static func lastPosition(_ database: Database) throws -> Int {
    let statement = try RawStatement(database, "SELECT coalesce(max(position), 0) FROM events")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// The position of the event of this id; `nil` if there is none.
  static func position(ofID id: String, _ database: Database) throws -> Int? {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
  }

  /// The next id in the order of their bytes; `nil` if there is none.
  static func id(after id: String, _ database: Database) throws -> String? {
    try String.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 1"), arguments: [id])
  }

  /// Of a line after the first.
  static let insertion = "INSERT INTO event_lines VALUES (?, ?, ?, ?, ?)"

  /// The lines after the first, in rows of their own.
  func addFurtherLines(to rows: inout RowBuffer) {
    for (ordinal, line) in lines.enumerated().dropFirst() {
      rows.add(recorded.position)
      rows.add(ordinal)
      rows.add(line.budgetLine)
      rows.add(line.amount)
      rows.add(EventRow.checksum(position: recorded.position, ordinal: ordinal, line: line))
    }
  }

  /// Rebuilds the event from the stored columns.
  /// - Parameter budgetLines: all lines of the book, by number from 1.
  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement, budgetLines: some NumberedLines, _ database: Database) throws {
    let columns = try EventColumns<String>(row)
    let damaged = DamagedRow(table: "events", row: String(columns.position))
    guard let type = EventType(rawValue: columns.type), let date = Day(number: columns.date),
      let hash = ChainHash(bytes: columns.hash), let details = Details(stored: columns.details, of: type.definition)
    else { throw damaged }
    lines = try EventRow.lines(of: columns, database)
    guard lines.allSatisfy({ budgetLines.has($0.budgetLine) }) else { throw damaged }
    let first = try lines.first.map { try budgetLines.line($0.budgetLine) }
    var note = Annotation()
    note.doc = columns.doc
    note.payee = columns.payee
    note.contract = columns.contract
    note.by = columns.by
    note.approval = columns.approval
    note.memo = columns.memo
    note.source = columns.source
    let event = Event(
      type: type, date: date, recorded: Instant(milliseconds: columns.recorded), id: columns.id,
      unit: first?.unit ?? columns.unit.map(ExactText.init), year: first?.year ?? columns.year,
      entries: try lines.map { line in
        Entry(
          classification: try budgetLines.line(line.budgetLine).classification, amount: Money(fen: line.amount))
      },
      details: details, annotation: note)
    recorded = RecordedEvent(
      position: columns.position, event: event, hash: hash, ofPosition: columns.ofPosition)
  }

  private static func lines(of columns: EventColumns<String>, _ database: Database) throws -> [Line] {
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

/// A text as a column of a row holds it: of an event, or where it stands in a file that is being read.
protocol ColumnText {
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
}

extension String: ColumnText {
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    var text = self
    return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
  }
}

extension UnsafeRawBufferPointer: ColumnText {
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result { try body(self) }
}

/// The columns of one row of `events`, as they stand.
struct EventColumns<Text: ColumnText> {
  let position: Int
  let type: Text
  let date: Int
  let budgetLine: Int?
  let amount: Int64?
  let lineCount: Int
  let ofPosition: Int?
  let details: Text?
  let recorded: Int64
  let id: Text
  let unit: Text?
  let year: Int?
  let contract: Text?
  let doc: Text?
  let payee: Text?
  let by: Text?
  let approval: Text?
  let memo: Text?
  let source: Text?
  let hash: [UInt8]

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
    sum.add(doc)
    sum.add(payee)
    sum.add(by)
    sum.add(approval)
    sum.add(memo)
    sum.add(source)
    sum.add(hash)
    return sum.value
  }

  /// Adds the values, in the order of the table.
  func add(to row: inout RowBuffer) {
    let foldChecksum = foldChecksum
    row.add(position)
    row.add(type)
    row.add(date)
    row.add(budgetLine)
    row.add(amount)
    row.add(lineCount)
    row.add(ofPosition)
    row.add(contract)
    row.add(details)
    row.add(foldChecksum)
    row.add(recorded)
    row.add(id)
    row.add(unit)
    row.add(year)
    row.add(doc)
    row.add(payee)
    row.add(by)
    row.add(approval)
    row.add(memo)
    row.add(source)
    row.add(blob: hash)
    row.add(checksum(after: foldChecksum))
  }
}

extension EventColumns<String> {
  init(_ row: EventRow, hash: ChainHash) {
    let event = row.recorded.event
    guard let id = event.id, let time = event.recorded else {
      preconditionFailure("an event is stored with id and recorded time")
    }
    self.init(
      position: row.recorded.position, type: event.type.rawValue, date: Int(event.date.number),
      budgetLine: row.lines.first?.budgetLine, amount: row.lines.first?.amount, lineCount: row.lines.count,
      ofPosition: row.recorded.ofPosition, details: event.details.storedText, recorded: time.milliseconds, id: id,
      unit: row.lines.isEmpty ? event.unit?.text : nil, year: row.lines.isEmpty ? event.year : nil,
      contract: event.annotation.contract, doc: event.annotation.doc, payee: event.annotation.payee,
      by: event.annotation.by, approval: event.annotation.approval, memo: event.annotation.memo,
      source: event.annotation.source, hash: hash.bytes)
  }

  /// The row as `EventRow.select` asks for it.
  /// - Throws: `DamagedRow`.
  fileprivate init(_ row: RawStatement) throws {
    self.init(
      position: Int(row.integer(0)), type: row.textOrNil(1) ?? "", date: Int(row.integer(2)),
      budgetLine: row.integerOrNil(3).map { Int($0) }, amount: row.integerOrNil(4), lineCount: Int(row.integer(5)),
      ofPosition: row.integerOrNil(6).map { Int($0) }, details: row.textOrNil(8), recorded: row.integer(10),
      id: row.textOrNil(11) ?? "", unit: row.textOrNil(12), year: row.integerOrNil(13).map { Int($0) },
      contract: row.textOrNil(7), doc: row.textOrNil(14), payee: row.textOrNil(15), by: row.textOrNil(16),
      approval: row.textOrNil(17), memo: row.textOrNil(18), source: row.textOrNil(19), hash: Array(row.bytes(20)))
    let foldChecksum = foldChecksum
    guard row.integer(9) == foldChecksum, row.integer(21) == checksum(after: foldChecksum) else {
      throw DamagedRow(table: "events", row: String(position))
    }
  }

  /// - Throws: `DamagedRow`.
  fileprivate init(version2 row: Row) throws {
    self.init(
      position: try row.column("position"), type: try row.column("type"), date: try row.column("date"),
      budgetLine: try row.column("budget_line"), amount: try row.column("amount_fen"),
      lineCount: try row.column("line_count"), ofPosition: try row.column("of_position"),
      details: try row.column("details"), recorded: try row.column("recorded_ms"), id: try row.column("id"),
      unit: try row.column("unit"), year: try row.column("year"), contract: try row.column("contract"),
      doc: try row.column("doc"), payee: try row.column("payee"), by: try row.column("by"),
      approval: try row.column("approval"), memo: try row.column("memo"), source: try row.column("source"),
      hash: Array(try row.column("hash") as Data))
    guard try row.column("checksum") == checksum2 else { throw DamagedRow(table: "events", row: String(position)) }
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
    for text in [doc, payee, contract, by, approval, memo, source] { sum.add(text) }
    sum.add(details)
    sum.add(hash)
    return sum.value
  }
}

extension EventRow {
  static let columnCount = 22

  /// All columns, in the order of the table.
  static let select = """
    SELECT position, type, date, budget_line, amount_fen, line_count, of_position, contract, details, fold_checksum,
      recorded_ms, id, unit, year, doc, payee, by, approval, memo, source, hash, checksum
    FROM events
    """

  /// When the event of a row was recorded.
  /// - Throws: `DamagedRow`.
  static func recordedTime(of row: RawStatement) throws -> Instant {
    Instant(milliseconds: try EventColumns<String>(row).recorded)
  }

  /// What stands as the hash of a row, whatever else is wrong with it.
  static func hash(of row: RawStatement) -> [UInt8] { Array(row.bytes(20)) }
}

extension EventRow {
  /// Moves the events of a book of version 2, renamed to `events_2`, into the table of today.
  /// - Throws: `DamagedRow`.
  static func copyFromVersion2(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM events_2 ORDER BY position")
    while let row = try rows.next() {
      var values = RowBuffer()
      try EventColumns(version2: row).add(to: &values)
      try values.run(RawStatement(database, EventRows.insertion(rows: 1)))
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

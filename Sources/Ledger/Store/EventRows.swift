import GRDB

/// Makes the rows of events and writes them: the canonical form, the hash that follows from it, the columns. Several
/// rows go into the book with one statement, which costs half of one statement each.
///
/// It knows where the chain stands, so that nobody need wait for the hash of one event to go on with the next. One thread
/// at a time uses it.
final class EventRows {
  /// Measured: more rows to a statement than this gain nothing.
  static let atOnce = 32

  /// Of the last event written.
  private(set) var hash: ChainHash
  private let many: RawStatement
  private let one: RawStatement
  private let further: RawStatement
  private var rows = RowBuffer()
  private var lines = RowBuffer()
  private var line = PlainLine()
  /// The kinds of plain events that have come.
  private var kinds = RowKinds()
  private var canonical = ByteBuffer()
  /// The time at which events are recorded, as the canonical form has it.
  private var time: (instant: Instant, text: [UInt8])?

  init(_ database: Database, after hash: ChainHash) throws {
    self.hash = hash
    many = try RawStatement(ofItsOwn: database, EventRows.insertion(rows: EventRows.atOnce))
    one = try RawStatement(ofItsOwn: database, EventRows.insertion(rows: 1))
    further = try RawStatement(ofItsOwn: database, EventRow.insertion)
  }

  static func insertion(rows: Int) -> String {
    let row = "(\(placeholders(EventRow.columnCount)))"
    return "INSERT INTO events VALUES \(Array(repeating: row, count: rows).joined(separator: ", "))"
  }

  func write(_ pending: PendingEvents) throws {
    rows.removeAll()
    lines.removeAll()
    for kind in pending.newKinds { kinds.add(kind) }
    pending.bytes.withUnsafeBytes { bytes in
      for event in pending.events {
        switch event {
        case .stated(let place):
          let row = pending.rows[place]
          hash = row.recorded.hash ?? hash.next(CanonicalWriter.bytes(of: row.recorded.event))
          EventColumns(row, hash: hash).add(to: &rows)
          row.addFurtherLines(to: &lines)
        case .plain(let plain): add(plain, bytes)
        }
      }
    }
    try rows.run(pending.count == EventRows.atOnce ? many : one)
    try lines.run(further)
  }

  private func add(_ plain: PendingEvents.Plain, _ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, line.read(start, from: plain.start) != nil,
      let id = line.bytes(of: .id, start)
    else {
      preconditionFailure("a line that was plain is plain again")
    }
    if time?.instant != plain.recorded { time = (plain.recorded, Array(plain.recorded.description.utf8)) }
    kinds.with(plain.kind) { kind in
      kind.canonical.write(plain.amount, recorded: time?.text ?? [], line, start, into: &canonical)
      hash = hash.next(canonical.bytes)
      EventColumns(plain, kind, id: id, line, start, hash: hash).add(to: &rows)
    }
  }
}

extension EventColumns<UnsafeRawBufferPointer> {
  /// The columns of a plain line. Its texts are those of the line.
  fileprivate init(
    _ event: PendingEvents.Plain, _ kind: RowKinds.Kind, id: UnsafeRawBufferPointer, _ line: borrowing PlainLine,
    _ bytes: UnsafeRawPointer, hash: ChainHash
  ) {
    self.init(
      position: event.position, type: kind.type, date: Int(event.date), budgetLine: event.line,
      amount: event.amount, lineCount: 1, ofPosition: nil,
      details: kind.details, recorded: event.recorded.milliseconds,
      id: id,
      unit: nil, year: nil, contract: line.bytes(of: .contract, bytes), doc: line.bytes(of: .doc, bytes),
      payee: line.bytes(of: .payee, bytes), by: line.bytes(of: .by, bytes), approval: line.bytes(of: .approval, bytes),
      memo: line.bytes(of: .memo, bytes), source: line.bytes(of: .source, bytes), hash: hash.bytes)
  }
}

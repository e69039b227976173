/// Events that control has let through, in the order of their positions, on their way into the book.
struct PendingEvents {
  /// A plain line that has become an event.
  struct Plain {
    /// Its number among the kinds of the writer: to count references to the kind itself at every event would cost both
    /// cores more than all else they do with it.
    @Narrow var kind: Int
    /// The number of its budget line.
    @Narrow var line: Int
    /// As `Day.number`.
    let date: Int32
    /// Where its line starts.
    @Narrow fileprivate(set) var start = 0
    let position: Int
    let recorded: Instant
    /// In fen.
    let amount: Int64
  }

  enum Pending {
    /// By its place in `rows`.
    case stated(Int)
    case plain(Plain)
  }

  private(set) var events: [Pending] = []
  /// Events as stated, by themselves: most are plain, and take little room.
  private(set) var rows: [EventRow] = []
  /// Kinds that no event before was of, in the order of their numbers.
  private(set) var newKinds: [PlainKind] = []
  /// The plain lines, each with a newline, and room behind the last.
  private(set) var bytes: [UInt8] = []

  init() {}

  /// With room for as much as others have taken.
  init(like others: PendingEvents) {
    events.reserveCapacity(others.events.count)
    bytes.reserveCapacity(others.bytes.count + others.bytes.count / 4)
  }

  var count: Int { events.count }
  /// The position of the first.
  var first: Int? {
    switch events.first {
    case .stated(let row): rows[row].recorded.position
    case .plain(let plain): plain.position
    case nil: nil
    }
  }

  mutating func add(_ row: EventRow) {
    events.append(.stated(rows.count))
    rows.append(row)
  }

  mutating func add(_ kind: PlainKind) { newKinds.append(kind) }

  mutating func add(_ event: Plain, _ line: UnsafeBufferPointer<UInt8>) {
    bytes.removeLast(min(bytes.count, PlainLine.padding))
    var event = event
    event.start = bytes.count
    events.append(.plain(event))
    bytes.append(contentsOf: line)
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(0, count: PlainLine.padding))
  }

  /// An event as it will be read from its rows, but for its hash; `nil` if it is not among them.
  /// - Parameter kinds: by number.
  func row(at position: Int, _ kinds: [PlainKind]) -> EventRow? {
    guard let first, events.indices.contains(position - first) else { return nil }
    switch events[position - first] {
    case .stated(let row): return rows[row]
    case .plain(let plain):
      let event = event(plain, kinds[plain.kind].sample)
      return EventRow(
        recorded: RecordedEvent(position: position, event: event, hash: nil, ofPosition: nil),
        lines: [EventRow.Line(budgetLine: plain.line, amount: plain.amount)])
    }
  }

  private func event(_ plain: Plain, _ sample: PlainSample) -> Event {
    bytes.withUnsafeBytes { bytes in
      var line = PlainLine()
      guard let start = bytes.baseAddress, line.read(start, from: plain.start) != nil,
        let date = Day(number: Int(plain.date))
      else { preconditionFailure("a line that was plain is plain again") }
      func text(_ field: Field) -> String? { line.bytes(of: field, start).map { String(decoding: $0, as: UTF8.self) } }
      var note = Annotation()
      note.doc = text(.doc)
      note.payee = text(.payee)
      note.contract = text(.contract)
      note.by = text(.by)
      note.approval = text(.approval)
      note.memo = text(.memo)
      note.source = text(.source)
      let entry = Entry(classification: sample.line.classification, amount: Money(fen: plain.amount))
      let event = sample.event
      return Event(
        type: event.type, date: date, recorded: plain.recorded, id: text(.id), unit: event.unit, year: event.year,
        entries: [entry], details: event.details, annotation: note)
    }
  }
}

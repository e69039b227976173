/// What a plain event of a file is, but for what differs from event to event: found once for all events of its key.
final class PlainKind {
  /// As it was completed the first time.
  let sample: Event
  let line: BudgetLine
  /// What one fen does.
  let change: UnitChange
  let isNegative: Bool
  /// What it is charged to, at any level; `nil`: control has nothing to keep of it.
  let charged: Classification?
  /// On which days this holds.
  let days: ClosedRange<Int32>
  /// The number of its line in the book, once it has one.
  var number: Int?

  /// - Returns: `nil` for what must be weighed with more than one amount at one key: what grants or limits a budget,
  ///   comes back, commits, or moves surplus.
  init?(_ event: Event, days: ClosedRange<Int32>) {
    guard event.entries.count == 1, event.of == nil, event.contract == nil, event.definition.contract != .commits,
      let unit = event.unit, let year = event.year,
      let change = event.type.unitChange(of: event, isNegative: event.entries[0].amount < .zero)
    else { return nil }
    sample = event
    line = BudgetLine(unit: unit, year: year, classification: event.entries[0].classification)
    self.change = change
    isNegative = event.entries[0].amount < .zero
    self.days = days
    var sums = Sums()
    change.add(1, to: &sums)
    let posting = Posting(line: line, date: event.date, sums: sums, chargedAt: 0, isReversal: false)
    let set: [SummedMeasure] = [.appropriated, .foreseen, .adjusted, .carriedIn, .surplusIn, .capped, .committed]
    guard set.allSatisfy({ sums[$0] == 0 }), sums[.disbursed] >= 0, !posting.grants, posting.availableChange <= 0 else {
      return nil
    }
    charged = posting.isCharged ? line.classification : nil
  }
}

/// Takes lines of a file the short way to an event, where they are plain: the strict reader and the completion are asked
/// once for each key.
struct PlainIntake: ~Copyable {
  var reader: LineReader
  private var line = PlainLine()
  private let fields = FieldTable()
  /// By number of the key; with what had been declared then.
  private var kinds: [(revision: Int, kind: PlainKind?)] = []

  init(_ reader: LineReader) { self.reader = reader }

  /// The kind of an event; `nil` if it must be taken strictly.
  mutating func kind(of event: PlainEvent, _ chunk: borrowing JournalChunk, _ declarations: Declarations) -> PlainKind?
  {
    let key = Int(event.key)
    let revision = declarations.revision + reader.namesLearned
    while kinds.count <= key { kinds.append((-1, nil)) }
    if kinds[key].revision != revision || kinds[key].kind.map({ !$0.days.contains(event.date) }) ?? false {
      kinds[key] = (revision, made(from: event, chunk, declarations))
    }
    return kinds[key].kind
  }

  private func made(
    from event: PlainEvent, _ chunk: borrowing JournalChunk, _ declarations: Declarations
  ) -> PlainKind? {
    guard let stated = LineReader.stated(chunk.text(event.start..<event.end), fundNames: reader.fundNames) else {
      return nil
    }
    let outcome = Completion(declarations: declarations).complete(stated.event)
    // A warning is told at its first place, which the strict way knows.
    guard outcome.problems.isEmpty, outcome.warnings.isEmpty, stated.event.entries.count == 1 else { return nil }
    let days = stated.event.entries[0].classification.project.map {
      declarations.daysOfSameNature($0, around: stated.event.date)
    }
    return PlainKind(outcome.event, days: days ?? Day.first.number...Day.last.number)
  }

  /// The whole event, as it is recorded at a time.
  /// - Returns: `nil` if it must be taken strictly.
  mutating func event(
    _ plain: PlainEvent, _ kind: PlainKind, _ chunk: borrowing JournalChunk, recorded time: Instant
  ) -> Event? {
    guard let bytes = UnsafeRawPointer(chunk.bytes.baseAddress), line.read(bytes, from: plain.start, fields) != nil,
      let date = Day(number: Int(plain.date))
    else { return nil }
    func text(_ field: Field) -> String? {
      guard line.has(field) else { return nil }
      let range = line.text(of: field)
      return String(
        decoding: UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count), as: UTF8.self)
    }
    guard let id = text(.id) else { return nil }
    var note = Annotation()
    note.doc = text(.doc)
    note.payee = text(.payee)
    note.contract = text(.contract)
    note.by = text(.by)
    note.approval = text(.approval)
    note.memo = text(.memo)
    note.source = text(.source)
    let amount = Money(fen: kind.isNegative ? -plain.size : plain.size)
    let sample = kind.sample
    return Event(
      type: sample.type, date: date, recorded: time, id: id, unit: sample.unit, year: sample.year,
      entries: [Entry(classification: sample.entries[0].classification, amount: amount)], details: sample.details,
      annotation: note)
  }
}

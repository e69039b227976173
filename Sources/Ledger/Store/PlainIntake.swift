/// A kind of plain events that a batch may take the short way: what is found once for all events of a key.
final class PlainKind {
  /// Of the first event of the kind.
  let sample: PlainSample
  /// What it is charged to, at any level; `nil`: control has nothing to keep of it.
  let charged: Classification?
  /// The number of its line in the book, once it has one.
  var number: Int?

  /// - Returns: `nil` for what must be weighed with more than one amount at one key: what grants or limits a budget,
  ///   comes back, commits, or moves surplus. And for what is warned of: that is told at its first place.
  init?(_ sample: PlainSample) {
    self.sample = sample
    var sums = Sums()
    sample.change.add(1, to: &sums)
    let posting = Posting(
      line: sample.line, date: sample.event.date, sums: sums, chargedAt: 0, isReversal: false)
    let set: [SummedMeasure] = [.appropriated, .foreseen, .adjusted, .carriedIn, .surplusIn, .capped, .committed]
    guard !sample.hasWarnings, sample.event.definition.contract != .commits, set.allSatisfy({ sums[$0] == 0 }),
      sums[.disbursed] >= 0, !posting.grants, posting.availableChange <= 0
    else { return nil }
    charged = posting.isCharged ? sample.line.classification : nil
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
    if kinds[key].revision != revision || kinds[key].kind.map({ !$0.sample.days.contains(event.date) }) ?? false {
      let text = chunk.text(event.start..<event.end)
      let sample = PlainSample(text, fundNames: reader.fundNames, declarations)
      kinds[key] = (revision, sample.flatMap(PlainKind.init))
    }
    return kinds[key].kind
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
    let amount = Money(fen: kind.sample.isNegative ? -plain.size : plain.size)
    let sample = kind.sample.event
    return Event(
      type: sample.type, date: date, recorded: time, id: id, unit: sample.unit, year: sample.year,
      entries: [Entry(classification: sample.entries[0].classification, amount: amount)], details: sample.details,
      annotation: note)
  }
}

/// A kind of plain events that a batch may take the short way: what is found once for all events of a key.
final class PlainKind {
  /// Of the first event of the kind.
  let sample: PlainSample
  /// What it is charged to, at any level; `nil`: control has nothing to keep of it.
  let charged: Classification?
  /// The number of its line in the book, once it has one.
  var number: Int?
  /// What was known of closed years and caps when nothing of either was found in its way.
  var openAt: (declarations: Int, caps: Int)?
  /// Where its payments are kept for refunds, if they are.
  var paidAt: (revision: Int, place: Int?)?
  /// Where it was charged last.
  var place: ControlBook.Place?
  let canonical: CanonicalTemplate
  /// As the columns of a row hold them.
  let type: HeldText
  let details: HeldText?

  /// - Returns: `nil` for what must be weighed with more than one amount at one key: what grants or limits a budget,
  ///   comes back, commits, or moves surplus. And for what is warned of: that is told at its first place.
  init?(_ sample: PlainSample) {
    self.sample = sample
    var sums = Sums()
    sample.change.add(1, to: &sums)
    let posting = Posting(
      line: sample.line, date: sample.event.date, sums: sums, chargedAt: 0, isReversal: false)
    let set: [SummedMeasure] = [.appropriated, .foreseen, .adjusted, .carriedIn, .surplusIn, .capped, .committed]
    guard !sample.hasWarnings, sample.event.of == nil, sample.event.definition.contract != .commits,
      set.allSatisfy({ sums[$0] == 0 }),
      sums[.disbursed] >= 0, !posting.grants, posting.availableChange <= 0
    else { return nil }
    charged = posting.isCharged ? sample.line.classification : nil
    canonical = CanonicalTemplate(sample.event, isNegative: sample.isNegative)
    type = HeldText(sample.event.type.rawValue)
    details = sample.event.details.storedText.map(HeldText.init)
  }
}

/// A text in memory that stays where it is.
final class HeldText {
  let bytes: UnsafeRawBufferPointer

  init(_ text: String) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    copy.copyBytes(from: text.utf8)
    bytes = UnsafeRawBufferPointer(copy)
  }

  deinit { bytes.deallocate() }
}

/// The kinds of plain events that a book has been given, for one batch after another.
final class PlainKinds {
  /// Of all kinds, by which a reader of lines numbers them.
  private var keys = KeyTable()
  /// By number of the key; with the revision of what had been declared then.
  private var kinds: [(revision: PlainSample.Revision, kind: PlainKind?)] = []

  /// The kind of an event; `nil` if it must be taken strictly.
  func kind(
    of event: PlainEvent, _ lines: borrowing JournalLines, _ declarations: Declarations, _ reader: LineReader
  ) -> PlainKind? {
    let key = Int(event.key)
    while kinds.count <= key { kinds.append((.none, nil)) }
    let revision = PlainSample.Revision(declarations, reader)
    let (known, kind) = kinds[key]
    let holds =
      kind.map { known.ofFound == revision.ofFound && $0.sample.days.contains(event.date) }
      ?? (known.ofNothing == revision.ofNothing)
    if !holds {
      let line = ReadLine(lines.text(of: event), fundNames: reader.fundNames, isPlain: true)
      let sample = PlainSample(line, declarations)
      kinds[key] = (revision, sample.flatMap(PlainKind.init))
    }
    return kinds[key].kind
  }

  /// Hands the keys to who reads the next file, until `end`.
  func takeKeys() -> KeyTable {
    defer { keys = KeyTable() }
    return keys
  }

  /// - Parameter hasNewNames: whether the file has named funds; then its lines may mean something else in the next file.
  func end(with keys: KeyTable, hasNewNames: Bool) {
    self.keys = keys
    if hasNewNames { kinds.removeAll() }
  }
}

/// Reads lines of a file that is recorded: strictly, or, of a plain line, only its id.
struct PlainIntake: ~Copyable {
  var reader: LineReader
  private var line = PlainLine()

  init(_ reader: LineReader) { self.reader = reader }

  /// The id of a line; `nil` if it must be taken strictly.
  mutating func id(of plain: PlainEvent, _ chunk: borrowing JournalChunk) -> String? {
    guard let bytes = UnsafeRawPointer(chunk.bytes.baseAddress), line.read(bytes, from: plain.start) != nil
    else { return nil }
    return line.bytes(of: .id, bytes).map { String(decoding: $0, as: UTF8.self) }
  }
}

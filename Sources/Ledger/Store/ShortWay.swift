/// The short way of plain events: where the events of a kind go in the book that a batch adds to.
///
/// What is asked of every event stands here side by side. A county has tens of thousands of kinds, so each of them is
/// fetched from memory anew, and every further place that is looked at would be fetched too.
struct ShortWay {
  /// How much was known of closed years and caps when they were asked about.
  struct Asked: Equatable {
    @Narrow var declarations: Int
    @Narrow var caps: Int
  }

  /// Where payments are kept, as of a revision of them.
  struct Paid {
    @Narrow var revision: Int
    @NarrowOrNil var place: Int?
  }

  /// What one fen does.
  let change: UnitChange
  let type: EventType
  /// Of its budget.
  @Narrow private(set) var year: Int
  /// Whether its amounts are below zero.
  let isNegative: Bool
  /// Whether control keeps anything of it.
  let isCharged: Bool
  /// The number of its line in the book, once it has one.
  @NarrowOrNil var number: Int? = nil
  /// What was known of closed years and caps when nothing of either was found in its way.
  var openAt: Asked?
  /// Where it was charged last.
  var place: ControlBook.Place?
  /// Where its payments are kept for refunds, if they are.
  var paidAt: Paid?
  /// What its rows are made of, which `ShortWays` keeps, and the number of that, once the writer has it.
  unowned(unsafe) let kind: PlainKind
  @NarrowOrNil var kindNumber: Int? = nil

  /// - Returns: `nil` for what must be weighed with more than one amount at one key: what grants or limits a budget,
  ///   comes back, commits, or moves surplus. And for what is warned of: that is told at its first place.
  init?(_ kind: PlainKind) {
    let sample = kind.sample
    var sums = Sums()
    sample.change.add(1, to: &sums)
    let posting = Posting(
      line: sample.line, date: sample.event.date, sums: sums, chargedAt: 0, isReversal: false)
    let set: [SummedMeasure] = [.appropriated, .foreseen, .adjusted, .carriedIn, .surplusIn, .capped, .committed]
    guard !sample.hasWarnings, sample.event.of == nil, sample.event.definition.contract != .commits,
      set.allSatisfy({ sums[$0] == 0 }),
      sums[.disbursed] >= 0, !posting.grants, posting.availableChange <= 0
    else { return nil }
    change = sample.change
    type = sample.event.type
    year = sample.line.year
    isNegative = sample.isNegative
    isCharged = posting.isCharged
    self.kind = kind
  }

  /// See `EventRegister.look`.
  fileprivate func look() -> Int { year ^ (kindNumber ?? 0) ^ (place == nil ? 1 : 0) }

  /// Works on it where it stands.
  fileprivate mutating func use<Result>(_ body: (inout ShortWay) throws -> Result?) rethrows -> Result? {
    try body(&self)
  }

  var line: BudgetLine { kind.sample.line }
}

/// The short ways of the kinds of plain events that a book has been given, for one batch after another.
final class ShortWays {
  private struct Known {
    /// Of what had been declared then.
    var revision = PlainSample.Revision.none
    /// On which days the way is what it is, if there is one.
    var days: ClosedRange<Int32> = 0...0
    var way: ShortWay?
  }

  /// Of all kinds, by which a reader of lines numbers them.
  private var keys = KeyTable()
  /// By number of the key.
  private var ways: [Known] = []
  /// Those of `ways`, apart from them, so that to look at a way counts no references.
  private var kinds: [PlainKind?] = []

  /// Works on the short way of an event.
  /// - Returns: what `body` does; `nil`, as from `body`, if the event must be taken strictly.
  func withWay<Result>(
    of event: PlainEvent, _ lines: borrowing JournalLines, _ declarations: Declarations, _ reader: LineReader,
    _ body: (inout ShortWay) throws -> Result?
  ) rethrows -> Result? {
    let key = Int(event.key)
    while ways.count <= key {
      ways.append(Known())
      kinds.append(nil)
    }
    let revision = PlainSample.Revision(declarations, reader)
    let known = ways[key]
    let holds =
      known.way == nil
      ? known.revision.ofNothing == revision.ofNothing
      : known.revision.ofFound == revision.ofFound && known.days.contains(event.date)
    if !holds {
      let line = ReadLine(lines.text(of: event), fundNames: reader.fundNames, isPlain: true)
      let sample = PlainSample(line, declarations)
      let kind = sample.map(PlainKind.init)
      let way = kind.flatMap(ShortWay.init)
      ways[key] = Known(revision: revision, days: sample?.days ?? 0...0, way: way)
      kinds[key] = way == nil ? nil : kind
    }
    return try ways[key].way?.use(body)
  }

  /// Looks at the ways of events to come, as `EventRegister.look` does, then at what they lead to.
  func look(ahead events: ArraySlice<PlainEvent>, _ control: BatchControl) -> Int {
    ways.withUnsafeBufferPointer { ways in
      var seen = 0
      for event in events where event.key < ways.count { seen ^= ways[Int(event.key)].way?.look() ?? 0 }
      for event in events where event.key < ways.count {
        if let way = ways[Int(event.key)].way { seen ^= control.look(at: way) }
      }
      return seen
    }
  }

  /// Hands the keys to who reads the next file, until `end`.
  func takeKeys() -> KeyTable {
    defer { keys = KeyTable() }
    return keys
  }

  /// - Parameter hasNewNames: whether the file has named funds; then its lines may mean something else in the next file.
  func end(with keys: KeyTable, hasNewNames: Bool) {
    self.keys = keys
    guard hasNewNames else { return }
    ways.removeAll()
    kinds.removeAll()
  }
}

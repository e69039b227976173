import GRDB

/// What a batch knows of its book at its end, and the next one need not read again.
///
/// It holds for as long as the head of the book is the same: the hash covers every event, and all else follows from
/// them.
struct BatchMemory {
  let head: Head
  /// SQLite's count of what other connections have committed.
  let version: Int
  fileprivate let declarations: Declarations
  fileprivate var control: BatchControl
  fileprivate let lines: LineRegister
  fileprivate let writer: EventWriter
  fileprivate let ways: ShortWays

  /// The head of the book, if no other connection has committed anything since.
  func head(at version: Int) -> Head? { self.version == version ? head : nil }

  /// Whether it still holds. Where projections wait in it, nobody else may have written them meanwhile.
  func holds(for head: Head, version: Int) -> Bool {
    self.head == head && (control.projected == head.position || self.version == version)
  }

  static func version(_ database: Database) throws -> Int {
    let statement = try RawStatement(database, "PRAGMA data_version")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// Writes the projections that wait in it, in a transaction.
  /// - Returns: whether there were any, and it still holds.
  mutating func endTail(_ database: Database) throws -> Bool {
    let version = try BatchMemory.version(database)
    guard control.projected < head.position, holds(for: try Head.read(database), version: version) else {
      return false
    }
    try control.flush(at: head.position)
    return true
  }
}

/// Where an event stands, for what is to be said of it.
struct EventPlace {
  /// Problems, each with the place of its field.
  let located: ([FieldProblem]) -> [Problem]
  let location: (Field) -> SourceLocation
}

/// One batch while it is recorded, inside its transaction.
struct Batch {
  /// An event as a file states it.
  struct Written {
    let event: Event
    let hash: ChainHash?
    /// In the file.
    let position: Int
    let place: EventPlace

    init(_ event: Event, _ hash: ChainHash?, at position: Int, _ place: EventPlace) {
      self.event = event
      self.hash = hash
      self.position = position
      self.place = place
    }
  }

  /// In fen. What waits for its projections is no larger: so it is left to no later batch to find a sum out of range,
  /// unless one was next to it before.
  static let largestToWait: Int64 = 1 << 53

  private let reader: BookReader
  let options: RecordingOptions
  private(set) var head: Head
  private(set) var declarations: Declarations
  var control: BatchControl
  let lines: LineRegister
  let writer: EventWriter
  let ways: ShortWays
  /// Of lines by themselves, and of their order. They are told before what the book has to say.
  var flaws: [Problem] = []
  private var problems: [Problem] = []
  private(set) var result = BatchResult()
  /// Where the events of the file stand in the book: a number in `of` counts in the file.
  var bookPositions = BookPositions()
  private var occurrences: [String: Int] = [:]
  /// Warned of once, at its first place: a code that is not in the tables may stand in every event.
  private var warned: Set<String> = []
  /// See `EventRegister.look`.
  var seen = 0
  /// Whether its events may wait for their projections: it follows on another, so more may come, and none of them does
  /// more than its own lines say.
  var mayWait = false

  /// - Parameter memory: of the batch before, if it still holds.
  init(_ reader: BookReader, options: RecordingOptions, memory: BatchMemory? = nil) throws {
    self.reader = reader
    self.options = options
    head = reader.head
    if let memory {
      declarations = memory.declarations
      control = memory.control
      control.begin(reader, options: options)
      lines = memory.lines
      writer = memory.writer
      ways = memory.ways
      mayWait = true
    } else {
      declarations = try reader.declarations()
      control = try BatchControl(reader, options: options)
      lines = try LineRegister(reader)
      writer = try EventWriter(reader)
      ways = ShortWays()
    }
    reader.writer = writer
    if control.projected < head.position, !mayWait { try control.catchUp(declarations, lines) }
  }

  /// For the next batch, once this one is committed.
  /// - Parameter version: see `BatchMemory.version`.
  func memory(at version: Int) -> BatchMemory {
    BatchMemory(
      head: head, version: version, declarations: declarations, control: control, lines: lines, writer: writer,
      ways: ways)
  }

  mutating func record(_ file: JournalFile, progress: (Int) -> Void) throws -> BatchResult {
    flaws = file.problems
    for (count, written) in file.events.enumerated() {
      let place = EventPlace(
        located: { file.located($0, in: written) }, location: { file.location(of: $0, in: written) })
      do { try record(Written(written.event, written.hash, at: written.position, place)) } catch is Overflow {
        tellOverflow(place)
        break
      }
      if options.isCorrection, !flaws.isEmpty || !problems.isEmpty { break }  // The second event rests on the first.
      if count % 1_000 == 999 { progress(count + 1) }
    }
    return try finish()
  }

  /// From here on the sums mean nothing.
  mutating func tellOverflow(_ place: EventPlace) {
    problems += place.located([
      FieldProblem(.totalOutOfRange, .amount, value: "", expected: .expectedTotalInRange)
    ])
  }

  /// Everything has been taken in: writes what is waiting, or says what was wrong.
  mutating func finish() throws -> BatchResult {
    problems = flaws + problems
    let isUnreadable = problems.contains { $0.code.exitCode != ProblemCode.budgetExceeded.exitCode }
    if !isUnreadable, result.added > 0 || !problems.isEmpty { try checkPosition() }
    guard problems.isEmpty else { throw Problems(problems) }
    try writer.end()
    head.hash = writer.hash
    if head != reader.head {
      if !isTail {
        do { try control.flush(at: head.position) } catch is Overflow { throw Problems(Problem(.totalOutOfRange)) }
      }
      try head.write(reader.database)
    }
    result.position = head.position
    result.hash = head.hash
    return result
  }

  /// Whether what has been added may be left to the tail. See `BookReader.projectedPosition`.
  private var isTail: Bool {
    mayWait && head.budgetLines == reader.head.budgetLines
      && head.position - control.projected <= reader.runs.mostInTail
      && reader.runs.run(of: head.position + 1) == reader.runs.run(of: control.projected)
  }

  /// A caller who believes the book to be elsewhere is told so before what is refused: that may rest on what is new.
  private func checkPosition() throws {
    guard let expected = options.expectedPosition, expected != reader.head.position else { return }
    throw Problems(
      Problem(
        .positionConflict, field: Field.position.rawValue, value: String(expected),
        expected: .expectedExactly(String(reader.head.position))))
  }

  mutating func record(_ written: Written) throws {
    var stated = written.event
    stated.id = id(for: stated)
    if case .position(let inFile)? = stated.of, options.countsOfInFile {
      stated.details[.of] = bookPositions[inFile].map { .reference(.position($0)) } ?? stated.details[.of]
      if bookPositions[inFile] == nil {
        return add(
          FieldProblem(.referenceNotFound, .of, value: String(inFile), expected: .expectedEarlierEvent), written)
      }
    }
    if let id = stated.id, let earlier = try reader.position(ofID: id) {
      return try meet(stated, at: earlier, written)
    }
    let outcome = try Intake(declarations: declarations).take(stated, lookup: self)
    let fresh = outcome.warnings.filter { warned.insert("\($0.field) \($0.value)").inserted }
    result.warnings += written.place.located(fresh)
    problems += written.place.located(outcome.problems)
    guard outcome.problems.isEmpty else { return learn(outcome.event) }

    var event = outcome.event
    let time = recordedTime(of: stated)
    guard time >= head.recorded else {
      return add(
        FieldProblem(
          .recordedOutOfOrder, .recorded, value: time.description,
          expected: .expectedAtLeast(head.recorded.description)), written)
    }
    event.recorded = time
    // Before there were commitments a payment under a contract had used up nothing, and did not say so.
    if keepsHash(written), stated.details[.settled] == nil, outcome.settled == .zero { event.details[.settled] = nil }
    if keepsHash(written), event.contentBytes != stated.contentBytes {
      return add(
        FieldProblem(.journalIncomplete, .hash, value: "", expected: .expectedCompleteEvent), written)
    }
    if let problem = settledMismatch(stated, outcome.settled) { return add(problem, written) }
    let recorded = RecordedEvent(
      position: head.position + 1, event: event, hash: nil, ofPosition: outcome.target?.position)
    try weigh(recorded, outcome.target, written)
  }

  /// What a payment uses up of its contract is decided here; a file that says otherwise is about another book.
  private func settledMismatch(_ stated: Event, _ settled: Money?) -> FieldProblem? {
    guard let given = stated.details.amount(.settled), let settled, given != settled else { return nil }
    return FieldProblem(
      .settledMismatch, .settled, value: given.description, expected: .expectedSettled(settled.description))
  }

  /// Records an event that is well-formed, unless a rule refuses it.
  private mutating func weigh(
    _ recorded: RecordedEvent, _ target: RecordedEvent?, _ written: Written
  ) throws {
    let item = BatchControl.Case(
      recorded: recorded, target: target, declarations: declarations, register: lines,
      place: written.place.location)
    let verdict = try control.weigh(item, isJudged: !keepsHash(written))
    result.warnings += verdict.warnings
    problems += verdict.refusals
    if verdict.refusals.isEmpty { try append(item, verdict.postings, written) }
  }

  // MARK: Identity

  private mutating func id(for stated: Event) -> String? {
    if let id = stated.id { return id }
    switch options.ids {
    case .fresh(let make): return make()
    case .derived:
      let key = stated.contentKey
      occurrences[key, default: 0] += 1
      return stated.derivedID(occurrence: occurrences[key] ?? 1)
    }
  }

  /// The book has this id: the same content changes nothing, other content is refused.
  private mutating func meet(_ stated: Event, at earlier: Int, _ written: Written) throws {
    guard let known = try recordedEvent(at: earlier) else { throw DamagedRow(table: "events", row: String(earlier)) }
    guard try known.hasContent(of: stated, declarations: declarations, lookup: self) else {
      return add(
        FieldProblem(.idTaken, .id, value: stated.id ?? "", expected: .expectedFreshID(takenBy: earlier)), written)
    }
    bookPositions.add(earlier, at: written.position)
    result.known += 1
    if options.tellsEach { result.results.append(RecordingResult(recorded: known, isNew: false, left: [])) }
  }

  private func recordedTime(of stated: Event) -> Instant {
    switch options.origin {
    case .now(let now): max(now, head.recorded)
    case .journal(let now): stated.recorded ?? (head.position == 0 ? now : head.recorded)
    }
  }

  /// An exported journal replayed into an empty book is the same book again, hash by hash.
  private func keepsHash(_ written: Written) -> Bool {
    guard case .journal = options.origin, reader.head.position == 0 else { return false }
    return written.hash != nil
  }

  // MARK: Appending

  private mutating func append(
    _ item: BatchControl.Case, _ postings: [Posting], _ written: Written
  ) throws {
    mayWait = mayWait && item.recorded.mayWait
    let event = item.event
    let hash = takesPlain ? nil : head.hash.next(CanonicalWriter.bytes(of: event))
    if keepsHash(written), let stated = written.hash, let hash, stated != hash {
      // One change breaks every link after it; the first is the place.
      if (flaws + problems).contains(where: { $0.code == .hashMismatch }) { return }
      return add(
        FieldProblem(
          .hashMismatch, .hash, value: stated.hexadecimal, expected: .expectedHashValue(hash.hexadecimal)), written)
    }
    let recorded = RecordedEvent(
      position: item.recorded.position, event: event, hash: hash, ofPosition: item.recorded.ofPosition)
    let left = try control.keep(item, postings, numbers: postings.map { try lines.number(of: $0.line) })
    let stored = try event.entries.map { entry in
      EventRow.Line(budgetLine: try number(of: entry, event), amount: entry.amount.fen)
    }
    try writer.append(EventRow(recorded: recorded, lines: stored))
    advance(to: recorded.position, hash, recorded: event.recorded ?? head.recorded)
    learn(event, at: recorded.position)
    bookPositions.add(recorded.position, at: written.position)
    guard options.tellsEach else { return }
    // What a correction leaves is told once, after the event that takes the place of the old one.
    let isHalf = options.isCorrection && event.type == .reversal
    result.results.append(RecordingResult(recorded: recorded, isNew: true, left: isHalf ? [] : left))
  }

  /// An event has been appended.
  /// - Parameter hash: `nil` where it is left to who writes the row.
  mutating func advance(to position: Int, _ hash: ChainHash?, recorded: Instant) {
    head.budgetLines = lines.all.count
    head.position = position
    head.hash = hash ?? head.hash
    head.recorded = recorded
    result.added += 1
  }

  private func number(of entry: Entry, _ event: Event) throws -> Int {
    guard let unit = event.unit, let year = event.year else {
      preconditionFailure("an event with lines is complete when it is appended")
    }
    return try lines.number(of: BudgetLine(unit: unit, year: year, classification: entry.classification))
  }

  // MARK: What the rest of the batch needs to know

  private mutating func learn(_ event: Event, at position: Int) {
    let before = declarations.revision
    declarations.apply(RecordedEvent(position: position, event: event, hash: nil, ofPosition: nil))
    if declarations.revision > before { head.declarations += 1 }
  }

  /// What a flawed event declares is known to the rest of the file all the same, so that one flaw does not show as
  /// many. The batch fails anyway.
  private mutating func learn(_ event: Event) { learn(event, at: head.position + 1) }

  private mutating func add(_ problem: FieldProblem, _ written: Written) {
    problems += written.place.located([problem])
  }
}

extension RecordedEvent {
  /// Whether its projections may wait: all that it does are its own postings, none of them so large that a sum could
  /// leave `Int64` only when it is written, and nobody looks for it by its type.
  fileprivate var mayWait: Bool {
    ofPosition == nil && event.contract == nil && event.definition.lines != nil
      && !RunRow.rareTypes.contains(event.type)
      && event.entries.allSatisfy { $0.amount.fen.magnitude <= Batch.largestToWait.magnitude }
  }
}

extension Batch: EventLookup {
  func recordedEvent(at position: Int) throws -> RecordedEvent? {
    try reader.storedEvent(at: position, lines: lines.all)
  }

  func position(ofID id: String) throws -> Int? { try reader.position(ofID: id) }

  func outstanding(under contract: ContractKey) throws -> Fen {
    try control.outstanding(under: contract, lines: lines.all)
  }
}

extension RecordingOptions {
  /// A file's numbers count in the file; a number typed at the command line counts in the book.
  var countsOfInFile: Bool {
    if case .derived = ids { return true }
    return false
  }
}

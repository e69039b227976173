import GRDB

/// One batch while it is recorded, inside its transaction.
struct Batch {
  private let reader: BookReader
  private let options: RecordingOptions
  private var head: Head
  private(set) var declarations: Declarations
  private var projections: ProjectionTables
  private var lineNumbers: [BudgetLine: Int] = [:]
  private var lines: [BudgetLine]
  private var problems: [Problem] = []
  private var result = BatchResult()
  /// Where the events of the file stand in the book: a number in `of` counts in the file.
  private var bookPositions: [Int: Int] = [:]
  private var occurrences: [String: Int] = [:]
  /// Warned of once, at its first place: a code that is not in the tables may stand in every event.
  private var warned: Set<String> = []

  init(_ reader: BookReader, options: RecordingOptions) throws {
    self.reader = reader
    self.options = options
    head = reader.head
    declarations = try reader.declarations()
    projections = ProjectionTables(reader.database)
    lines = try reader.budgetLines()
    for (index, line) in lines.enumerated() { lineNumbers[line] = index + 1 }
  }

  mutating func record(_ file: JournalFile, progress: (Int) -> Void) throws -> BatchResult {
    problems = file.problems
    for (count, written) in file.events.enumerated() {
      do { try record(written, in: file) } catch is Overflow {
        add(FieldProblem(.totalOutOfRange, .amount, value: "", expected: .expectedTotalInRange), written, file)
        break  // From here on the sums mean nothing.
      }
      if count % 1_000 == 999 { progress(count + 1) }
    }
    let isUnreadable = problems.contains { $0.code.exitCode != ProblemCode.budgetExceeded.exitCode }
    if !isUnreadable, result.added > 0 || !problems.isEmpty { try checkPosition() }
    guard problems.isEmpty else { throw Problems(problems) }
    if head != reader.head {
      do { try projections.flush() } catch is Overflow { throw Problems(Problem(.totalOutOfRange)) }
      try head.write(reader.database)
    }
    result.position = head.position
    result.hash = head.hash
    return result
  }

  /// A caller who believes the book to be elsewhere is told so before what is refused: that may rest on what is new.
  private func checkPosition() throws {
    guard let expected = options.expectedPosition, expected != reader.head.position else { return }
    throw Problems(
      Problem(
        .positionConflict, field: Field.position.rawValue, value: String(expected),
        expected: .expectedExactly(String(reader.head.position))))
  }

  private mutating func record(_ written: WrittenEvent, in file: JournalFile) throws {
    var stated = written.event
    stated.id = id(for: stated)
    if case .position(let inFile)? = stated.of, options.countsOfInFile {
      stated.details[.of] = bookPositions[inFile].map { .reference(.position($0)) } ?? stated.details[.of]
      if bookPositions[inFile] == nil {
        return add(
          FieldProblem(.referenceNotFound, .of, value: String(inFile), expected: .expectedEarlierEvent), written, file)
      }
    }
    if let id = stated.id, let earlier = try reader.position(ofID: id) {
      return try meet(stated, at: earlier, written, file)
    }
    let outcome = try Intake(declarations: declarations).take(stated, lookup: self)
    let fresh = outcome.warnings.filter { warned.insert("\($0.field) \($0.value)").inserted }
    result.warnings += file.located(fresh, in: written)
    problems += file.located(outcome.problems, in: written)
    guard outcome.problems.isEmpty else { return learn(outcome.event) }

    var event = outcome.event
    let time = recordedTime(of: stated)
    guard time >= head.recorded else {
      return add(
        FieldProblem(
          .recordedOutOfOrder, .recorded, value: time.description,
          expected: .expectedAtLeast(head.recorded.description)), written, file)
    }
    event.recorded = time
    if keepsHash(written), event.contentBytes != stated.contentBytes {
      return add(
        FieldProblem(.journalIncomplete, .hash, value: "", expected: .expectedCompleteEvent), written, file)
    }
    let refusals = try control(event, outcome.target, written, file)
    guard refusals.isEmpty else {
      problems += refusals
      return
    }
    try append(event, target: outcome.target, written, file)
  }

  // MARK: Identity

  private mutating func id(for stated: Event) -> String? {
    if let id = stated.id { return id }
    switch options.ids {
    case .fresh(let id): return id
    case .derived:
      let key = stated.contentKey
      occurrences[key, default: 0] += 1
      return stated.derivedID(occurrence: occurrences[key] ?? 1)
    }
  }

  /// The book has this id: the same content changes nothing, other content is refused.
  private mutating func meet(_ stated: Event, at earlier: Int, _ written: WrittenEvent, _ file: JournalFile) throws {
    guard let known = try recordedEvent(at: earlier) else { throw DamagedRow(table: "events", row: String(earlier)) }
    guard try known.hasContent(of: stated, declarations: declarations, lookup: self) else {
      return add(
        FieldProblem(.idTaken, .id, value: stated.id ?? "", expected: .expectedFreshID(takenBy: earlier)), written,
        file)
    }
    bookPositions[written.position] = earlier
    result.results.append(RecordingResult(recorded: known, isNew: false, left: []))
  }

  private func recordedTime(of stated: Event) -> Instant {
    switch options.origin {
    case .now(let now): max(now, head.recorded)
    case .journal(let now): stated.recorded ?? (head.position == 0 ? now : head.recorded)
    }
  }

  /// An exported journal replayed into an empty book is the same book again, hash by hash.
  private func keepsHash(_ written: WrittenEvent) -> Bool {
    guard case .journal = options.origin, reader.head.position == 0 else { return false }
    return written.hash != nil
  }

  // MARK: Control

  private mutating func control(
    _ event: Event, _ target: RecordedEvent?, _ written: WrittenEvent, _ file: JournalFile
  ) throws -> [Problem] {
    guard event.isMoney, !keepsHash(written), let unit = event.unit, let year = event.year else { return [] }
    var refusals: [Problem] = []
    if event.type == .refund || event.type == .reversal {
      // These look at single days and events of the store, not only at what control keeps.
      try projections.flush()
      let facts = StoredFacts(reader: reader, lines: lines)
      let place = file.location(of: target == nil ? .amount : .of, in: written)
      let refusal =
        try ReversalRule.refusal(of: event, target: target, facts)
        ?? RefundRule.refusal(of: event, target: target, facts)
      if let refusal { refusals.append(refusal.at(place)) }
    }
    let mode = declarations.control(of: unit, on: event.date)
    guard mode != .off else { return refusals }
    let state = try projections.controlState(unit: unit, year: year)
    let charges = MoneyRule.charges(of: event, position: head.position + 1, target: target, in: state)
    let place = file.location(of: event.definition.lines == nil ? .of : .amount, in: written)
    let shortfalls = MoneyRule.shortfalls(of: charges, on: event.date, in: state)
      .map { $0.problem(on: event.date, at: place) }
    if mode == .warn {
      result.warnings += shortfalls
      return refusals
    }
    return refusals + shortfalls
  }

  // MARK: Appending

  private mutating func append(
    _ event: Event, target: RecordedEvent?, _ written: WrittenEvent, _ file: JournalFile
  ) throws {
    let position = head.position + 1
    let hash = head.hash.next(CanonicalWriter.bytes(of: event))
    if keepsHash(written), let stated = written.hash, stated != hash {
      // One change breaks every link after it; the first is the place.
      if problems.contains(where: { $0.code == .hashMismatch }) { return }
      return add(
        FieldProblem(
          .hashMismatch, .hash, value: stated.hexadecimal, expected: .expectedHashValue(hash.hexadecimal)), written,
        file)
    }
    let recorded = RecordedEvent(position: position, event: event, hash: hash, ofPosition: target?.position)
    for posting in recorded.postings(of: target) { _ = try number(of: posting.line) }
    let left = try projections.apply(recorded, target: target, lineNumbers: lineNumbers)
    let stored = try event.entries.map { entry in
      EventRow.Line(budgetLine: try number(of: entry, event), amount: entry.amount.fen)
    }
    try EventRow(recorded: recorded, lines: stored).insert(reader.database)
    head.position = position
    head.hash = hash
    head.recorded = event.recorded ?? head.recorded
    learn(event, at: position)
    bookPositions[written.position] = position
    result.results.append(RecordingResult(recorded: recorded, isNew: true, left: left))
  }

  private mutating func number(of entry: Entry, _ event: Event) throws -> Int {
    guard let unit = event.unit, let year = event.year else {
      preconditionFailure("an event with lines is complete when it is appended")
    }
    return try number(of: BudgetLine(unit: unit, year: year, classification: entry.classification))
  }

  private mutating func number(of line: BudgetLine) throws -> Int {
    if let known = lineNumbers[line] { return known }
    let number = lines.count + 1
    try LineRow(number: number, line: line).insert(reader.database)
    lines.append(line)
    lineNumbers[line] = number
    head.budgetLines = number
    return number
  }

  // MARK: What the rest of the batch needs to know

  private mutating func learn(_ event: Event, at position: Int) {
    let before = declarations.count
    declarations.apply(RecordedEvent(position: position, event: event, hash: nil, ofPosition: nil))
    if declarations.count > before { head.declarations += 1 }
  }

  /// What a flawed event declares is known to the rest of the file all the same, so that one flaw does not show as
  /// many. The batch fails anyway.
  private mutating func learn(_ event: Event) { learn(event, at: head.position + 1) }

  private mutating func add(_ problem: FieldProblem, _ written: WrittenEvent, _ file: JournalFile) {
    problems += file.located([problem], in: written)
  }
}

extension Batch: EventLookup {
  func recordedEvent(at position: Int) throws -> RecordedEvent? {
    let row = try Row.fetchOne(
      reader.database.cachedStatement(sql: "SELECT * FROM events WHERE position = ?"), arguments: [position])
    return try row.map { try EventRow($0, budgetLines: lines, reader.database).recorded }
  }

  func position(ofID id: String) throws -> Int? { try reader.position(ofID: id) }
}

extension RecordingOptions {
  /// A file's numbers count in the file; a number typed at the command line counts in the book.
  var countsOfInFile: Bool {
    if case .derived = ids { return true }
    return false
  }
}

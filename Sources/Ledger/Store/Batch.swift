import GRDB

/// One batch while it is recorded, inside its transaction.
struct Batch {
  private let reader: BookReader
  private let options: RecordingOptions
  private var head: Head
  private(set) var declarations: Declarations
  private var lineTables: LineTables
  private var control: ControlBook
  private let contracts: StoredContracts
  /// The caps of the units and years that the batch has to do with.
  private var caps: [UnitYear: Caps] = [:]
  private var lineNumbers: [BudgetLine: Int] = [:]
  private var lines: [BudgetLine]
  private var problems: [Problem] = []
  private var result = BatchResult()
  /// Where the events of the file stand in the book: a number in `of` counts in the file.
  private var bookPositions: [Int: Int] = [:]
  private var occurrences: [String: Int] = [:]
  /// Warned of once, at its first place: a code that is not in the tables may stand in every event.
  private var warned: Set<String> = []
  private var takenBack: TakenBack?

  init(_ reader: BookReader, options: RecordingOptions) throws {
    self.reader = reader
    self.options = options
    head = reader.head
    declarations = try reader.declarations()
    lineTables = LineTables(reader.database)
    control = ControlBook(reader.database)
    contracts = StoredContracts(reader)
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
      if options.isCorrection, !problems.isEmpty { break }  // The second event rests on the first.
      if count % 1_000 == 999 { progress(count + 1) }
    }
    let isUnreadable = problems.contains { $0.code.exitCode != ProblemCode.budgetExceeded.exitCode }
    if !isUnreadable, result.added > 0 || !problems.isEmpty { try checkPosition() }
    guard problems.isEmpty else { throw Problems(problems) }
    if head != reader.head {
      do { try flush() } catch is Overflow { throw Problems(Problem(.totalOutOfRange)) }
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
    if let problem = settledMismatch(stated, outcome.settled) { return add(problem, written, file) }
    let recorded = RecordedEvent(
      position: head.position + 1, event: event, hash: nil, ofPosition: outcome.target?.position)
    try weigh(recorded, outcome.target, written, file)
  }

  /// What a correction has taken back, for the event that takes its place.
  private struct TakenBack {
    let date: Day
    let postings: [Posting]
    /// The caps it has lifted.
    let caps: [Entry]
  }

  /// What a payment uses up of its contract is decided here; a file that says otherwise is about another book.
  private func settledMismatch(_ stated: Event, _ settled: Money?) -> FieldProblem? {
    guard let given = stated.details.amount(.settled), let settled, given != settled else { return nil }
    return FieldProblem(
      .settledMismatch, .settled, value: given.description, expected: .expectedSettled(settled.description))
  }

  /// Records an event that is well-formed, unless a rule refuses it.
  private mutating func weigh(
    _ recorded: RecordedEvent, _ target: RecordedEvent?, _ written: WrittenEvent, _ file: JournalFile
  ) throws {
    let key = recorded.event.contract ?? target?.event.contract
    if let key { try contracts.load(key, lines: lines) }
    var refusals = try refusalsByFacts(of: recorded, target, written, file)
    let postings = contracts.contracts.postings(of: recorded, target: target)
    refusals += try refusalsByRules(of: recorded, target, postings, isRefused: !refusals.isEmpty, written, file)
    if options.isCorrection, recorded.event.type == .reversal {
      takenBack = TakenBack(
        date: recorded.event.date, postings: postings,
        caps: target.flatMap { $0.event.type == .cap ? $0.event.entries : nil } ?? [])
    }
    guard refusals.isEmpty else {
      problems += refusals
      if let key { contracts.forget(key) }
      return
    }
    try append(recorded, target, postings, written, file)
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

  /// What no mode of control relaxes: closed years, and what other events have made impossible.
  private mutating func refusalsByFacts(
    of recorded: RecordedEvent, _ target: RecordedEvent?, _ written: WrittenEvent, _ file: JournalFile
  ) throws -> [Problem] {
    let event = recorded.event
    guard event.isMoney, !keepsHash(written) else { return [] }
    if let closed = ClosedYearRule.refusal(of: event, declarations) {
      return [closed.at(file.location(of: event.type == .reversal ? .of : .year, in: written))]
    }
    if let refusal = ReleaseRule.refusal(of: event, contracts.contracts) {
      return [refusal.at(file.location(of: .amount, in: written))]
    }
    guard event.type == .reversal else { return [] }
    let refusal = try ReversalRule.refusal(of: event, target: target, facts(), contracts.contracts)
    return refusal.map { [$0.at(file.location(of: .of, in: written))] } ?? []
  }

  /// Refunds, and what the mode of control relaxes: virement, caps, surplus, money.
  private mutating func refusalsByRules(
    of recorded: RecordedEvent, _ target: RecordedEvent?, _ postings: [Posting], isRefused: Bool,
    _ written: WrittenEvent, _ file: JournalFile
  ) throws -> [Problem] {
    let event = recorded.event
    guard event.isMoney, !keepsHash(written), let unit = event.unit else { return [] }
    var refusals: [Problem] = []
    if !isRefused, let closed = ClosedYearRule.refusal(of: postings, declarations) {
      refusals.append(closed.at(file.location(of: target == nil ? .amount : .of, in: written)))
    }
    if event.type == .refund || event.type == .reversal, !isRefused {
      let place = file.location(of: target == nil ? .amount : .of, in: written)
      let refusal = try RefundRule.refusal(of: event, target: target, postings, facts())
      if let refusal { refusals.append(refusal.at(place)) }
    }
    // A reversal that is part of a correction is weighed with the event that takes its place.
    if options.isCorrection, event.type == .reversal { return refusals }
    let mode = options.control ?? declarations.control(over: event, of: unit)
    guard mode != .off else { return refusals }
    let place = file.location(of: event.type == .reversal ? .of : .amount, in: written)
    let found =
      try VirementRule.refusals(of: event).map { $0.at(file.location(of: $0.fieldOfEvent, in: written)) }
      + (capRefusals(of: event, target, postings) + surplusRefusals(of: postings, on: event.date, unit)
      + shortfalls(of: postings, on: event.date, unit)).map { $0.at(place) }
    if mode == .warn {
      result.warnings += found
      return refusals
    }
    return refusals + found
  }

  /// The facts of the store, which are those of the batch once it is flushed.
  private mutating func facts() throws -> StoredFacts {
    try lineTables.flush()
    return StoredFacts(reader: reader, lines: lines)
  }

  private mutating func shortfalls(of postings: [Posting], on date: Day, _ unit: ExactText) throws -> [Problem] {
    let level = declarations.level(of: unit, on: date)
    let touched = Set((postings + (takenBack?.postings ?? [])).filter(\.isCharged).map(\.line.year))
    return try touched.sorted().flatMap { year in
      let postings = postings.filter { $0.isCharged && $0.line.year == year }
      let back = takenBack.map { ($0.postings.filter { $0.isCharged && $0.line.year == year }, $0.date) }
      let shortfalls = try control.withState(unit: unit, year: year, level: level, history: history) { state in
        let reversed = back.map { (MoneyRule.charges(of: $0, at: level, in: &state), $1) }
        let charges = MoneyRule.charges(of: postings, at: level, in: &state)
        return MoneyRule.shortfalls(of: charges, on: date, correcting: reversed, in: state)
      }
      return try shortfalls.map { shortfall in
        try shortfall.problem(on: date, at: .commandLine) { key in
          guard key.line.fund?.isTreasury == true else { return 0 }
          return try SurplusRule.surplus(of: key, unit: unit, year: year, facts()).total
        }
      }
    }
  }

  private mutating func surplusRefusals(of postings: [Posting], on date: Day, _ unit: ExactText) throws -> [Problem] {
    let back = takenBack?.postings ?? []
    guard (postings + back).contains(where: { $0.sums[.surplusIn] < 0 }) else { return [] }
    let level = declarations.level(of: unit, on: date)
    return try SurplusRule.refusals(of: postings, correcting: back, on: date, at: level, facts())
  }

  private mutating func capRefusals(
    of event: Event, _ target: RecordedEvent?, _ postings: [Posting]
  ) throws -> [Problem] {
    let setting = event.type == .cap ? event : target.flatMap { $0.event.type == .cap ? $0.event : nil }
    if let setting, let unit = setting.unit, let year = setting.year {
      var standing = try facts().standingCaps(unit: unit, year: year)
      var changes: [Classification: Fen] = [:]
      let before = Set(standing.map(\.line))
      for entry in setting.entries {
        let cap = Caps.Standing(limiting: entry, on: setting.date)
        changes[cap.line, default: 0] += Fen(entry.amount.fen) * (event.type == .cap ? 1 : -1)
        if event.type == .cap {
          standing.append(cap)
        } else if let index = standing.firstIndex(where: { $0 == cap }) {
          standing.remove(at: index)
        }
      }
      // A cap that is raised is no worse than it was, though spending may still be above it.
      let lifted = (takenBack?.caps ?? []).map { Caps.Standing(limiting: $0, on: setting.date) }
      for cap in lifted { changes[cap.line]? -= Fen(cap.amount.fen) }
      let known = before.union(lifted.map(\.line))
      changes = changes.filter { $0.value < 0 || !known.contains($0.key) }
      return try Caps(standing, unit: unit, year: year, facts())
        .refusals(setting: changes, on: event.date)
    }
    let years = Dictionary(grouping: postings, by: \.line.unitYear)
    return try years.sorted { $0.key.year < $1.key.year }.flatMap { key, postings in
      try caps(of: key).refusals(of: postings, correcting: takenBack?.postings ?? [], on: event.date)
    }
  }

  private mutating func caps(of key: UnitYear) throws -> Caps {
    if let known = caps[key] { return known }
    let standing = try StoredFacts(reader: reader, lines: lines).standingCaps(unit: key.unit, year: key.year)
    let found = try Caps(
      standing, unit: key.unit, year: key.year, standing.isEmpty ? StoredFacts(reader: reader, lines: lines) : facts())
    caps[key] = found
    return found
  }

  /// Every event recorded so far, those of the batch among them.
  private var history: ControlBook.History {
    { [reader, lines, position = head.position] unit, body in
      try reader.posted(through: position, of: unit, lines: lines) { recorded, _, postings in
        try body(recorded, postings)
      }
    }
  }

  private mutating func flush() throws {
    try lineTables.flush()
    try control.flush()
  }

  // MARK: Appending

  private mutating func append(
    _ unhashed: RecordedEvent, _ target: RecordedEvent?, _ postings: [Posting], _ written: WrittenEvent, _ file: JournalFile
  ) throws {
    let event = unhashed.event
    let hash = head.hash.next(CanonicalWriter.bytes(of: event))
    if keepsHash(written), let stated = written.hash, stated != hash {
      // One change breaks every link after it; the first is the place.
      if problems.contains(where: { $0.code == .hashMismatch }) { return }
      return add(
        FieldProblem(
          .hashMismatch, .hash, value: stated.hexadecimal, expected: .expectedHashValue(hash.hexadecimal)), written,
        file)
    }
    let recorded = RecordedEvent(
      position: unhashed.position, event: event, hash: hash, ofPosition: unhashed.ofPosition)
    for posting in postings {
      try lineTables.add(posting.sums, line: try number(of: posting.line), on: posting.date)
    }
    let level = event.unit.map { declarations.level(of: $0, on: event.date) } ?? .usual
    let left = try control.apply(postings, of: recorded, level: level, history: history)
    if event.type == .cap || target?.event.type == .cap { caps = [:] }
    for key in caps.keys {
      caps[key]?.apply(postings.filter { $0.line.unitYear == key })
    }
    let stored = try event.entries.map { entry in
      EventRow.Line(budgetLine: try number(of: entry, event), amount: entry.amount.fen)
    }
    try EventRow(recorded: recorded, lines: stored).insert(reader.database)
    head.position = recorded.position
    head.hash = hash
    head.recorded = event.recorded ?? head.recorded
    learn(event, at: recorded.position)
    bookPositions[written.position] = recorded.position
    // What a correction leaves is told once, after the event that takes the place of the old one.
    let isHalf = options.isCorrection && event.type == .reversal
    result.results.append(RecordingResult(recorded: recorded, isNew: true, left: isHalf ? [] : left))
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
    try reader.storedEvent(at: position, lines: lines)
  }

  func position(ofID id: String) throws -> Int? { try reader.position(ofID: id) }

  func outstanding(under contract: ContractKey) throws -> Fen {
    try contracts.load(contract, lines: lines)
    return contracts.contracts[contract]?.outstanding ?? 0
  }
}

extension Problem {
  /// The field of the event that it is about.
  fileprivate var fieldOfEvent: Field { field.flatMap(Field.init) ?? .type }
}

extension RecordingOptions {
  /// A file's numbers count in the file; a number typed at the command line counts in the book.
  var countsOfInFile: Bool {
    if case .derived = ids { return true }
    return false
  }
}

/// Finds events already taken in: of a journal read so far, or of a book.
public protocol EventLookup {
  func recordedEvent(at position: Int) throws -> RecordedEvent?
  func position(ofID id: String) throws -> Int?
  func recordedEvent(ofID id: String) throws -> RecordedEvent?
  /// What a contract still sets aside.
  func outstanding(under contract: ContractKey) throws -> Fen
}

extension EventLookup {
  public func recordedEvent(ofID id: String) throws -> RecordedEvent? {
    try position(ofID: id).flatMap { try recordedEvent(at: $0) }
  }
}

/// Takes in one stated event: fills its defaults, resolves what it refers to, and checks both.
///
/// Reading a journal and recording into a book go through here, so that the same text means the same event.
struct Intake {
  struct Outcome {
    var event: Event
    /// The event that a reversal or a refund is about.
    var target: RecordedEvent?
    var problems: [FieldProblem]
    var warnings: [FieldProblem]
    /// What a payment uses up of its contract now; `nil`: it names none.
    var settled: Money?
  }

  let declarations: Declarations

  func take(_ stated: Event, lookup: some EventLookup) throws -> Outcome {
    let completed = Completion(declarations: declarations).complete(stated)
    var outcome = Outcome(
      event: completed.event, target: nil, problems: completed.problems, warnings: completed.warnings)
    try settle(&outcome, lookup)
    guard let reference = stated.of else { return outcome }
    let value = reference.text
    guard let target = try resolve(reference, lookup) else {
      outcome.problems.append(
        FieldProblem(.referenceNotFound, .of, value: value, expected: .expectedEarlierEvent))
      return outcome
    }
    outcome.target = target
    if let problem = mismatch(of: stated.type, target.event, value) {
      outcome.problems.append(problem)
      return outcome
    }
    agree(&outcome, on: target.event)
    return outcome
  }

  /// A payment under a contract uses min(its amount, what is outstanding), oldest commitment first.
  private func settle(_ outcome: inout Outcome, _ lookup: some EventLookup) throws {
    guard case .settles? = outcome.event.definition.contract, let key = outcome.event.contract else { return }
    let used = min(outcome.event.total, try lookup.outstanding(under: key))
    guard let fen = Int64(exactly: used) else { return }
    outcome.settled = Money(fen: fen)
    if outcome.event.details[.settled] == nil { outcome.event.details[.settled] = .amount(Money(fen: fen)) }
  }

  private func resolve(_ reference: Reference, _ lookup: some EventLookup) throws -> RecordedEvent? {
    switch reference {
    case .position(let position): try lookup.recordedEvent(at: position)
    case .id(let id): try lookup.recordedEvent(ofID: id)
    }
  }

  private func mismatch(of type: EventType, _ target: Event, _ value: String) -> FieldProblem? {
    if type == .refund {
      guard target.type != .disbursement else { return nil }
      return FieldProblem(.referenceNotPayment, .of, value: value, expected: .expectedPayment)
    }
    if target.type == .reversal {
      return FieldProblem(.reversalOfReversal, .of, value: value, expected: .expectedNoReversal)
    }
    guard !target.isMoney else { return nil }
    return FieldProblem(.referenceNotMoney, .of, value: value, expected: .expectedMoneyEvent)
  }

  /// Unit and year are those of the event referred to: taken over where absent, refused where other.
  private func agree(_ outcome: inout Outcome, on target: Event) {
    if outcome.event.definition.lines == nil {
      outcome.event.unit = outcome.event.unit ?? target.unit
      outcome.event.year = outcome.event.year ?? target.year
    }
    if outcome.event.unit != target.unit {
      outcome.problems.append(
        FieldProblem(
          .referenceOtherYear, .unit, value: outcome.event.unit?.text ?? "",
          expected: .expectedExactly(target.unit?.text ?? "")))
    }
    if outcome.event.year != target.year {
      outcome.problems.append(
        FieldProblem(
          .referenceOtherYear, .year, value: outcome.event.year.map(String.init) ?? "",
          expected: .expectedYearOfPayment(target.year.map(String.init) ?? "")))
    }
  }
}

extension Reference {
  var text: String {
    switch self {
    case .position(let position): String(position)
    case .id(let id): id
    }
  }
}

/// The events of a journal in memory, complete, with what they declare.
public struct History: EventLookup, Sendable {
  public private(set) var events: [RecordedEvent] = []
  public private(set) var declarations = Declarations()
  private var contracts = Contracts()
  /// Index into `events`.
  private var indexByPosition: [Int: Int] = [:]
  private var positionByID: [ExactText: Int] = [:]

  /// See `JournalFile.unlinkedHashes`.
  public private(set) var unlinkedHashes = 0

  public init() {}

  /// Takes in a journal whole.
  /// - Throws: `Problems`, all of the file's.
  public init(_ file: JournalFile) throws {
    var problems = file.problems
    unlinkedHashes = file.unlinkedHashes
    for written in file.events {
      problems += file.located(try add(written), in: written)
    }
    if !problems.isEmpty { throw Problems(problems) }
  }

  private mutating func add(_ written: WrittenEvent) throws -> [FieldProblem] {
    if let id = written.event.id, let earlier = positionByID[ExactText(id)] {
      guard let known = recordedEvent(at: earlier),
        try !known.hasContent(of: written.event, declarations: declarations, lookup: self)
      else { return [] }
      return [FieldProblem(.idTaken, .id, value: id, expected: .expectedFreshID(takenBy: earlier))]
    }
    let outcome = try Intake(declarations: declarations).take(written.event, lookup: self)
    let recorded = RecordedEvent(
      position: written.position, event: outcome.event, hash: written.hash, ofPosition: outcome.target?.position)
    // What a flawed event declares is taken in all the same, so that one flaw does not show as many.
    declarations.apply(recorded)
    indexByPosition[recorded.position] = events.count
    if let id = recorded.event.id { positionByID[ExactText(id)] = recorded.position }
    events.append(recorded)
    _ = contracts.postings(of: recorded, target: outcome.target)
    return outcome.problems
  }

  public func recordedEvent(at position: Int) -> RecordedEvent? { indexByPosition[position].map { events[$0] } }
  public func position(ofID id: String) -> Int? { positionByID[ExactText(id)] }
  public func outstanding(under contract: ContractKey) -> Fen { contracts[contract]?.outstanding ?? 0 }

  /// Every event in order with the event it is about, if any, and what it does to its lines.
  public func posted(_ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void) rethrows {
    var contracts = Contracts()
    for recorded in events {
      let target = recorded.ofPosition.flatMap(recordedEvent)
      try body(recorded, target, contracts.postings(of: recorded, target: target))
    }
  }
}

extension RecordedEvent {
  /// Whether a stated event says the same: completed as it would have been when this one was recorded.
  func hasContent(of stated: Event, declarations: Declarations, lookup: some EventLookup) throws -> Bool {
    var stated = stated
    // What a payment used up of its contract was decided then, and cannot be found again from what is outstanding now.
    stated.details[.settled] = stated.details[.settled] ?? event.details[.settled]
    let then = try Intake(declarations: declarations.before(position)).take(stated, lookup: lookup).event
    var same = then
    same.id = event.id
    if event.details[.settled] == nil { same.details[.settled] = nil }
    return same.contentBytes == event.contentBytes
  }
}

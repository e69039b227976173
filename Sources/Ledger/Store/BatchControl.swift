import GRDB

/// What control weighs the events of a batch by, and keeps of those that are recorded: the projections of the book.
struct BatchControl {
  /// One event about to be recorded, and what the batch knows then.
  struct Case {
    let recorded: RecordedEvent
    let target: RecordedEvent?
    let declarations: Declarations
    let register: LineRegister
    /// Where a field of the event stands.
    let place: (Field) -> SourceLocation

    var event: Event { recorded.event }
    /// All budget lines, those of the batch among them.
    var lines: [BudgetLine] { register.all }
    /// Where a correction points to what it is about, and other events to their amount.
    var placeOfMoney: SourceLocation { place(event.type == .reversal ? .of : .amount) }
  }

  /// What came of weighing an event.
  struct Weighing {
    var postings: [Posting] = []
    var refusals: [Problem] = []
    var warnings: [Problem] = []

    fileprivate mutating func add(_ found: [Problem], in mode: ControlMode) {
      if mode == .warn { warnings += found } else { refusals += found }
    }
  }

  /// What a correction has taken back, for the event that takes its place.
  private struct TakenBack {
    let item: Case
    let postings: [Posting]
    let mode: ControlMode
    let level: ControlLevel

    var date: Day { item.event.date }
    /// The cap it has lifted.
    var cap: Event? { item.capEvent }

    /// Whether it is judged as an event of this unit under these.
    func isUnder(_ mode: ControlMode, _ level: ControlLevel, of unit: ExactText) -> Bool {
      item.event.unit == unit && self.mode == mode && self.level == level
    }

    /// Whether it has happened on the same day, to lines of the same unit and year.
    func isAtPlace(of others: [Posting], on date: Day) -> Bool {
      self.date == date && Set((postings + others).map(\.line.unitYear)).count <= 1
    }
  }

  private var reader: BookReader
  private var options: RecordingOptions
  private var lineTables: LineTables
  private var runs: RunTable
  private var keys: ControlBook
  private let contracts: StoredContracts
  private let payments = Payments()
  /// The caps of the units and years that the batch has to do with.
  private var caps: [UnitYear: Caps] = [:]
  /// Rises with every change of caps.
  private var capsRevision = 0
  private var takenBack: TakenBack?
  /// The last position whose projections are written; what came after it waits here.
  private(set) var projected: Int

  init(_ reader: BookReader, options: RecordingOptions) throws {
    self.reader = reader
    projected = try reader.projectedPosition()
    self.options = options
    lineTables = LineTables(reader.connection, reader.runs)
    runs = RunTable(reader.connection, reader.runs)
    keys = ControlBook(reader.connection)
    contracts = StoredContracts(reader)
  }

  /// Goes on with another batch, of the book as the one before left it.
  mutating func begin(_ reader: BookReader, options: RecordingOptions) {
    self.reader = reader
    self.options = options
    contracts.reader = reader
    takenBack = nil
  }

  /// Takes in the tail of the book.
  mutating func catchUp(_ declarations: Declarations, _ register: LineRegister) throws {
    try reader.forEachInTail(lines: register.all) { recorded, postings in
      let item = Case(
        recorded: recorded, target: nil, declarations: declarations, register: register, place: { _ in .commandLine })
      _ = try keep(item, postings.map(\.posting), numbers: postings.map(\.line))
    }
  }

  // MARK: Weighing

  /// Works out what an event does, and whether the rules let it.
  /// - Parameter isJudged: `false` for an event that a hash shows to have been recorded once.
  mutating func weigh(_ item: Case, isJudged: Bool) throws -> Weighing {
    let key = item.event.contract ?? item.target?.event.contract
    if let key { try contracts.load(key, lines: item.lines) }
    var verdict = Weighing()
    let isWeighed = isJudged && item.event.isMoney
    if isWeighed { verdict.refusals = try refusalsByFacts(item) }
    verdict.postings = contracts.contracts.postings(of: item.recorded, target: item.target)
    if isWeighed { try weighByRules(item, &verdict) }
    if !verdict.refusals.isEmpty, let key { contracts.forget(key) }
    return verdict
  }

  /// What no mode of control relaxes: closed years, and what other events have made impossible.
  private mutating func refusalsByFacts(_ item: Case) throws -> [Problem] {
    let event = item.event
    if let closed = ClosedYearRule.refusal(of: event, item.declarations) {
      return [closed.at(item.place(event.type == .reversal ? .of : .year))]
    }
    if let refusal = ReleaseRule.refusal(of: event, contracts.contracts) { return [refusal.at(item.place(.amount))] }
    guard event.type == .reversal else { return [] }
    let refusal = try ReversalRule.refusal(of: event, target: item.target, facts(item), contracts.contracts)
    return refusal.map { [$0.at(item.place(.of))] } ?? []
  }

  /// Closed years that an event reaches into, refunds, and what the mode of control relaxes: virement, caps, surplus,
  /// money.
  private mutating func weighByRules(_ item: Case, _ verdict: inout Weighing) throws {
    let event = item.event
    guard let unit = event.unit else { return }
    if verdict.refusals.isEmpty {
      let isBack = event.type == .refund || event.type == .reversal
      let refund =
        isBack ? try RefundRule.refusal(of: event, target: item.target, verdict.postings, facts(item)) : nil
      verdict.refusals += [ClosedYearRule.refusal(of: verdict.postings, by: event, item.declarations), refund]
        .compactMap { $0?.at(item.place(item.target == nil ? .amount : .of)) }
    }
    let mode = options.control ?? item.declarations.control(over: event, of: unit)
    let level = item.declarations.level(of: unit, on: event.date)
    // A reversal that is part of a correction is weighed with the event that takes its place.
    if options.isCorrection, event.type == .reversal {
      takenBack = TakenBack(item: item, postings: verdict.postings, mode: mode, level: level)
      return
    }
    let isSameRule = takenBack?.isUnder(mode, level, of: unit) ?? true
    let isSamePlace = isSameRule && (takenBack?.isAtPlace(of: verdict.postings, on: event.date) ?? true)
    if let takenBack, !isSamePlace { try weighApart(takenBack, money: !isSameRule, at: item, &verdict) }
    guard mode != .off else { return }
    let (back, place) = (isSameRule ? takenBack : nil, isSamePlace ? takenBack : nil)
    let found =
      try VirementRule.refusals(of: event).map { $0.at(item.place($0.fieldOfEvent)) }
      + (capRefusals(item, verdict.postings, setting: item.capEvent, correcting: place, at: item)
      + surplusRefusals(item, verdict.postings, level, correcting: place, at: item)
      + shortfalls(item, verdict.postings, level, correcting: back, at: item))
      .map { $0.at(item.placeOfMoney) }
    verdict.add(found, in: mode)
  }

  /// What a correction has taken back, weighed by itself though it is in the book already: it must have been there.
  private mutating func weighApart(
    _ back: TakenBack, money: Bool, at item: Case, _ verdict: inout Weighing
  ) throws {
    guard back.mode != .off else { return }
    let found =
      try (money ? shortfalls(back.item, [], back.level, correcting: back, at: item) : [])
      + surplusRefusals(back.item, [], back.level, correcting: back, at: item)
      + capRefusals(back.item, [], setting: nil, correcting: back, at: item)
    verdict.add(found.map { $0.at(item.placeOfMoney) }, in: back.mode)
  }

  /// - Parameters:
  ///   - subject: the event whose date and unit count.
  ///   - item: the event about to be recorded, up to which the book is read.
  private mutating func shortfalls(
    _ subject: Case, _ postings: [Posting], _ level: ControlLevel, correcting back: TakenBack?, at item: Case
  ) throws -> [Problem] {
    guard let unit = subject.event.unit else { return [] }
    let date = subject.event.date
    let history = history(before: item.recorded.position, item.lines)
    let charged = postings.filter(\.isCharged)
    let takenBack = (back?.postings ?? []).filter(\.isCharged)
    return try Set((charged + takenBack).map(\.line.year)).sorted().flatMap { year in
      let shortfalls = try keys.withState(unit: unit, year: year, level: level, history: history) { state in
        let reversed = MoneyRule.charges(of: takenBack.filter { $0.line.year == year }, at: level, in: &state)
        let charges = MoneyRule.charges(of: charged.filter { $0.line.year == year }, at: level, in: &state)
        return MoneyRule.shortfalls(of: charges, on: date, correcting: (reversed, back?.date ?? date), in: state)
      }
      return try shortfalls.map { shortfall in
        try shortfall.problem(on: date, at: .commandLine) { key in
          guard key.line.fund?.isTreasury == true else { return 0 }
          return try SurplusRule.surplus(of: key, unit: unit, year: year, facts(item)).total
        }
      }
    }
  }

  private mutating func surplusRefusals(
    _ subject: Case, _ postings: [Posting], _ level: ControlLevel, correcting back: TakenBack?, at item: Case
  ) throws -> [Problem] {
    let takenBack = back?.postings ?? []
    guard (postings + takenBack).contains(where: { $0.sums[.surplusIn] < 0 }) else { return [] }
    return try SurplusRule.refusals(
      of: postings, correcting: takenBack, on: subject.event.date, at: level, facts(item))
  }

  private mutating func capRefusals(
    _ subject: Case, _ postings: [Posting], setting cap: Event?, correcting back: TakenBack?, at item: Case
  ) throws -> [Problem] {
    if cap != nil || back?.cap != nil {
      return try capRefusals(subject, setting: cap, lifting: back?.cap, at: item)
    }
    let takenBack = back?.postings ?? []
    let years = Set((postings + takenBack).map(\.line.unitYear)).sorted { $0.year < $1.year }
    return try years.flatMap { year in
      try caps(of: year, item.lines).refusals(
        of: postings.filter { $0.line.unitYear == year }, correcting: takenBack.filter { $0.line.unitYear == year },
        on: subject.event.date)
    }
  }

  /// A cap that is set or cut must leave room for what is spent already.
  /// - Parameters:
  ///   - cap: a cap about to be set, or the reversal's cap about to be lifted; `nil` where one was only lifted.
  ///   - lifted: what a correction has lifted, and does not stand any more.
  private mutating func capRefusals(
    _ subject: Case, setting cap: Event?, lifting lifted: Event?, at item: Case
  ) throws -> [Problem] {
    guard let about = cap ?? lifted, let unit = about.unit, let year = about.year else { return [] }
    var standing = try facts(item).standingCaps(unit: unit, year: year)
    var known = Set(standing.map(\.line))
    var changes: [Classification: Fen] = [:]
    for limit in cap?.limits ?? [] {
      if subject.event.type == .cap {
        standing.append(limit)
        changes[limit.line, default: 0] += Fen(limit.amount.fen)
      } else if let index = standing.firstIndex(of: limit) {
        standing.remove(at: index)
        changes[limit.line, default: 0] -= Fen(limit.amount.fen)
      }
    }
    for limit in lifted?.limits ?? [] {
      known.insert(limit.line)
      changes[limit.line, default: 0] -= Fen(limit.amount.fen)
    }
    // A cap that is raised is no worse than it was, though spending may still be above it.
    changes = changes.filter { $0.value < 0 || !known.contains($0.key) }
    return try Caps(standing, unit: unit, year: year, facts(item)).refusals(setting: changes, on: subject.event.date)
  }

  private mutating func caps(of key: UnitYear, _ lines: [BudgetLine]) throws -> Caps {
    if let known = caps[key] { return known }
    let facts = facts(lines)
    let standing = try facts.standingCaps(unit: key.unit, year: key.year)
    // Without a cap there is nothing to sum up, so what is not yet written may stay so.
    let found = try standing.isEmpty ? Caps() : Caps(standing, unit: key.unit, year: key.year, facts)
    caps[key] = found
    return found
  }

  /// The facts of the store and of the batch.
  private func facts(_ item: Case) -> StoredFacts { facts(item.lines) }

  private func facts(_ lines: [BudgetLine]) -> StoredFacts {
    StoredFacts(reader: reader, lines: lines, sums: lineTables, payments: payments)
  }

  /// The events recorded before a position, those of the batch among them.
  private func history(before position: Int, _ lines: [BudgetLine]) -> ControlBook.History {
    { [reader] body in
      try reader.posted(through: position - 1, lines: lines) { recorded, _, postings in
        try body(recorded, postings)
      }
    }
  }

  func outstanding(under contract: ContractKey, lines: [BudgetLine]) throws -> Fen {
    try contracts.load(contract, lines: lines)
    return contracts.contracts[contract]?.outstanding ?? 0
  }

  // MARK: Keeping

  /// Takes in an event that is recorded.
  /// - Parameter numbers: of the budget lines of its postings.
  /// - Returns: what is left at the keys it is charged to, in fen.
  /// - Throws: `Overflow`.
  mutating func keep(
    _ item: Case, _ postings: [Posting], numbers: [Int]
  ) throws -> [(key: ControlKey, available: Fen)] {
    for (posting, number) in zip(postings, numbers) {
      try lineTables.add(
        posting.sums, line: number, of: posting.line.year, on: posting.date, at: item.recorded.position)
      let place = payments.place(
        of: ControlKey(of: posting.line.classification, at: .usual), in: posting.line.unitYear)
      if let place { payments.add(posting.sums[.disbursed], at: place, on: posting.date) }
    }
    let event = item.event
    try runs.add(event.type, on: event.date, at: item.recorded.position)
    try ProjectRow(item.recorded)?.write(reader.database)
    let level = event.unit.map { item.declarations.level(of: $0, on: event.date) } ?? .usual
    let history = history(before: item.recorded.position, item.lines)
    let left = try keys.apply(postings, of: item.recorded, level: level, history: history)
    if item.capEvent != nil {
      caps = [:]
      capsRevision += 1
    }
    for posting in postings { caps[posting.line.unitYear]?.apply([posting]) }
    return left
  }

  // MARK: The short way

  /// Looks at where an event to come will be charged and paid, as `EventRegister.look` does.
  func look(at way: ShortWay) -> Int {
    (way.place.map { keys.look(at: $0) } ?? 0) ^ (way.paidAt?.place.map { payments.look(at: $0) } ?? 0)
  }

  /// Charges a plain event where a budget covers it beyond doubt.
  /// - Parameter size: its amount without its sign, in fen.
  /// - Returns: `false` if it must be weighed as any event; nothing has changed then.
  mutating func takePlain(
    _ way: inout ShortWay, _ size: Int64, on date: Day, at position: Int, _ declarations: Declarations,
    _ register: LineRegister
  ) throws -> Bool {
    let known = ShortWay.Asked(declarations: declarations.revision, caps: capsRevision)
    if way.openAt != known {
      let line = way.line
      guard !declarations.isClosed(line.unit, line.year), try caps(of: line.unitYear, register.all).caps.isEmpty
      else { return false }
      way.openAt = known
    }
    var (mode, level) = (options.control ?? .refuse, ControlLevel.usual)
    if !declarations.policies.isEmpty {
      mode = options.control ?? declarations.control(of: way.line.unit, on: date)
      level = declarations.level(of: way.line.unit, on: date)
    }
    guard way.isCharged else { return true }
    return try keys.spend(Fen(size), at: level, on: date, at: position, evenBeyond: mode == .off, &way)
  }

  /// Keeps what a plain event does to its line.
  /// - Throws: `Overflow`.
  mutating func keepPlain(_ way: inout ShortWay, _ size: Int64, line: Int, on date: Day, at position: Int) throws {
    try lineTables.add(size, by: way.change, line: line, of: way.year, on: date, at: position)
    // A place that is found stays one. Where there was none, there may be one by now.
    if way.paidAt?.place == nil, way.paidAt?.revision != payments.revision {
      let place = payments.place(of: ControlKey(of: way.line.classification, at: .usual), in: way.line.unitYear)
      way.paidAt = ShortWay.Paid(revision: payments.revision, place: place)
    }
    if let place = way.paidAt?.place { payments.add(size * way.change.sign(of: .disbursed), at: place, on: date) }
    try runs.add(way.type, on: date, at: position)
  }

  /// Writes what has changed.
  /// - Parameter position: of the last event.
  /// - Throws: `Overflow`.
  mutating func flush(at position: Int) throws {
    try lineTables.flush()
    try runs.flush()
    try keys.flush()
    projected = position
  }
}

extension BatchControl.Case {
  /// The cap that the event sets, or takes back.
  fileprivate var capEvent: Event? {
    event.type == .cap ? event : target.flatMap { $0.event.type == .cap ? $0.event : nil }
  }
}

extension Event {
  /// The limits that a cap sets.
  fileprivate var limits: [Caps.Standing] { entries.map { Caps.Standing(limiting: $0, on: date) } }
}

extension Problem {
  /// The field of the event that it is about.
  fileprivate var fieldOfEvent: Field { field.flatMap(Field.init(named:)) ?? .type }
}

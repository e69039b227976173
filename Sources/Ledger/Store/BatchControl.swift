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
  }

  /// What a correction has taken back, for the event that takes its place.
  private struct TakenBack {
    let date: Day
    let postings: [Posting]
    /// The caps it has lifted.
    let caps: [Entry]
  }

  private let reader: BookReader
  private let options: RecordingOptions
  private var lineTables: LineTables
  private var keys: ControlBook
  private let contracts: StoredContracts
  /// The caps of the units and years that the batch has to do with.
  private var caps: [UnitYear: Caps] = [:]
  private var takenBack: TakenBack?

  init(_ reader: BookReader, options: RecordingOptions) {
    self.reader = reader
    self.options = options
    lineTables = LineTables(reader.database)
    keys = ControlBook(reader.database)
    contracts = StoredContracts(reader)
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
    if options.isCorrection, item.event.type == .reversal {
      let caps = item.target.flatMap { $0.event.type == .cap ? $0.event.entries : nil } ?? []
      takenBack = TakenBack(date: item.event.date, postings: verdict.postings, caps: caps)
    }
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
      let place = item.place(item.target == nil ? .amount : .of)
      let isBack = event.type == .refund || event.type == .reversal
      let refund =
        isBack ? try RefundRule.refusal(of: event, target: item.target, verdict.postings, facts(item)) : nil
      verdict.refusals += [ClosedYearRule.refusal(of: verdict.postings, by: event, item.declarations), refund]
        .compactMap { $0?.at(place) }
    }
    // A reversal that is part of a correction is weighed with the event that takes its place.
    if options.isCorrection, event.type == .reversal { return }
    let mode = options.control ?? item.declarations.control(over: event, of: unit)
    guard mode != .off else { return }
    let level = item.declarations.level(of: unit, on: event.date)
    let found =
      try VirementRule.refusals(of: event).map { $0.at(item.place($0.fieldOfEvent)) }
      + (capRefusals(item, verdict.postings) + surplusRefusals(item, verdict.postings, level)
      + shortfalls(item, verdict.postings, level)).map { $0.at(item.placeOfMoney) }
    if mode == .warn { verdict.warnings += found } else { verdict.refusals += found }
  }

  private mutating func shortfalls(_ item: Case, _ postings: [Posting], _ level: ControlLevel) throws -> [Problem] {
    guard let unit = item.event.unit else { return [] }
    let date = item.event.date
    let history = history(before: item.recorded.position, item.lines)
    let charged = postings.filter(\.isCharged)
    let back = (takenBack?.postings ?? []).filter(\.isCharged)
    return try Set((charged + back).map(\.line.year)).sorted().flatMap { year in
      let backDate = takenBack?.date ?? date
      let shortfalls = try keys.withState(unit: unit, year: year, level: level, history: history) { state in
        let reversed = MoneyRule.charges(of: back.filter { $0.line.year == year }, at: level, in: &state)
        let charges = MoneyRule.charges(of: charged.filter { $0.line.year == year }, at: level, in: &state)
        return MoneyRule.shortfalls(of: charges, on: date, correcting: (reversed, backDate), in: state)
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
    _ item: Case, _ postings: [Posting], _ level: ControlLevel
  ) throws -> [Problem] {
    let back = takenBack?.postings ?? []
    guard (postings + back).contains(where: { $0.sums[.surplusIn] < 0 }) else { return [] }
    return try SurplusRule.refusals(of: postings, correcting: back, on: item.event.date, at: level, facts(item))
  }

  private mutating func capRefusals(_ item: Case, _ postings: [Posting]) throws -> [Problem] {
    if let setting = item.capEvent { return try capRefusals(item, setting: setting) }
    let years = Dictionary(grouping: postings, by: \.line.unitYear)
    return try years.sorted { $0.key.year < $1.key.year }.flatMap { key, postings in
      try caps(of: key, item).refusals(of: postings, correcting: takenBack?.postings ?? [], on: item.event.date)
    }
  }

  /// A cap that is set or cut must leave room for what is spent already.
  private mutating func capRefusals(_ item: Case, setting: Event) throws -> [Problem] {
    guard let unit = setting.unit, let year = setting.year else { return [] }
    var standing = try facts(item).standingCaps(unit: unit, year: year)
    var known = Set(standing.map(\.line))
    var changes: [Classification: Fen] = [:]
    for cap in setting.entries.map({ Caps.Standing(limiting: $0, on: setting.date) }) {
      if item.event.type == .cap {
        standing.append(cap)
        changes[cap.line, default: 0] += Fen(cap.amount.fen)
      } else if let index = standing.firstIndex(of: cap) {
        standing.remove(at: index)
        changes[cap.line, default: 0] -= Fen(cap.amount.fen)
      }
    }
    for cap in (takenBack?.caps ?? []).map({ Caps.Standing(limiting: $0, on: setting.date) }) {
      known.insert(cap.line)
      changes[cap.line]? -= Fen(cap.amount.fen)
    }
    // A cap that is raised is no worse than it was, though spending may still be above it.
    changes = changes.filter { $0.value < 0 || !known.contains($0.key) }
    return try Caps(standing, unit: unit, year: year, facts(item)).refusals(setting: changes, on: item.event.date)
  }

  private mutating func caps(of key: UnitYear, _ item: Case) throws -> Caps {
    if let known = caps[key] { return known }
    let standing = try StoredFacts(reader: reader, lines: item.lines).standingCaps(unit: key.unit, year: key.year)
    // Without a cap there is nothing to sum up, so what is not yet written may stay so.
    let found = try standing.isEmpty ? Caps() : Caps(standing, unit: key.unit, year: key.year, facts(item))
    caps[key] = found
    return found
  }

  /// The facts of the store, which are those of the batch once it is flushed.
  private mutating func facts(_ item: Case) throws -> StoredFacts {
    try lineTables.flush()
    return StoredFacts(reader: reader, lines: item.lines)
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
      try lineTables.add(posting.sums, line: number, on: posting.date)
    }
    let event = item.event
    let level = event.unit.map { item.declarations.level(of: $0, on: event.date) } ?? .usual
    let history = history(before: item.recorded.position, item.lines)
    let left = try keys.apply(postings, of: item.recorded, level: level, history: history)
    if item.capEvent != nil { caps = [:] }
    for key in caps.keys { caps[key]?.apply(postings.filter { $0.line.unitYear == key }) }
    return left
  }

  /// Writes what has changed.
  /// - Throws: `Overflow`.
  mutating func flush() throws {
    try lineTables.flush()
    try keys.flush()
  }
}

extension BatchControl.Case {
  /// The cap that the event sets, or takes back.
  fileprivate var capEvent: Event? {
    event.type == .cap ? event : target.flatMap { $0.event.type == .cap ? $0.event : nil }
  }
}

extension Problem {
  /// The field of the event that it is about.
  fileprivate var fieldOfEvent: Field { field.flatMap(Field.init) ?? .type }
}

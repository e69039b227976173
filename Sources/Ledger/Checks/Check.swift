/// What a figure or an identity was held against.
public enum CheckGround: String, Sendable {
  /// What the events add up to.
  case ledger
  /// What the document prints.
  case asserted
}

/// One comparison: of a printed figure with the ledger, or of the two sides of an identity.
public struct CheckResult: Sendable {
  public enum Subject: Sendable { case assertion, identity }

  public let subject: Subject
  public let id: String
  public let on: CheckGround
  public let title: String
  public let verdict: Verdict
  /// The ledger's value, or the left side, in yuan or percent; `nil`: no value.
  public let left: String?
  /// The printed value, or the right side.
  public let right: String?
  /// left − right.
  public let difference: String?
  public let source: String?
  public let unit: ExactText
  public let year: Int
}

/// What `check` asks.
public struct CheckQuery: Sendable {
  /// Each with those below it; empty: all.
  public let units: [ExactText]
  /// `nil`: all.
  public let years: Set<Int>?
  public let knownAt: KnownAt
  /// The day on which the identities of a year are asked; assertions have their own.
  public let day: @Sendable (_ year: Int) -> Day
  public let definitions: Definitions

  public init(
    units: [ExactText], years: Set<Int>?, knownAt: KnownAt, definitions: Definitions,
    day: @escaping @Sendable (_ year: Int) -> Day
  ) {
    self.units = units
    self.years = years
    self.knownAt = knownAt
    self.definitions = definitions
    self.day = day
  }
}

/// What `check` found.
public struct CheckReport: Sendable {
  public let results: [CheckResult]
  public let notes: [Phrase]
  public let knownAt: KnownAt
  /// The last event that was known.
  public let position: Int

  public func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

  /// Every assertion of these units and years, each at its own date, and every identity.
  /// - Throws: `Problems` where a source is damaged.
  public init(_ sources: [LedgerSource], _ query: CheckQuery) throws {
    let check = try LedgerCheck(sources, query)
    results = try check.assertions() + check.identities() + check.overdrawnKeys()
    notes = try check.notes()
    knownAt = query.knownAt
    position = check.position
  }
}

/// The check of some sources, whose states add.
private final class LedgerCheck {
  private let sources: [LedgerSource]
  private let query: CheckQuery
  private let below: Set<ExactText>?
  private let asserted: AssertedFigures
  private let control: [ControlFold]
  /// Of the last few days asked for.
  private var figures: [Day: LedgerFigures] = [:]
  let position: Int

  private static let mostDays = 6

  init(_ sources: [LedgerSource], _ query: CheckQuery) throws {
    self.sources = sources
    self.query = query
    var below: Set<ExactText> = []
    var assertions: [Assertion] = []
    var control: [ControlFold] = []
    var position = 0
    for source in sources {
      let declarations = try source.declarations(knownAt: query.knownAt)
      below.formUnion(declarations.unitsUnder(query.units))
      var fold = ControlFold(declarations)
      try source.forEachPosted { recorded, _, postings in
        guard query.knownAt.includes(recorded) else { return }
        position = max(position, recorded.position)
        fold.apply(postings, of: recorded)
        if let assertion = Assertion(recorded) { assertions.append(assertion) }
      }
      control.append(fold)
    }
    self.below = query.units.isEmpty ? nil : below
    asserted = AssertedFigures(assertions)
    self.control = control
    self.position = position
  }

  private func isAsked(_ unit: ExactText, _ year: Int) -> Bool {
    below.map { $0.contains(unit) } ?? true && query.years.map { $0.contains(year) } ?? true
  }

  private func ledger(on day: Day) throws -> LedgerFigures {
    if let known = figures[day] { return known }
    if figures.count == LedgerCheck.mostDays { figures.removeAll() }
    let found = try LedgerFigures(sources, at: Horizon(asOf: day, knownAt: query.knownAt))
    figures[day] = found
    return found
  }

  /// Every assertion at its own date, in the order recorded.
  func assertions() throws -> [CheckResult] {
    let asked = asserted.assertions.enumerated().filter { isAsked($0.element.unit, $0.element.year) }
    var results: [Int: [CheckResult]] = [:]
    // Date by date, so that the figures of each are made once.
    for (number, assertion) in asked.sorted(by: { $0.element.date < $1.element.date }) {
      results[number] = asserted.results(on: assertion, try ledger(on: assertion.date))
    }
    return results.keys.sorted().flatMap { results[$0] ?? [] }
  }

  /// Every identity of every unit and year, on the ledger and on what is printed.
  func identities() throws -> [CheckResult] {
    var results: [CheckResult] = []
    let all = try ledger(on: .last)
    let years = Set(all.table.entries.map(\.line.year)).union(asserted.assertions.map(\.year))
    for year in years.sorted() {
      let ledger = try ledger(on: query.day(year))
      let recorded = Set(ledger.units(in: FigureTable.Scope(units: nil, year: year)))
      let units = recorded.union(asserted.assertions.filter { $0.year == year && $0.term != nil }.map(\.unit))
      for unit in units.sorted() where isAsked(unit, year) {
        let check = IdentityCheck(ledger: ledger, unit: unit, year: year, definitions: query.definitions)
        if recorded.contains(unit) { results += check.onLedger() }
        for day in asserted.days(of: unit, year) {
          results += IdentityCheck(
            ledger: try self.ledger(on: day), unit: unit, year: year, definitions: query.definitions
          )
          .onAsserted(asserted.figures(on: day))
        }
      }
    }
    return results
  }

  /// I6 at every control key: less than nothing is available there, with commitments and 结余 held back.
  func overdrawnKeys() -> [CheckResult] {
    guard let identity = query.definitions.identities.first(where: { $0.id == LedgerCheck.identityOfKeys }) else {
      return []
    }
    // Of treasury money only; a level without the fund may hold it.
    let keys = control.flatMap { $0.overdrawn { isAsked($0.unit, $0.year) } }
      .filter { $0.key.line.fund?.isTreasury ?? true }
    return keys.map { overdrawn in
      let available = Rational(fen: overdrawn.available).text(decimals: 2)
      return CheckResult(
        subject: .identity, id: "\(identity.id)/\(overdrawn.key)", on: .ledger,
        title: "\(identity.name) \(overdrawn.key)", verdict: .contradiction, left: available,
        right: Rational.zero.text(decimals: 2), difference: available, source: identity.source,
        unit: overdrawn.unitYear.unit, year: overdrawn.unitYear.year)
    }
  }

  /// The identity that is asked of control keys too, which no formula can name.
  private static let identityOfKeys = "I6"

  /// What is no verdict but worth a look: money without a nature, and budgets overdrawn at the level of control.
  func notes() throws -> [Phrase] {
    let entries = try ledger(on: .last).table.entries
    let unclassified = entries.reduce(Fen(0)) { sum, entry in
      let counts = entry.line.classification.nature == nil && isAsked(entry.line.unit, entry.line.year)
      return counts ? sum + entry.figures[.disbursed] : sum
    }
    let overdrawn = control.flatMap { $0.overdrawn { isAsked($0.unit, $0.year) } }
    return (unclassified == 0 ? [] : [.noteUnclassified(unclassified.yuan)])
      + overdrawn.map { .noteOverdrawn($0.name, $0.available.yuan) } + (try tableNotes())
  }

  /// Tables of the final accounts that are empty, and what their own notes say.
  private func tableNotes() throws -> [Phrase] {
    let all = try ledger(on: .last)
    let spent = Term(.money(.disbursed))
    return try Set(all.table.entries.map(\.line.year)).sorted().flatMap { year -> [Phrase] in
      let ledger = try ledger(on: query.day(year))
      return try ledger.units(in: FigureTable.Scope(units: nil, year: year)).flatMap { unit -> [Phrase] in
        let scope = FigureTable.Scope(units: [unit], year: year)
        // Where nothing is paid there are no accounts yet.
        guard isAsked(unit, year), ledger.table.hasAmount(spent, in: scope) else { return [] }
        let remarks = try Statement.remarks(
          on: .finalAccounts, year: year, unit: unit, ledger, query.definitions, at: query.day(year))
        return (remarks.empty.isEmpty ? [] : [.noteEmptyTables(unit.text, year, remarks.empty)])
          + remarks.notes.map { .noteOfUnit(unit.text, year, $0) }
      }
    }
  }
}

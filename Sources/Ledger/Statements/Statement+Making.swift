/// What is asked of a statement.
public struct StatementQuery: Sendable {
  public let name: StatementName
  public let year: Int
  /// Each with those below it; empty: all.
  public let units: [ExactText]
  /// Whose layout; `nil`: the usual one.
  public let place: String?
  public let horizon: Horizon

  public init(name: StatementName, year: Int, units: [ExactText], place: String?, horizon: Horizon) {
    self.name = name
    self.year = year
    self.units = units
    self.place = place
    self.horizon = horizon
  }
}

extension Statement {
  /// Makes every table of a statement.
  /// - Throws: `Problems`: a place without a layout for the year; a damaged source.
  public init(_ query: StatementQuery, from sources: [LedgerSource], _ definitions: Definitions) throws {
    let places = definitions.places(of: query.name)
    let place = query.place ?? places.first ?? ""
    guard let layout = definitions.layout(of: query.name, in: query.year, at: place) else {
      throw Problems(Problem(.usage, field: "--place", value: place, expected: .expectedOneOf(places)))
    }
    let ledger = try LedgerFigures(sources, at: query.horizon)
    let scope = ledger.scope(units: query.units, year: query.year)
    let builder = StatementBuilder(
      definitions: definitions, place: place, year: query.year, ledger: ledger, scope: scope)
    name = query.name
    year = query.year
    units = query.units
    unitName = ledger.name(of: query.units, in: scope)
    self.place = place
    horizon = query.horizon
    position = ledger.position
    moneyUnit = layout.unit
    hasNoLines = ledger.units(in: scope).isEmpty
    tables = layout.entries.flatMap { entry in
      definitions.table(entry.table).map { builder.tables(of: $0, entry) } ?? []
    }
  }
}

extension Statement {
  /// The tables of a unit's statement that are empty, by name, and the notes that its figures call for.
  static func remarks(
    on name: StatementName, year: Int, unit: ExactText, _ ledger: LedgerFigures, _ definitions: Definitions, at day: Day
  ) throws -> (empty: [String], notes: [String]) {
    guard let place = definitions.places(of: name).first,
      let layout = definitions.layout(of: name, in: year, at: place)
    else { return ([], []) }
    let builder = StatementBuilder(
      definitions: definitions, place: place, year: year, ledger: ledger,
      scope: FigureTable.Scope(units: [unit], year: year))
    var empty: [String] = []
    var notes: [String] = []
    for entry in layout.entries {
      guard let definition = definitions.table(entry.table) else { continue }
      for note in builder.notes(of: definition) where !notes.contains(note) { notes.append(note) }
      guard definition.empty != nil else { continue }
      empty += builder.tables(of: definition, entry).filter { $0.emptySentence != nil }.map(\.name)
    }
    return (empty, notes)
  }
}

extension LedgerFigures {
  /// The units asked for with those below them, and a year.
  func scope(units: [ExactText], year: Int) -> FigureTable.Scope {
    let all: Set<ExactText>? =
      units.isEmpty ? nil : declarations.reduce(into: []) { $0.formUnion($1.unitsUnder(units)) }
    return FigureTable.Scope(units: all, year: year)
  }

  /// Whose figures these are: the units asked for, or those that stand at the top of the ones with lines.
  func name(of units: [ExactText], in scope: FigureTable.Scope) -> String {
    let day = Day.lastDay(ofYear: scope.year) ?? .last
    func name(_ unit: ExactText) -> String {
      declarations.lazy.compactMap { $0.unitName(unit, on: day) }.first ?? unit.text
    }
    if !units.isEmpty { return Phrase.list(units.map(name)).chinese }
    let there = self.units(in: scope)
    let below = there.reduce(into: Set<ExactText>()) { found, unit in
      for declared in declarations { found.formUnion(declared.unitsUnder([unit]).subtracting([unit])) }
    }
    return Phrase.list(there.filter { !below.contains($0) }.map(name)).chinese
  }
}

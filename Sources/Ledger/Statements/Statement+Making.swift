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
      // Notes of a project's table are about the project.
      if !definition.isPerProject {
        for note in builder.notes(of: definition) where !notes.contains(note) { notes.append(note) }
      }
      guard definition.empty != nil else { continue }
      empty += builder.tables(of: definition, entry).filter { $0.emptySentence != nil }.map(\.name)
    }
    return (empty, notes)
  }
}

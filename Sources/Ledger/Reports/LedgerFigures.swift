/// The figures of one or more sources at a horizon, with the names and indicators that statements print beside them.
public struct LedgerFigures: Sendable {
  public let table: FigureTable
  public let indicators: IndicatorTable
  public let declarations: [Declarations]
  /// The last event that counts.
  public let position: Int

  /// - Throws: `Problems` where a source is damaged.
  public init(_ sources: [LedgerSource], at horizon: Horizon) throws {
    let states = try sources.map { try $0.state(at: horizon, byMonth: false) }
    declarations = try sources.map { try $0.declarations(knownAt: horizon.knownAt) }
    table = FigureTable(zip(states, declarations).map { ($0.lines, $1) })
    indicators = try IndicatorTable(sources, at: horizon)
    position = states.map(\.position).max() ?? 0
  }

  public func value(of formula: Formula, in scope: FigureTable.Scope) -> Rational? {
    formula.value { value(of: $0, in: scope) }
  }

  func value(of leaf: Leaf, in scope: FigureTable.Scope) -> Rational? {
    switch leaf {
    case .term(let term): table.value(of: term, in: scope)
    case .indicator(let term): indicators.number(of: term, in: scope)
    case .printed: nil
    }
  }

  func name(of code: String, in field: LineField, year: Int) -> String? {
    declarations.lazy.compactMap { $0.name(of: code, in: .line(field), year: year) }.first
  }

  /// A unit's name on a day, or its code where no source declares it.
  func unitName(_ unit: ExactText, on day: Day) -> String {
    declarations.lazy.compactMap { $0.unitName(unit, on: day) }.first ?? unit.text
  }

  /// The units in scope that have lines in its year, in order.
  func units(in scope: FigureTable.Scope) -> [ExactText] {
    var found: Set<ExactText> = []
    table.forEachEntry(matching: [], in: scope) { found.insert($0.line.unit) }
    return found.sorted()
  }

  /// The units in scope that have lines in any year, since tables compare years.
  func allUnits(in scope: FigureTable.Scope) -> [ExactText] {
    guard let units = scope.units else { return table.units }
    return units.count == 1 ? Array(units) : table.units.filter(units.contains)
  }

  /// The codes of a field in use, with the classes and sections above them, in order: of the year and of the two before
  /// it, since tables compare years.
  func codes(of field: LineField, in scope: FigureTable.Scope) -> [String] {
    let found = ((scope.year - 2)...scope.year).reduce(into: Set<ExactText>()) { found, year in
      found.formUnion(values(of: field, in: FigureTable.Scope(units: scope.units, year: year)))
    }
    return Set(found.flatMap { field.groups(of: $0.text).map(ExactText.init) }).sorted().map(\.text)
  }

  /// The codes of lines of the year that no other code in use stands below; projects do not nest.
  func lowestCodes(of field: LineField, in scope: FigureTable.Scope) -> [String] {
    let ordered = values(of: field, in: scope).sorted().map(\.text)
    if field == .project { return ordered }
    // In order, what stands below a code comes right after it.
    return zip(ordered, ordered.dropFirst() + [""]).filter { !$1.hasPrefix($0) }.map(\.0)
  }

  /// The values that lines of the year have in a field.
  private func values(of field: LineField, in scope: FigureTable.Scope) -> Set<ExactText> {
    var found: Set<ExactText> = []
    table.forEachEntry(matching: [], in: scope) { entry in
      if let value = entry.line.classification[field] { found.insert(ExactText(value)) }
    }
    return found
  }

  /// The codes that lines of the year have in several fields together, in order; lines that lack one of them have none.
  func combinations(of fields: [LineField], in scope: FigureTable.Scope) -> [[String]] {
    var found: Set<GroupKey> = []
    table.forEachEntry(matching: [], in: scope) { entry in
      let codes = fields.map { entry.line.classification[$0] }
      if codes.allSatisfy({ $0 != nil }) { found.insert(GroupKey(codes)) }
    }
    return found.sorted().map { $0.values.compactMap { $0 } }
  }

  /// The codes directly below one, of those in use.
  func children(of code: String, in field: LineField, among codes: [String]) -> [String] {
    let below = codes.filter { $0 != code && $0.hasPrefix(code) && field != .project }
    return below.filter { one in !below.contains { $0 != one && one.hasPrefix($0) } }
  }

  /// Whether the scope has a line under these conditions.
  func hasLines(under conditions: [Condition], in scope: FigureTable.Scope) -> Bool {
    var found = false
    table.forEachEntry(matching: conditions, in: scope) { _ in found = true }
    return found
  }

  /// The projects with lines in the year, in order.
  func projects(in scope: FigureTable.Scope) -> [String] { lowestCodes(of: .project, in: scope) }

  /// A class and the codes of the published table below it.
  func published(under code: String, in field: LineField, year: Int) -> [String] {
    guard let scheme = SchemeName(rawValue: field.rawValue) else { return [] }
    return CodeTable.table(of: scheme).codes(under: code, in: year)
  }
}

extension LineField {
  /// A code and the classes and sections it belongs to.
  func groups(of code: String) -> [String] {
    let lengths: [Int]
    switch self {
    case .function: lengths = FunctionScheme.lengths
    case .economic: lengths = EconomicScheme.lengths
    case .government: lengths = GovernmentScheme.lengths
    case .fund: lengths = FundScheme.lengths
    case .project, .nature, .procurement, .from, .category: return [code]
    }
    return lengths.filter { $0 <= code.count }.map { String(code.prefix($0)) }
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
    func name(_ unit: ExactText) -> String { unitName(unit, on: day) }
    if !units.isEmpty { return Phrase.list(units.map(name)).chinese }
    let withLines = self.units(in: scope)
    let there = withLines.isEmpty ? declarations.flatMap(\.unitCodes).map(ExactText.init) : withLines
    let below = there.reduce(into: Set<ExactText>()) { found, unit in
      for declared in declarations { found.formUnion(declared.unitsUnder([unit]).subtracting([unit])) }
    }
    return Phrase.list(there.filter { !below.contains($0) }.map(name)).chinese
  }
}

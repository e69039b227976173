/// What rows are grouped by.
public enum Dimension: Hashable, Sendable {
  case unit, year, month
  /// Money by kind and source year.
  case lot
  case line(LineField)

  public static let all: [Dimension] = [.unit, .year] + LineField.allCases.map(Dimension.line) + [.month, .lot]

  public init?(_ name: String) {
    guard let found = Dimension.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// As flags and JSON keys name it.
  public var name: String {
    switch self {
    case .unit: "unit"
    case .year: "year"
    case .month: "month"
    case .lot: "lot"
    case .line(let field): field.rawValue
    }
  }
}

/// What a report asks.
public struct MeasureQuery: Sendable {
  public var by: [Dimension]
  /// How far codes of the function classification are cut: 类 3, 款 5 or 项 7 digits.
  public var depth: Int?
  /// Units, each with those below it; empty: all.
  public var units: [ExactText]
  /// Empty: all.
  public var years: [Int]
  public var filter: LineFilter

  public init(by: [Dimension], depth: Int?, units: [ExactText], years: [Int], filter: LineFilter) {
    self.by = by
    self.depth = depth
    self.units = units
    self.years = years
    self.filter = filter
  }
}

extension MeasureQuery {
  /// The key of an entry that is asked for; `nil` for any other.
  ///
  /// - Parameters:
  ///   - units: those asked for, with those below them.
  ///   - mapping: years to add to `year` and `month`, so that rows of two years meet.
  func key(of entry: LineState, _ lot: Lot?, _ units: Set<ExactText>, mapping: Int = 0) -> GroupKey? {
    let line = entry.line
    guard self.units.isEmpty || units.contains(line.unit), years.isEmpty || years.contains(line.year),
      filter.matches(line.classification)
    else { return nil }
    return GroupKey(by.lazy.map { $0.value(of: entry, lot, depth: depth, mapping: mapping) })
  }
}

/// One row: a grouping of budget lines and its figures.
public struct ReportRow: Sendable {
  /// The values of the dimensions, in their order; `nil` where the lines lack the field.
  public let key: [String?]
  /// The name of the last value, in the row's year.
  public let name: String?
  public let figures: Figures
  /// The same grouping in the year compared with.
  public let prior: Figures?
}

/// Measures by grouping, with their total. `execution`, `balance` and `state` are this report by different fields.
public struct MeasureReport: Sendable {
  public let query: MeasureQuery
  public let horizon: Horizon
  public let position: Int
  public let rows: [ReportRow]
  public let total: ReportRow
  /// The year compared with.
  public let priorYear: Int?

  /// Figures by key. Lines of one key mostly come one after the other.
  ///
  /// Keys, figures and years stand in lists of their own: what is one element is copied where any of it is asked for.
  private struct Groups {
    private var keys: [GroupKey] = []
    private var allFigures: [Figures] = []
    /// The newest of the lines of each group.
    private var years: [Int] = []
    private var places: [GroupKey: Int] = [:]
    private var last = 0

    /// Makes room for the groups of so many lines, or for the most there usually are.
    init(ofLines count: Int = 0) {
      keys.reserveCapacity(min(count, 4_096))
      allFigures.reserveCapacity(min(count, 4_096))
    }

    /// In the order of a report, with those of other groups.
    func sortedKeys(with others: Groups) -> [GroupKey] { (keys + others.keys.filter { places[$0] == nil }).sorted() }

    /// Where the group of a key stands; `nil`: there is none.
    func place(of key: GroupKey) -> Int? { places[key] }

    func figures(_ place: Int) -> Figures { allFigures[place] }
    func year(_ place: Int) -> Int { years[place] }

    var total: Figures {
      var total = Figures()
      for place in allFigures.indices { total += allFigures[place] }
      return total
    }

    mutating func add(_ entry: LineState, by declarations: Declarations, to key: GroupKey) {
      if !keys.indices.contains(last) || keys[last] != key { last = place(of: key, orNewIn: entry.line.year) }
      allFigures[last].add(entry, by: declarations)
      years[last] = max(years[last], entry.line.year)
    }

    private mutating func place(of key: GroupKey, orNewIn year: Int) -> Int {
      if let known = places[key] { return known }
      places[key] = keys.count
      keys.append(key)
      allFigures.append(Figures())
      years.append(year)
      return keys.count - 1
    }
  }

  /// - Parameters:
  ///   - sources: their states add.
  ///   - priorYear: compare with this budget year, at the same month and day.
  /// - Throws: `Problems`.
  public init(_ query: MeasureQuery, from sources: [LedgerSource], at horizon: Horizon, priorYear: Int?) throws {
    let states = try MeasureReport.states(query, sources, at: horizon)
    var earlier: (query: MeasureQuery, states: [LedgerState], mapping: Int)?
    if let priorYear, let year = query.years.first, let asOf = horizon.asOf.shifted(years: priorYear - year) {
      var asked = query
      asked.years = [priorYear]
      let then = Horizon(asOf: asOf, knownAt: horizon.knownAt)
      earlier = (asked, try MeasureReport.states(asked, sources, at: then), year - priorYear)
    }
    let declarations = try sources.indices.map { index in
      try sources[index].declarations(
        knownAt: horizon.knownAt, about: [states[index]] + (earlier.map { [$0.states[index]] } ?? []))
    }
    let groups = try MeasureReport.grouped(query, states, declarations, mapping: nil)
    let prior =
      try earlier.map {
        try MeasureReport.grouped($0.query, $0.states, declarations, mapping: $0.mapping)
      } ?? Groups()
    let namer = Namer(declarations: declarations, dimensions: query.by)
    let keys = query.by.isEmpty ? [] : groups.sortedKeys(with: prior)
    rows = keys.map { key in
      let (group, earlier) = (groups.place(of: key), prior.place(of: key))
      let year = group.map(groups.year) ?? query.years.first ?? earlier.map(prior.year) ?? horizon.asOf.year
      let values = key.values
      return ReportRow(
        key: values, name: namer.name(of: values, year: year), figures: group.map(groups.figures) ?? Figures(),
        prior: priorYear.map { _ in earlier.map(prior.figures) ?? Figures() })
    }
    total = ReportRow(
      key: [], name: nil, figures: groups.total, prior: priorYear.map { _ in prior.total })
    self.query = query
    self.horizon = horizon
    self.position = states.last?.position ?? 0
    self.priorYear = priorYear
  }

  private static func states(
    _ query: MeasureQuery, _ sources: [LedgerSource], at horizon: Horizon
  ) throws -> [LedgerState] {
    // Lots rest on the years before.
    let years = query.by.contains(.lot) ? [] : query.years
    return try sources.map { try $0.state(at: horizon, byMonth: query.by.contains(.month), years: years) }
  }

  /// - Parameter mapping: years to add to `year` and `month` of keys, so that rows of two years meet.
  private static func grouped(
    _ query: MeasureQuery, _ states: [LedgerState], _ declarations: [Declarations], mapping: Int?
  ) throws -> Groups {
    var groups = Groups(ofLines: states.reduce(0) { $0 + $1.lines.count })
    for (state, declared) in zip(states, declarations) {
      let units = declared.unitsUnder(query.units)
      func add(_ entry: LineState, _ lot: Lot?) {
        guard let key = query.key(of: entry, lot, units, mapping: mapping ?? 0) else { return }
        groups.add(entry, by: declared, to: key)
      }
      if query.by.contains(.lot) {
        // Lots are netted over whole pools, whatever part of them is asked for.
        for share in try netted(state.lines, declared) { add(share.state, share.lot) }
      } else {
        // By index, since an element is copied where it is handed to a loop.
        for index in state.lines.indices { add(state.lines[index], nil) }
      }
    }
    return groups
  }

  private static func netted(_ lines: [LineState], _ declarations: Declarations) throws -> [LotShare] {
    do { return try Netting.shares(of: lines, declarations) } catch is Overflow {
      throw Problems(Problem(.totalOutOfRange, expected: .expectedTotalInRange))
    }
  }

}

extension Dimension {
  func value(of entry: LineState, _ lot: Lot?, depth: Int?, mapping: Int) -> String? {
    switch self {
    case .lot: lot.map { Lot($0.kind, $0.from + mapping).text }
    case .unit: entry.line.unit.text
    case .year: String(entry.line.year + mapping)
    case .month:
      entry.month.map { month in "\((Int(month.prefix(4)) ?? 0) + mapping)\(month.dropFirst(4))" }
    case .line(.function): entry.line.classification.function.map { String($0.digits.prefix(depth ?? 7)) }
    case .line(let field): entry.line.classification[field]
    }
  }
}

/// Gives the values of keys their names.
struct Namer {
  let declarations: [Declarations]
  let dimensions: [Dimension]

  func name(of key: [String?], year: Int) -> String? {
    guard let dimension = dimensions.last, let value = key.last ?? nil else { return nil }
    let year = dimensions.firstIndex(of: .year).flatMap { key[$0] }.flatMap { Int($0) } ?? year
    for declared in declarations {
      if let name = declared.name(of: value, in: dimension, year: year) { return name }
    }
    return nil
  }
}

extension Declarations {
  /// The name of a value of a dimension in a year.
  public func name(of value: String, in dimension: Dimension, year: Int) -> String? {
    let day = Day.lastDay(ofYear: year) ?? .last
    switch dimension {
    case .unit: return unitName(ExactText(value), on: day)
    case .year, .month, .line(.from): return nil
    case .lot: return Lot(text: value)?.name
    case .line(.project): return projectName(ExactText(value), on: day)
    case .line(.fund): return name(of: value, in: .fund, year: year)
    case .line(.function): return name(of: value, in: .function, year: year)
    case .line(.economic): return name(of: value, in: .economic, year: year)
    case .line(.government): return name(of: value, in: .government, year: year)
    case .line(.nature): return Nature(rawValue: value)?.name
    case .line(.procurement): return Procurement(rawValue: value)?.name
    case .line(.category): return RevenueCategory(rawValue: value)?.name
    }
  }
}

/// A share of the report's total that each row has.
public enum Share: String, CaseIterable, Sendable {
  case budgetShare, disbursedShare, incomeShare

  var measure: Measure {
    switch self {
    case .budgetShare: .budget
    case .disbursedShare: .disbursed
    case .incomeShare: .income
    }
  }
}

extension MeasureReport {
  public func share(_ share: Share, of row: ReportRow) -> Ratio? {
    Ratio(row.figures[share.measure], over: total.figures[share.measure])
  }

  /// The measures that are compared with another year.
  public static let compared: [Measure] = [
    .appropriated, .budget, .received, .income, .disbursed, .carriedIn, .balance,
  ]
}

extension ReportRow {
  /// change / prior, signed; `nil` at prior 0.
  public func growth(of measure: Measure) -> Ratio? {
    guard let prior else { return nil }
    return Ratio(figures[measure] - prior[measure], over: prior[measure])
  }
}

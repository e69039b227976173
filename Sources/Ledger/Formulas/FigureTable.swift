/// The figures of every line of a ledger at one horizon, ready to be asked by formulas.
///
/// Sums of many lines are asked for again and again under ever other conditions, so lines are found by the values of their
/// fields and not by looking at all of them.
public struct FigureTable: Sendable {
  struct Entry: Sendable {
    let line: BudgetLine
    let figures: Figures
    /// Whether its project is a 重点项目.
    let isKey: Bool
    let unitKind: UnitKind?
  }

  /// Where a formula is asked: the units, each by itself, and the year its relative years count from.
  public struct Scope: Hashable, Sendable {
    /// `nil`: all.
    public let units: Set<ExactText>?
    public let year: Int

    public init(units: Set<ExactText>?, year: Int) {
      self.units = units
      self.year = year
    }
  }

  let entries: [Entry]
  /// The units that have lines, in order.
  let units: [ExactText]
  /// Entries by year, and by unit and year.
  private var byYear: [Int: [Int]] = [:]
  private var byUnitYear: [UnitYear: [Int]] = [:]
  /// Entries by field and value; a code also under each of its prefixes.
  private var byValue: [LineField: [String: [Int]]] = [:]
  private let unitsUnder: [Declarations]

  /// - Parameter parts: the lines of each source with what it declares.
  public init(_ parts: [(lines: [LineState], declarations: Declarations)]) {
    entries = parts.flatMap { part in
      part.lines.map { Entry($0, part.declarations) }
    }
    unitsUnder = parts.map(\.declarations)
    units = Set(entries.map(\.line.unit)).sorted()
    for (number, entry) in entries.enumerated() {
      byYear[entry.line.year, default: []].append(number)
      byUnitYear[entry.line.unitYear, default: []].append(number)
      for field in FigureTable.indexed {
        guard let value = entry.line.classification[field] else { continue }
        for prefix in field.prefixes(of: value) { byValue[field, default: [:]][prefix, default: []].append(number) }
      }
    }
  }

  private static let indexed: [LineField] = [.function, .economic, .government, .project, .fund]

  /// The value of a term in a scope: money in yuan, a rate as a ratio; `nil` where a denominator is zero.
  public func value(of term: Term, in scope: Scope) -> Rational? {
    switch term.quantity {
    case .money(let measure):
      var sum: Fen = 0
      forEachEntry(matching: term.conditions, in: scope) { sum += $0.figures[measure] }
      return Rational(fen: sum)
    case .ratio(let rate):
      return figures(under: term.conditions, in: scope)[rate].map { Rational($0) }
    }
  }

  /// Every measure of the lines under the conditions, added up.
  func figures(under conditions: [Condition], in scope: Scope) -> Figures {
    var sum = Figures()
    forEachEntry(matching: conditions, in: scope) { sum += $0.figures }
    return sum
  }

  /// Whether any line under the conditions has an amount for the measure, even where they add up to zero.
  func hasAmount(_ term: Term, in scope: Scope) -> Bool {
    guard case .money(let measure) = term.quantity else { return value(of: term, in: scope) != nil }
    var found = false
    forEachEntry(matching: term.conditions, in: scope) { found = found || $0.figures[measure] != 0 }
    return found
  }

  func forEachEntry(matching conditions: [Condition], in scope: Scope, _ body: (Entry) -> Void) {
    let filter = LineMatcher(conditions, in: scope, unitsUnder: unitsUnder)
    for number in candidates(filter) where filter.matches(entries[number]) { body(entries[number]) }
  }

  /// The shortest list that must hold every match.
  private func candidates(_ filter: LineMatcher) -> [Int] {
    var lists: [[Int]] = filter.years.compactMap { byYear[$0] }
    // Of few units theirs are shorter; of many it costs more to look them up than to look at all.
    if let units = filter.units, units.count <= 50 {
      lists = filter.years.flatMap { year in
        units.compactMap { byUnitYear[UnitYear(unit: $0, year: year)] }
      }
    }
    var length = lists.reduce(0) { $0 + $1.count }
    var mayRepeat = false
    for (field, accepted) in filter.fields {
      guard case .values(let values) = accepted, let index = byValue[field] else { continue }
      let found = values.compactMap { index[$0] }
      let count = found.reduce(0) { $0 + $1.count }
      if count < length { (lists, length, mayRepeat) = (found, count, found.count > 1) }
    }
    if lists.count == 1 { return lists[0] }
    return mayRepeat ? Array(Set(lists.joined())) : Array(lists.joined())
  }
}

extension FigureTable.Entry {
  init(_ state: LineState, _ declarations: Declarations) {
    let day = Day.lastDay(ofYear: state.line.year) ?? .last
    line = state.line
    figures = Figures(state, by: declarations)
    isKey = state.line.classification.project.flatMap { declarations.project($0, on: day)?.isKey } ?? false
    unitKind = declarations.unitKind(state.line.unit, on: day)
  }
}

extension LineField {
  /// The values a filter may name to meet this one.
  func prefixes(of value: String) -> [String] {
    switch self {
    case .fund, .function, .economic, .government: (1...value.count).map { String(value.prefix($0)) }
    case .project, .nature, .procurement, .from, .category: [value]
    }
  }
}

extension Figures {
  /// Every measure of a line, on the basis of its fund.
  public init(_ entry: LineState, by declarations: Declarations) { add(entry, by: declarations) }

  /// Adds every measure of a line, on the basis of its fund.
  mutating func add(_ entry: LineState, by declarations: Declarations) {
    add(line: entry.line.classification, sums: entry.sums, basis: declarations.basis(of: entry.line))
  }
}

/// Conditions made ready for many lines.
struct LineMatcher {
  let fields: [(field: LineField, accepted: Condition.Accepted)]
  let years: [Int]
  let units: Set<ExactText>?
  private let keys: Set<Bool>?
  private let kinds: [String]?

  init(_ conditions: [Condition], in scope: FigureTable.Scope, unitsUnder: [Declarations]) {
    var fields: [(LineField, Condition.Accepted)] = []
    var years = [scope.year]
    var units = scope.units
    var keys: Set<Bool>?
    var kinds: [String]?
    for condition in conditions {
      switch (condition.field, condition.accepted) {
      case (.line(let field), let accepted): fields.append((field, accepted))
      case (.year, .values(let values)):
        years = Array(Set(values.compactMap { YearReference($0)?.year(from: scope.year) })).sorted()
      case (.unit, .values(let codes)):
        units = unitsUnder.reduce(into: []) { $0.formUnion($1.unitsUnder(codes.map(ExactText.init))) }
      case (.unit, .exactly(let code)): units = [ExactText(code)]
      case (.key, .values(let values)): keys = Set(values.map { $0 == "true" })
      case (.kind, .values(let values)): kinds = values
      case (.year, _), (.unit, _), (.key, _), (.kind, _): break
      }
    }
    self.fields = fields
    self.years = years
    self.units = units
    self.keys = keys
    self.kinds = kinds
  }

  func matches(_ entry: FigureTable.Entry) -> Bool {
    matches(entry.line, isKey: entry.isKey, kind: entry.unitKind)
  }

  func matches(_ line: BudgetLine, isKey lineIsKey: @autoclosure () -> Bool, kind: @autoclosure () -> UnitKind?) -> Bool
  {
    guard years.contains(line.year), units?.contains(line.unit) ?? true else { return false }
    for (field, accepted) in fields {
      let value = line.classification[field]
      switch accepted {
      case .absent: if value != nil { return false }
      case .valuesOrAbsent(let values):
        if let value, !values.contains(where: { LineFilter.matches(value, $0, field) }) { return false }
      case .values(let values):
        guard let value, values.contains(where: { LineFilter.matches(value, $0, field) }) else { return false }
      case .exactly(let text): if value != text { return false }
      }
    }
    if let keys, !keys.contains(lineIsKey()) { return false }
    if let kinds { return kind().map { kinds.contains($0.rawValue) } ?? false }
    return true
  }
}

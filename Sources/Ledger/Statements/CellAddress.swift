/// A figure as a person names it, found: what it is computed from, for whom, and as of when.
public struct CellAddress: Sendable {
  public let subject: Explanation.Subject
  public let horizon: Horizon
}

/// Where names of figures are looked up.
public struct CellLookup {
  public let sources: [LedgerSource]
  public let definitions: Definitions
  public let units: [ExactText]
  public let year: Int
  public let place: String?
  /// The dates of each statement; a budget has its own.
  public let horizon: (StatementName) throws -> Horizon
  /// What the rows of `execution/…` and `balance/…` are by.
  public let dimensions: [String: [Dimension]]

  public init(
    sources: [LedgerSource], definitions: Definitions, units: [ExactText], year: Int, place: String?,
    dimensions: [String: [Dimension]], horizon: @escaping (StatementName) throws -> Horizon
  ) {
    self.sources = sources
    self.definitions = definitions
    self.units = units
    self.year = year
    self.place = place
    self.dimensions = dimensions
    self.horizon = horizon
  }

  /// A cell of a statement, a row of `execution` or `balance` with a measure, an indicator, an assertion, or a formula.
  /// - Throws: `Problems`: `cell.unknown`, `formula.unreadable`.
  public func find(_ name: String) throws -> CellAddress {
    if let found = try cell(name) ?? row(name) ?? indicator(name) ?? assertion(name) { return found }
    do {
      let formula = try Formula(reading: name)
      let horizon = try horizon(.finalAccounts)
      return address(name, formula, horizon, try form(ofPrinted: formula, knownAt: horizon.knownAt))
    } catch let error as Unreadable {
      // A word or a path was meant for a name; what has marks of a formula is told where it goes wrong.
      let isMeantAsFormula =
        name.contains { "{}()+*@\" ".contains($0) } || name.first.map { $0.isASCII && $0.isNumber } ?? false
      throw Problems(
        isMeantAsFormula
          ? Problem(error.code, value: error.value, expected: error.expected)
          : Problem(.cellUnknown, value: name, expected: .expectedCell))
    }
  }

  /// What a document prints says itself whether it is a rate.
  private func form(ofPrinted formula: Formula, knownAt: KnownAt) throws -> FigureForm? {
    guard case .printed(let id) = formula else { return nil }
    return try PrintedFigures(sources, knownAt: knownAt)[id]?.printed.unit == .percent ? .percent : nil
  }

  /// - Parameter form: how the value is shown; `nil`: as the formula says.
  private func address(
    _ id: String, _ formula: Formula, _ horizon: Horizon, _ form: FigureForm?
  ) -> CellAddress {
    CellAddress(
      subject: Explanation.Subject(
        id: id, formula: formula, units: units, year: year, form: form ?? formula.usualForm), horizon: horizon)
  }

  private func cell(_ name: String) throws -> CellAddress? {
    guard let title = name.split(separator: "/").first.map(String.init), name.contains("/") else { return nil }
    for statement in StatementName.allCases {
      let place = self.place ?? definitions.places(of: statement).first
      guard let place, let layout = definitions.layout(of: statement, in: year, at: place),
        layout.entries.contains(where: { $0.name == title || definitions.table($0.table)?.name == title })
      else { continue }
      let horizon = try horizon(statement)
      let query = StatementQuery(name: statement, year: year, units: units, place: place, horizon: horizon)
      guard let cell = try Statement(query, from: sources, definitions).cell(name) else { continue }
      guard let formula = cell.formula else {
        throw Problems(Problem(.cellUnknown, value: name, expected: .expectedComputedCell))
      }
      switch cell.value {
      case .percent: return address(name, formula, horizon, .percent)
      case .number, .text: return address(name, formula, horizon, .number)
      case .money, .blank: return address(name, formula, horizon, .yuan)
      }
    }
    return nil
  }

  /// `execution/TJPX/disbursed`: the verb, the key, the measure or rate.
  private func row(_ name: String) throws -> CellAddress? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, let by = dimensions[parts[0]], let quantity = Quantity(parts[parts.count - 1]) else {
      return nil
    }
    let key = Array(parts[1..<(parts.count - 1)])
    // Without a key it is the total.
    guard key.isEmpty || key.count == by.count else {
      throw Problems(Problem(.cellUnknown, value: name, expected: .expectedKey(by.map(\.name))))
    }
    let conditions = try zip(by, key).map { dimension, value in
      guard let condition = dimension.condition(value) else {
        throw Problems(Problem(.cellUnknown, value: name, expected: .expectedLineDimension))
      }
      return condition
    }
    let found = address(name, .term(Term(quantity, conditions)), try horizon(.finalAccounts), nil)
    let ledger = try LedgerFigures(sources, at: found.horizon)
    guard key.isEmpty || ledger.hasLines(under: conditions, in: ledger.scope(units: units, year: year)) else {
      throw Problems(Problem(.cellUnknown, value: name, expected: .expectedRow))
    }
    return found
  }

  private func indicator(_ name: String) throws -> CellAddress? {
    guard let found = definitions.indicators.first(where: { $0.id == name || $0.name == name }) else { return nil }
    return address(name, found.formula, try horizon(.finalAccounts), found.unit)
  }

  private func assertion(_ name: String) throws -> CellAddress? {
    let knownAt = try horizon(.finalAccounts).knownAt
    guard let found = try PrintedFigures(sources, knownAt: knownAt)[name] else { return nil }
    return CellAddress(
      subject: Explanation.Subject(
        id: name, formula: found.formula.restricted(to: found.unit), units: [found.unit], year: found.year,
        form: found.printed.unit == .percent ? .percent : found.formula.usualForm),
      horizon: Horizon(asOf: found.date, knownAt: knownAt))
  }
}

extension Dimension {
  /// The condition of a row's value, `—` where the line lacks the field; `nil` for what is no field of lines.
  fileprivate func condition(_ value: String) -> Condition? {
    switch self {
    case .unit: Condition(.unit, .exactly(value))
    case .year: Condition(.year, .values([value]))
    case .line(let field): Condition(.line(field), value == "—" ? .absent : .exactly(value))
    case .month, .lot: nil
    }
  }
}

extension Formula {
  /// Money, or a rate of money in percent, or a plain number where nothing of the ledger is in it.
  fileprivate var usualForm: FigureForm {
    if isMoney { return .yuan }
    let isOfIndicators = leaves.allSatisfy { leaf in
      if case .indicator = leaf { return true }
      return false
    }
    return isOfIndicators ? .number : .percent
  }
}

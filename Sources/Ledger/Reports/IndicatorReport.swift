/// Every indicator with what it divides and what it comes to.
public struct IndicatorReport: Sendable {
  public struct Row: Sendable {
    public let definition: IndicatorDefinition
    /// Above and below the line of the formula; `nil` where it is no quotient, or they have no value.
    public let numerator: Rational?
    public let denominator: Rational?
    /// `nil`: no value, as where a denominator is zero or an indicator is not recorded.
    public let value: Rational?
  }

  public let rows: [Row]
  public let year: Int
  public let units: [ExactText]
  public let horizon: Horizon
  public let position: Int

  /// - Throws: `Problems` where a source is damaged.
  public init(
    _ definitions: [IndicatorDefinition], from sources: [LedgerSource], year: Int, units: [ExactText],
    at horizon: Horizon
  ) throws {
    self.year = year
    self.units = units
    self.horizon = horizon
    let ledger = try LedgerFigures(sources, at: horizon)
    let scope = ledger.scope(units: units, year: year)
    position = ledger.position
    rows = definitions.map { definition in
      let (above, below) = ledger.quotient(definition.formula, in: scope)
      return Row(
        definition: definition, numerator: above, denominator: below,
        value: ledger.value(of: definition.formula, in: scope))
    }
  }
}

extension LedgerFigures {
  /// What stands above and below the line of a quotient or a rate.
  func quotient(_ formula: Formula, in scope: FigureTable.Scope) -> (above: Rational?, below: Rational?) {
    switch formula {
    case .quotient(let above, let below): return (value(of: above, in: scope), value(of: below, in: scope))
    case .term(let term):
      guard case .ratio(let rate) = term.quantity else { return (nil, nil) }
      let sum = table.figures(under: term.conditions, in: scope)
      return (Rational(fen: sum.numerator(of: rate)), Rational(fen: sum.denominator(of: rate)))
    case .number, .indicator, .printed, .opposite, .sum, .difference, .product, .magnitude, .rounded: return (nil, nil)
    }
  }
}

/// One assertion against the ledger at its own date.
public struct CheckResult: Sendable {
  public let id: String
  public let title: String
  public let verdict: Verdict
  /// The ledger's value, in yuan or percent; `nil`: no value.
  public let left: String?
  /// The printed value, in yuan or percent.
  public let right: String
  /// left − right.
  public let difference: String?
  public let source: String?
}

/// What `check` found.
public struct CheckReport: Sendable {
  public let results: [CheckResult]
  public let notes: [Phrase]
  public let knownAt: KnownAt
  /// The last event that was known.
  public let position: Int

  public func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

  /// Every assertion of these units and years, evaluated at its own date whatever the date of the report.
  ///
  /// - Parameter units: each with those below it; empty: all.
  public init(
    _ sources: [LedgerSource], units: [ExactText], years: Set<Int>?, knownAt: KnownAt
  ) throws {
    var results: [CheckResult] = []
    var notes: [Phrase] = []
    var position = 0
    for source in sources {
      let declarations = try source.declarations(knownAt: knownAt)
      let below = units.isEmpty ? nil : declarations.unitsUnder(units)
      var states: [Day: LedgerState] = [:]
      var assertions: [Assertion] = []
      var control = ControlFold(declarations)
      try source.forEachPosted { recorded, _, postings in
        guard knownAt.includes(recorded) else { return }
        position = max(position, recorded.position)
        control.apply(postings, of: recorded)
        guard let assertion = Assertion(recorded) else { return }
        if below.map({ $0.contains(assertion.unit) }) ?? true, years.map({ $0.contains(assertion.year) }) ?? true {
          assertions.append(assertion)
        }
      }
      for assertion in assertions {
        let state =
          try states[assertion.date]
          ?? source.state(at: Horizon(asOf: assertion.date, knownAt: knownAt), byMonth: false)
        states[assertion.date] = state
        results.append(CheckResult(assertion, in: state, declarations))
      }
      let final = try source.state(at: Horizon(asOf: .last, knownAt: knownAt), byMonth: false)
      notes += CheckReport.notes(on: final, control, units: below, years: years)
    }
    self.results = results
    self.notes = notes
    self.knownAt = knownAt
    self.position = position
  }

  /// What is no verdict but worth a look: money without a nature, and budgets overdrawn at the level of control.
  private static func notes(
    on state: LedgerState, _ control: ControlFold, units: Set<ExactText>?, years: Set<Int>?
  ) -> [Phrase] {
    func isAsked(_ unit: ExactText, _ year: Int) -> Bool {
      units.map { $0.contains(unit) } ?? true && years.map { $0.contains(year) } ?? true
    }
    let unclassified = state.lines.reduce(Fen(0)) { sum, entry in
      let counts = entry.line.classification.nature == nil && isAsked(entry.line.unit, entry.line.year)
      return counts ? sum + Fen(entry.sums[.disbursed]) : sum
    }
    let overdrawn = control.overdrawn { isAsked($0.unit, $0.year) }
    return (unclassified == 0 ? [] : [.noteUnclassified(unclassified.yuan)])
      + overdrawn.map { .noteOverdrawn($0.name, $0.available.yuan) }
  }
}

extension CheckResult {
  init(_ assertion: Assertion, in state: LedgerState, _ declarations: Declarations) {
    var figures = Figures()
    for entry in state.lines
    where entry.line.unit == assertion.unit && entry.line.year == assertion.year
      && assertion.filter.matches(entry.line.classification)
    {
      figures += Figures(entry, by: declarations)
    }
    let value: Ratio? =
      switch assertion.quantity {
      case .money(let measure): Ratio(figures[measure], over: 1)
      case .ratio(let rate): figures[rate]
      }
    let printed = assertion.printed.exact(for: assertion.quantity)
    self.init(
      id: assertion.id, title: assertion.title,
      verdict: value.map { assertion.printed.verdict(on: $0, for: assertion.quantity) } ?? .contradiction,
      left: value.map(assertion.shown), right: printed.map(assertion.shown) ?? assertion.printed.text,
      difference: value.flatMap { value in printed.flatMap { value.minus($0) } }.map(assertion.shownDifference),
      source: assertion.source)
  }
}

extension Assertion {
  /// The measure with its filters, in the notation of formulas: `disbursed{nature=basic}`.
  var title: String {
    let conditions = LineField.allCases.compactMap { field in
      filter[field].map { "\(field.rawValue)=\($0.joined(separator: "|"))" }
    }
    return conditions.isEmpty ? quantity.name : "\(quantity.name){\(conditions.joined(separator: ","))}"
  }

  /// Money in yuan to the fen, a rate in percent with as many decimals as printed and at least two.
  fileprivate func shown(_ value: Ratio) -> String {
    switch quantity {
    case .money: Ratio.text(value.rounded(toUnitsOf: 0, scaledBy: 1), decimals: 2)
    case .ratio: value.percent(decimals: printedPercentDecimals)
    }
  }

  /// Two decimals more than the printed rate, so that what rounding took away is seen.
  fileprivate func shownDifference(_ value: Ratio) -> String {
    switch quantity {
    case .money: shown(value)
    case .ratio: value.percent(decimals: printedPercentDecimals + 2)
    }
  }

  private var printedPercentDecimals: Int {
    max(2, printed.unit == .percent ? printed.decimals : printed.decimals - 2)
  }
}

extension Ratio {
  fileprivate func minus(_ other: Ratio) -> Ratio? {
    Ratio(numerator * other.denominator - other.numerator * denominator, over: denominator * other.denominator)
  }
}

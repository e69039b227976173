/// The figures that documents print, found by what they are of.
struct AssertedFigures {
  let assertions: [Assertion]
  private let byID: [String: Assertion]
  private let byTerm: [Key: [Assertion]]
  private let days: [UnitYear: Set<Day>]

  private struct Key: Hashable {
    let unit: ExactText
    let year: Int
    let term: Term
  }

  init(_ assertions: [Assertion]) {
    self.assertions = assertions
    byID = Dictionary(assertions.map { ($0.id, $0) }) { first, _ in first }
    var byTerm: [Key: [Assertion]] = [:]
    var days: [UnitYear: Set<Day>] = [:]
    for assertion in assertions {
      guard let term = assertion.term else { continue }
      byTerm[Key(unit: assertion.unit, year: assertion.year, term: term.canonical), default: []].append(assertion)
      days[UnitYear(unit: assertion.unit, year: assertion.year), default: []].insert(assertion.date)
    }
    self.byTerm = byTerm
    self.days = days
  }

  /// The days on which figures of a unit and year are asserted.
  func days(of unit: ExactText, _ year: Int) -> [Day] {
    (days[UnitYear(unit: unit, year: year)] ?? []).sorted()
  }

  func printed(_ id: String) -> PrintedValue? { byID[id]?.printed }

  /// What is asserted on a day; of earlier years, whenever it was.
  func figures(on day: Day) -> (Term, FigureTable.Scope) -> PrintedFigure? {
    { term, scope in
      guard let unit = scope.units?.first, let (term, year) = term.canonical.separatingYear(from: scope.year) else {
        return nil
      }
      let found = (byTerm[Key(unit: unit, year: year, term: term)] ?? []).filter {
        year != scope.year || $0.date == day
      }
      // Printed twice: the first place is the one that counts, the other is checked by itself.
      return found.first.map { PrintedFigure($0.printed) }
    }
  }
}

extension AssertedFigures {
  /// An assertion on the ledger and, where all terms of its formula are asserted too, on those.
  func results(on assertion: Assertion, _ ledger: LedgerFigures) -> [CheckResult] {
    let scope = FigureTable.Scope(units: [assertion.unit], year: assertion.year)
    var figures: [Leaf: PrintedFigure] = [:]
    for leaf in assertion.formula.leaves {
      if case .printed(let id) = leaf {
        // Its own print says nothing about itself.
        guard id != assertion.id, let printed = printed(id) else { continue }
        figures[leaf] = PrintedFigure(printed)
      } else if let value = ledger.value(of: leaf, in: scope) {
        figures[leaf] = PrintedFigure(exact: value)
      }
    }
    var results = [result(of: assertion, figures, on: .ledger)]
    guard assertion.term == nil, !assertion.formula.terms.isEmpty else { return results }
    let lookup = TermLookup(asserted: self.figures(on: assertion.date), ledger: ledger, scope: scope)
    guard let found = lookup.figures(of: assertion.formula) else { return results }
    results.append(result(of: assertion, figures.merging(found) { _, new in new }, on: .asserted))
    return results
  }

  private func result(
    of assertion: Assertion, _ figures: [Leaf: PrintedFigure], on ground: CheckGround
  ) -> CheckResult {
    let value = assertion.formula.value { figures[$0]?.value }
    var verdict = value.map { assertion.printed.verdict(on: $0) } ?? .contradiction
    if verdict == .contradiction, value != nil, figures.values.contains(where: { !$0.tolerance.isZero }) {
      let difference = Formula.difference(assertion.formula, .printed(""))
      let all = figures.merging([.printed(""): PrintedFigure(assertion.printed)]) { $1 }
      if PrintedRange.reachesZero(difference, all) { verdict = .rounding }
    }
    return CheckResult(
      subject: .assertion, id: assertion.id, on: ground, title: assertion.formula.text, verdict: verdict,
      left: value.map(assertion.shown), right: assertion.shown(assertion.printed.value),
      difference: value.map { assertion.shownDifference($0 - assertion.printed.value) }, source: assertion.source,
      unit: assertion.unit, year: assertion.year)
  }
}

/// Finds the terms of a formula among asserted figures.
struct TermLookup {
  let asserted: (Term, FigureTable.Scope) -> PrintedFigure?
  let ledger: LedgerFigures
  let scope: FigureTable.Scope
  /// Whether the year before is not on record, so that what is missing there is unknown and not zero.
  var hasUnrecordedPrior = false

  /// The same of the year itself.
  private var hasUnrecordedYear: Bool { !ledger.hasLines(under: [], in: scope) }

  /// The asserted figures of all terms; `nil` where one is not asserted and not zero in the ledger, or none is.
  func figures(of formula: Formula) -> [Leaf: PrintedFigure]? {
    var figures: [Leaf: PrintedFigure] = [:]
    var isAsserted = false
    for term in formula.terms {
      guard let found = figure(of: term) else { return nil }
      figures[.term(term)] = found.figure
      isAsserted = isAsserted || found.isAsserted
    }
    return isAsserted ? figures : nil
  }

  private func figure(of term: Term) -> (figure: PrintedFigure, isAsserted: Bool)? {
    if let figure = asserted(term, scope) { return (figure, true) }
    let isUnknown = hasUnrecordedYear || hasUnrecordedPrior && term.conditions.contains { $0.field == .year }
    if !isUnknown, ledger.table.value(of: term, in: scope)?.isZero ?? false {
      return (PrintedFigure(exact: .zero), false)
    }
    // Money over several codes that exclude one another is the sum of each.
    guard case .money = term.quantity, let parts = term.alternatives else { return nil }
    let found = parts.map(figure)
    guard found.allSatisfy({ $0 != nil }), found.contains(where: { $0?.isAsserted ?? false }) else { return nil }
    let figures = found.compactMap { $0?.figure }
    return (
      PrintedFigure(
        value: figures.reduce(.zero) { $0 + $1.value }, tolerance: figures.reduce(.zero) { $0 + $1.tolerance }), true
    )
  }
}

extension Term {
  /// The same term however its conditions were ordered.
  var canonical: Term {
    let order = Condition.Field.all
    let sorted = conditions.map { condition -> Condition in
      guard case .values(let values) = condition.accepted else { return condition }
      return Condition(condition.field, .values(values.sorted()))
    }.sorted { (order.firstIndex(of: $0.field) ?? 0) < (order.firstIndex(of: $1.field) ?? 0) }
    return Term(quantity, sorted)
  }

  /// The term without its condition on the year, and the year it names; `nil` where it names several.
  fileprivate func separatingYear(from base: Int) -> (Term, Int)? {
    let others = conditions.filter { $0.field != .year }
    guard let year = conditions.first(where: { $0.field == .year }) else { return (self, base) }
    guard case .values(let values) = year.accepted, values.count == 1, let reference = YearReference(values[0]) else {
      return nil
    }
    return (Term(quantity, others), reference.year(from: base))
  }
}

extension Assertion {
  private var isRate: Bool {
    if printed.unit == .percent { return true }
    if let term, case .ratio = term.quantity { return true }
    return false
  }

  /// Money and plain numbers with two decimals or as many as printed, a rate in percent likewise.
  fileprivate func shown(_ value: Rational) -> String {
    isRate ? value.percent(decimals: printedPercentDecimals) : value.text(decimals: plainDecimals)
  }

  /// A rate with two decimals more than printed, so that what rounding took away is seen.
  fileprivate func shownDifference(_ value: Rational) -> String {
    isRate ? value.percent(decimals: printedPercentDecimals + 2) : value.text(decimals: plainDecimals)
  }

  private var plainDecimals: Int { printed.unit == .none ? max(2, printed.decimals) : 2 }

  private var printedPercentDecimals: Int {
    max(2, printed.unit == .percent ? printed.decimals : printed.decimals - 2)
  }
}

/// What a cell comes to be.
enum ResolvedCell {
  case formula(Formula)
  /// Why there is none.
  case blank(String)
}

extension LedgerFigures {
  /// The formula of a cell with its variables filled in and its alternatives chosen.
  func resolve(_ cell: CellDefinition, _ bindings: Bindings, in scope: FigureTable.Scope) -> ResolvedCell {
    if let only = cell.only, !hasUnit(of: only, in: scope) { return .blank(Phrase.blankOtherKind.chinese) }
    guard let stated = cell.formula else { return .blank(cell.blank ?? Phrase.blankNotRecorded.chinese) }
    if let blank = cell.blank { return .blank(blank) }
    let formula =
      cell.sumOver.isEmpty
      ? stated.bound(to: bindings) : summed(stated, cell.sumOver, within: cell.within, bindings, in: scope)
    if let year = unrecordedYear(of: formula, in: scope) { return .blank(Phrase.blankNoYear(year).chinese) }
    guard cell.otherwise != nil || cell.recorded != nil else { return .formula(formula) }
    let other = cell.otherwise?.bound(to: bindings)
    let chosen = allUnits(in: scope).compactMap { unit -> Formula? in
      let alone = FigureTable.Scope(units: [unit], year: scope.year)
      if let found = choice(of: formula, or: other, in: alone) { return found.restricted(to: unit) }
      let isCovered = cell.recorded.map { isRecorded($0.bound(to: bindings), in: alone) } ?? false
      return isCovered ? formula.restricted(to: unit) : nil
    }
    guard let sum = Formula.sum(of: chosen) else { return .blank(Phrase.blankNotRecorded.chinese) }
    return .formula(sum)
  }

  /// The formula, or where no line has an amount for it the other; of several codes each by itself. `nil`: nothing is
  /// recorded of either.
  private func choice(of formula: Formula, or other: Formula?, in scope: FigureTable.Scope) -> Formula? {
    if case .term(let term) = formula, let parts = term.alternatives {
      var others: [Formula?] = Array(repeating: nil, count: parts.count)
      if case .term(let term)? = other, let parts = term.alternatives { others = parts.map { .term($0) } }
      return Formula.sum(of: zip(parts, others).compactMap { choice(of: .term($0), or: $1, in: scope) })
    }
    return [formula, other].lazy.compactMap { $0 }.first { isRecorded($0, in: scope) }
  }

  private func isRecorded(_ formula: Formula, in scope: FigureTable.Scope) -> Bool {
    formula.terms.contains { table.hasAmount($0, in: scope) }
  }

  /// A year that a formula names and of which nothing is on record; `nil` where there is none such.
  private func unrecordedYear(of formula: Formula, in scope: FigureTable.Scope) -> Int? {
    let years = formula.terms.flatMap { term -> [Int] in
      guard case .values(let values)? = term.conditions.first(where: { $0.field == .year })?.accepted else { return [] }
      return values.compactMap { YearReference($0)?.year(from: scope.year) }
    }
    return Set(years).sorted().first { year in
      year != scope.year && !hasLines(under: [], in: FigureTable.Scope(units: scope.units, year: year))
    }
  }

  /// Whether a unit in scope is of one of these kinds.
  func hasUnit(of kinds: [UnitKind], in scope: FigureTable.Scope) -> Bool {
    hasLines(under: [Condition(.kind, .values(kinds.map(\.rawValue)))], in: scope)
  }

  /// The sum of a formula over every combination of some fields in use.
  ///
  /// - Parameter within: only on lines under the conditions of this term.
  private func summed(
    _ formula: Formula, _ fields: [Variables.Field], within: Formula?, _ bindings: Bindings,
    in scope: FigureTable.Scope
  ) -> Formula {
    var combinations: Set<GroupKey> = []
    let conditions = within?.bound(to: bindings).conditions ?? []
    table.forEachEntry(matching: conditions, in: scope) { entry in
      combinations.insert(GroupKey(fields.lazy.map { entry.line.classification[$0.lineField] }))
    }
    let parts = combinations.sorted().map { combination in
      var bindings = bindings
      for (field, value) in zip(fields, combination.values) {
        bindings.bind(field.variable, to: value.map { .exactly($0) } ?? .absent)
      }
      return formula.bound(to: bindings)
    }
    return Formula.sum(of: parts) ?? .number(.zero, spelling: "0")
  }
}

extension Formula {
  fileprivate var conditions: [Condition] {
    if case .term(let term) = self { return term.conditions }
    return []
  }

  /// The same formula of one unit only, but where it names units itself.
  func restricted(to unit: ExactText) -> Formula {
    mapTerms { term in
      let names = term.conditions.contains { $0.field == .unit }
      return .term(
        Term(term.quantity, term.conditions + (names ? [] : [Condition(.unit, .exactly(unit.text))])))
    }
  }

  /// The sum of formulas, balanced so that a long one is not deep; `nil` where there are none.
  static func sum(of parts: [Formula]) -> Formula? {
    guard parts.count > 1 else { return parts.first }
    let middle = parts.count / 2
    guard let left = sum(of: Array(parts[..<middle])), let right = sum(of: Array(parts[middle...])) else { return nil }
    return .sum(left, right)
  }
}

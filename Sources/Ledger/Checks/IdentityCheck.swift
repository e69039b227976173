/// The identities of one unit and year.
struct IdentityCheck {
  let ledger: LedgerFigures
  let unit: ExactText
  let year: Int
  let definitions: Definitions
  /// The codes in use and the lowest of them, by field.
  private let codes: [LineField: (all: [String], lowest: [String])]

  init(ledger: LedgerFigures, unit: ExactText, year: Int, definitions: Definitions) {
    self.ledger = ledger
    self.unit = unit
    self.year = year
    self.definitions = definitions
    let scope = FigureTable.Scope(units: [unit], year: year)
    codes = Dictionary(
      uniqueKeysWithValues: Variables.Field.allCases.map(\.lineField).map { field in
        (field, (ledger.codes(of: field, in: scope), ledger.lowestCodes(of: field, in: scope)))
      })
  }

  private var scope: FigureTable.Scope { FigureTable.Scope(units: [unit], year: year) }

  /// An identity asked once, or for one code.
  private struct Instance {
    let id: String
    let name: String
    let left: Formula
    let right: Formula
    /// Where this is zero it says nothing.
    let condition: Formula?
  }

  /// Every identity on what the events add up to.
  func onLedger() -> [CheckResult] {
    let hasPrior = hasPrior
    return definitions.identities.filter { !$0.needsPrior || hasPrior }.flatMap { identity in
      summary(
        of: identity,
        instances(of: identity).map { instance in
          let (left, right) = (ledger.value(of: instance.left, in: scope), ledger.value(of: instance.right, in: scope))
          let holds = left.flatMap { left in right.map { identity.relation.holds(left, $0) } } ?? false
          return result(of: instance, identity, left, right, holds ? .ties : .contradiction, on: .ledger)
        })
    }
  }

  /// Every identity all of whose terms are asserted, on those figures.
  func onAsserted(_ asserted: @escaping (Term, FigureTable.Scope) -> PrintedFigure?) -> [CheckResult] {
    let hasPrior = hasPrior
    return definitions.identities.flatMap { identity in
      // A year that is not on record has no zeros that anybody could vouch for.
      let lookup = TermLookup(
        asserted: asserted, ledger: ledger, scope: scope, hasUnrecordedPrior: identity.needsPrior && !hasPrior)
      return summary(
        of: identity,
        instances(of: identity).compactMap { instance in
          let difference = Formula.difference(instance.left, instance.right)
          guard let figures = lookup.figures(of: difference) else { return nil }
          let left = instance.left.value { figures[$0]?.value }
          let right = instance.right.value { figures[$0]?.value }
          guard let left, let right else { return nil }
          let verdict: Verdict =
            identity.relation.holds(left, right)
            ? .ties : PrintedRange.reachesZero(difference, figures) ? .rounding : .contradiction
          return result(of: instance, identity, left, right, verdict, on: .asserted)
        })
    }
  }

  /// Whether the year before is on record: of a year known by its budget alone nothing was left over.
  private var hasPrior: Bool {
    ledger.table.hasAmount(Term(.money(.disbursed)), in: FigureTable.Scope(units: [unit], year: year - 1))
  }

  private func instances(of identity: IdentityDefinition) -> [Instance] {
    candidates(of: identity).filter { instance in
      instance.condition.map { !(ledger.value(of: $0, in: scope)?.isZero ?? true) } ?? true
    }
  }

  private func candidates(of identity: IdentityDefinition) -> [Instance] {
    var base = Bindings()
    for (name, field) in [("functions", LineField.function), ("economics", .economic), ("governments", .government)] {
      // Money without a code has a row of its own, so the rows of a table are those of the codes and that one.
      base.bind(name, to: .valuesOrAbsent(codes[field]?.lowest ?? []))
    }
    func instance(_ suffix: String?, _ name: String, _ bindings: Bindings) -> Instance {
      Instance(
        id: [identity.id, suffix].compactMap { $0 }.joined(separator: "/"), name: name,
        left: identity.left.bound(to: bindings), right: identity.right.bound(to: bindings),
        condition: identity.condition?.bound(to: bindings))
    }
    switch identity.each {
    case nil: return [instance(nil, identity.name, base)]
    case .codes(let codes, let variable)?:
      return codes.map { code in
        var bindings = base
        bindings.bind(variable, to: .values([code]))
        return instance(code, "\(identity.name) \(code)", bindings)
      }
    case .fields(let fields)?:
      return ledger.combinations(of: fields, in: scope).map { codes in
        var bindings = base
        for (field, code) in zip(fields, codes) {
          if let variable = Variables.Field(field)?.variable { bindings.bind(variable, to: .values([code])) }
        }
        return instance(codes.joined(separator: "/"), "\(identity.name) \(codes.joined(separator: "/"))", bindings)
      }
    case .field(let field)?:
      guard let variable = Variables.Field(field)?.variable else { return [] }
      let (codes, lowest) = codes[field] ?? ([], [])
      return codes.compactMap { code in
        var bindings = base
        bindings.bind(variable, to: .values([code]))
        let children = ledger.children(of: code, in: field, among: codes)
        bindings.bind("children", to: .values(children))
        bindings.bind("lowest", to: .values(lowest.filter { $0.hasPrefix(code) }))
        // A parent is the sum of its children where it has any.
        if children.isEmpty, identity.left.variables.union(identity.right.variables).contains("children") { return nil }
        return instance(code, "\(identity.name) \(code)", bindings)
      }
    }
  }

  /// One result for an identity that holds throughout; else one for each code where it does not.
  private func summary(of identity: IdentityDefinition, _ results: [CheckResult]) -> [CheckResult] {
    guard identity.each != nil, let first = results.first else { return results }
    let failing = results.filter { $0.verdict != .ties }
    guard failing.isEmpty else { return failing }
    return [
      CheckResult(
        subject: .identity, id: identity.id, on: first.on, title: identity.name, verdict: .ties, left: nil, right: nil,
        difference: Rational.zero.text(decimals: 2), source: identity.source, unit: unit, year: year)
    ]
  }

  private func result(
    of instance: Instance, _ identity: IdentityDefinition, _ left: Rational?, _ right: Rational?, _ verdict: Verdict,
    on ground: CheckGround
  ) -> CheckResult {
    CheckResult(
      subject: .identity, id: instance.id, on: ground, title: instance.name, verdict: verdict,
      left: left?.text(decimals: 2), right: right?.text(decimals: 2),
      difference: left.flatMap { left in right.map { (left - $0).text(decimals: 2) } }, source: identity.source,
      unit: unit, year: year)
  }
}

extension IdentityDefinition.Relation {
  func holds(_ left: Rational, _ right: Rational) -> Bool {
    switch self {
    case .equal: left == right
    case .atLeast: left >= right
    case .atMost: left <= right
    }
  }
}

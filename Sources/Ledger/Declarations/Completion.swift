/// Fills in the defaults of an event and checks what it says against what has been declared.
///
/// Defaults are filled once, when an event is recorded, and stored with it, so that no later declaration alters an old
/// event. A journal that lacks them is completed the same way while it is read.
public struct Completion {
  public let declarations: Declarations

  public init(declarations: Declarations) { self.declarations = declarations }

  /// What came of completing one event.
  public struct Outcome {
    /// The event with every default it takes.
    public var event: Event
    /// What keeps it from being recorded.
    public var problems: [FieldProblem] = []
    /// What it is recorded in spite of: a code that is not in the tables.
    public var warnings: [FieldProblem] = []
  }

  /// The event as it is stored.
  public func complete(_ event: Event) -> Outcome {
    var outcome = Outcome(event: event)
    completeUnit(&outcome)
    if event.definition.fillsYear { outcome.event.year = event.year ?? event.date.year }
    completeOwnFields(&outcome)
    if let rule = event.definition.lines {
      for index in outcome.event.entries.indices { complete(entry: index, by: rule, &outcome) }
    }
    checkProject(&outcome)
    outcome.problems += event.definition.check(outcome.event)
    return outcome
  }

  /// A project that the event as a whole is about.
  private func checkProject(_ outcome: inout Outcome) {
    guard case .project? = outcome.event.definition.own(.project)?.form,
      let project = outcome.event.details.text(.project), !declarations.knows(project: ExactText(project))
    else { return }
    outcome.problems.append(
      FieldProblem(
        .projectUndeclared, .project, value: project,
        expected: .expectedDeclaredProject(known: declarations.projectCodes)))
  }

  private func completeUnit(_ outcome: inout Outcome) {
    if let parent = outcome.event.details.text(.parent), !declarations.knows(unit: ExactText(parent)) {
      outcome.problems.append(undeclaredUnit(parent, field: .parent))
    } else if let parent = outcome.event.details.text(.parent), let unit = outcome.event.unit,
      declarations.unitsUnder([unit]).contains(ExactText(parent))
    {
      outcome.problems.append(FieldProblem(.unitCircular, .parent, value: parent, expected: .expectedUnitNotBelow))
    }
    switch outcome.event.definition.unit {
    case .declares: return
    case .optional: break
    case .defaulted where outcome.event.unit == nil:
      if let only = declarations.onlyUnit {
        outcome.event.unit = only
      } else if declarations.unitCodes.isEmpty {
        outcome.problems.append(undeclaredUnit("", field: .unit))
      } else {
        outcome.problems.append(
          FieldProblem(.unitAmbiguous, .unit, value: "", expected: .expectedOneOf(declarations.unitCodes)))
      }
      return
    case .defaulted: break
    }
    if let unit = outcome.event.unit, !declarations.knows(unit: unit) {
      outcome.problems.append(undeclaredUnit(unit.text, field: .unit))
    }
  }

  private func undeclaredUnit(_ code: String, field: Field) -> FieldProblem {
    FieldProblem(
      .unitUndeclared, field, value: code, expected: .expectedDeclaredUnit(known: declarations.unitCodes))
  }

  private func completeOwnFields(_ outcome: inout Outcome) {
    for own in outcome.event.definition.own {
      if case .defaulted(let value) = own.presence, outcome.event.details[own.field] == nil {
        outcome.event.details[own.field] = .text(value)
      }
    }
  }

  private func complete(entry index: Int, by rule: LineRule, _ outcome: inout Outcome) {
    var line = outcome.event.entries[index].classification
    let year = outcome.event.year ?? outcome.event.date.year
    if let project = line.project, !declarations.knows(project: project) {
      outcome.problems.append(
        FieldProblem(
          .projectUndeclared, .project, line: index, value: project.text,
          expected: .expectedDeclaredProject(known: declarations.projectCodes)))
    }
    line.from = sourceYear(of: line, at: index, year: year, by: rule, &outcome)
    line.nature = nature(of: line, on: outcome.event.date)
    checkCodes(of: line, at: index, &outcome)
    checkBasis(of: line, at: index, by: rule, &outcome)
    outcome.event.entries[index].classification = line
  }

  /// The source year as stored: the type's default where none is stated, none where it only repeats the year.
  private func sourceYear(
    of line: Classification, at index: Int, year: Int, by rule: LineRule, _ outcome: inout Outcome
  ) -> Int? {
    guard let from = line.from else { return rule.source == .carried ? year - 1 : nil }
    func refuse(_ expected: Phrase) {
      outcome.problems.append(
        FieldProblem(.fromOutOfRange, .from, line: index, value: String(from), expected: expected))
    }
    let limit = rule.source == .carried ? year - 1 : year
    if from > limit { refuse(.expectedSourceYear(upTo: limit)) }
    if rule.source == .thisYear, from < year { refuse(.expectedThisYearsMoney) }
    return from == year && rule.source != .stated ? nil : from
  }

  private func checkBasis(of line: Classification, at index: Int, by rule: LineRule, _ outcome: inout Outcome) {
    guard let basis = rule.basis, let fund = line.fund, let unit = outcome.event.unit else { return }
    let year = outcome.event.year ?? outcome.event.date.year
    guard declarations.basis(of: fund, unit: unit, year: year) != basis else { return }
    outcome.problems.append(
      FieldProblem(.fundNotReceipts, .fund, line: index, value: fund.digits, expected: .expectedReceiptsFund))
  }

  /// The line's own nature, else its project's. 基本支出, and spending of which nothing else is known, is told apart by
  /// its economic class: 301 and 303 are 人员经费, other classes 公用经费.
  fileprivate func nature(of line: Classification, on day: Day) -> Nature? {
    let stated = line.nature ?? line.project.flatMap { declarations.project($0, on: day)?.nature }
    guard stated == .basic || (stated == nil && line.project == nil), let economic = line.economic else {
      return stated
    }
    return economic.digits.hasPrefix("301") || economic.digits.hasPrefix("303") ? .personnel : .public
  }

  private func checkCodes(of line: Classification, at index: Int, _ outcome: inout Outcome) {
    for (field, scheme) in [
      (LineField.fund, SchemeName.fund), (.function, .function), (.economic, .economic), (.government, .government),
    ] {
      guard let code = line[field] else { continue }
      switch declarations.standing(of: code, in: scheme) {
      case .known: break
      case .underKnownParent:
        outcome.warnings.append(
          FieldProblem(.codeUnlisted, field.field, line: index, value: code, expected: .expectedListedCode))
      case .unknown:
        outcome.problems.append(
          FieldProblem(.codeUnknown, field.field, line: index, value: code, expected: .expectedKnownCode))
      }
    }
  }
}

extension Event {
  /// The event without what it was given by default and would be given otherwise now that other fields change.
  ///
  /// - Parameters:
  ///   - changes: the fields that are stated anew.
  ///   - declarations: those that were known when it was recorded.
  public func withoutDefaults(restingOn changes: Set<Field>, _ declarations: Declarations) -> Event {
    var event = self
    if changes.contains(.date), definition.fillsYear, year == date.year { event.year = nil }
    for index in event.entries.indices {
      var line = event.entries[index].classification
      let nature = line.nature
      line.nature = nil
      let isDefault = nature == Completion(declarations: declarations).nature(of: line, on: date)
      if !isDefault || changes.isDisjoint(with: [.economic, .project]) { line.nature = nature }
      let isSourceDefault = definition.lines?.source == .carried && line.from == year.map { $0 - 1 }
      if isSourceDefault, !changes.isDisjoint(with: [.date, .year]) { line.from = nil }
      event.entries[index].classification = line
    }
    return event
  }
}

/// A figure as a document prints it: 公布数.
public struct Assertion: Sendable {
  public let position: Int
  public let id: String
  public let date: Day
  public let unit: ExactText
  public let year: Int
  /// What the figure is of: the measure with its filters, or the formula.
  public let formula: Formula
  public let printed: PrintedValue
  public let source: String?

  /// - Returns: `nil` for an event that is not a complete assertion.
  public init?(_ recorded: RecordedEvent) {
    let event = recorded.event
    guard event.type == .assertion, let unit = event.unit, let year = event.year,
      let formula = Assertion.formula(of: event), let text = event.details.text(.equals),
      let printed = try? PrintedValue(reading: text)
    else { return nil }
    position = recorded.position
    id = event.id ?? String(recorded.position)
    date = event.date
    self.unit = unit
    self.year = year
    self.formula = formula
    self.printed = printed
    source = event.annotation.source
  }

  /// The measure with its filters, where it is stated so and not as a formula.
  var term: Term? {
    guard case .term(let term) = formula else { return nil }
    return term
  }

  private static func formula(of event: Event) -> Formula? {
    if let text = event.details.text(.formula) { return try? Formula(reading: text) }
    guard let quantity = event.details.text(.measure).flatMap(Quantity.init) else { return nil }
    let conditions = filter(of: event).map { Condition(.line($0.field), .values($0.values)) }
    return .term(Term(quantity, conditions))
  }

  private static func filter(of event: Event) -> [(field: LineField, values: [String])] {
    LineField.allCases.compactMap { field in
      event.details.text(field.field).map { text in
        (field, text.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
      }
    }
  }

  /// What is wrong with an assertion that was read.
  static func problems(in event: Event) -> [FieldProblem] {
    let name = event.details.text(.measure)
    let formula = event.details.text(.formula)
    var problems: [FieldProblem] = []
    if name == nil, formula == nil {
      problems.append(FieldProblem(.formulaOrMeasure, .measure, value: "", expected: .expectedMeasureOrFormula))
    } else if name != nil, let formula {
      problems.append(FieldProblem(.formulaOrMeasure, .formula, value: formula, expected: .expectedMeasureOrFormula))
    }
    if let name, Quantity(name) == nil {
      problems.append(FieldProblem(.measureUnknown, .measure, value: name, expected: .expectedOneOf(Quantity.names)))
    }
    do throws(Unreadable) { if let formula { _ = try Formula(reading: formula) } } catch {
      problems.append(FieldProblem(.formula, error))
    }
    do throws(Unreadable) {
      let printed = try PrintedValue(reading: event.details.text(.equals) ?? "")
      if let quantity = name.flatMap(Quantity.init), !printed.fits(quantity) {
        problems.append(
          FieldProblem(.printedUnreadable, .equals, value: printed.text, expected: .expectedPrintedFor(quantity.name)))
      }
    } catch { problems.append(FieldProblem(.equals, error)) }
    for (field, values) in filter(of: event) {
      if formula != nil {
        problems.append(
          FieldProblem(
            .fieldNotTaken, field.field, value: values.joined(separator: "|"), expected: .expectedConditionInFormula))
      }
      for value in values {
        if let flaw = LineFilter.flaw(of: value, in: field) { problems.append(FieldProblem(field.field, flaw)) }
      }
    }
    return problems
  }
}

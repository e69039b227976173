/// The values of performance indicators at a horizon: of each, the latest by date counts.
public struct IndicatorTable: Sendable {
  /// One indicator value with everything its event says of it.
  public struct Value: Sendable {
    public let position: Int
    public let date: Day
    public let unit: ExactText
    public let year: Int
    public let name: String
    public let role: IndicatorRole
    public let project: ExactText?
    public let group: String?
    public let direction: IndicatorDirection?
    /// A decimal, a percentage or any other text.
    public let text: String
    public let source: String?

    /// The number it is: `36`, `94.45`, `100%`; `nil` for any other text.
    public var number: Rational? { IndicatorTable.number(text) }
  }

  /// In the order in which each indicator was first recorded.
  public let values: [Value]

  /// - Throws: `Problems` where a source is damaged.
  public init(_ sources: [LedgerSource], at horizon: Horizon) throws {
    var latest: [Key: Int] = [:]
    var values: [Value] = []
    for source in sources {
      try source.forEachEvent(of: .indicator) { recorded in
        guard horizon.includes(recorded), let value = Value(recorded) else { return }
        let key = Key(value)
        if let place = latest[key] {
          // Of two on one day the later recorded counts.
          if values[place].date <= value.date { values[place] = value }
        } else {
          latest[key] = values.count
          values.append(value)
        }
      }
    }
    self.values = values
  }

  private struct Key: Hashable {
    let unit: ExactText
    let year: Int
    let name: ExactText
    let role: IndicatorRole
    let project: ExactText?
    let group: ExactText?

    init(_ value: Value) {
      unit = value.unit
      year = value.year
      name = ExactText(value.name)
      role = value.role
      project = value.project
      group = value.group.map(ExactText.init)
    }
  }

  /// The value a formula names; `nil` where there is none, no number, or more than one: values are never summed.
  func number(of term: IndicatorTerm, in scope: FigureTable.Scope) -> Rational? {
    value(of: term, in: scope)?.number
  }

  func value(of term: IndicatorTerm, in scope: FigureTable.Scope) -> Value? {
    let year = term.year?.year(from: scope.year) ?? scope.year
    let found = values.filter { value in
      value.year == year && scope.units?.contains(value.unit) ?? true && ExactText(value.name) == ExactText(term.name)
        && value.role == term.role && value.project == term.project.map(ExactText.init)
        && (term.group == nil || value.group == term.group)
    }
    return found.count == 1 ? found[0] : nil
  }

  /// A decimal number, perhaps in percent.
  static func number(_ text: String) -> Rational? {
    guard let match = text.wholeMatch(of: /(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?(%?)/),
      let number = Formula.decimal(String(match.2), String(match.3 ?? ""))
    else { return nil }
    let signed = match.1.isEmpty ? number : -number
    return match.4.isEmpty ? signed : signed / Rational(100)
  }
}

extension IndicatorTable.Value {
  fileprivate init?(_ recorded: RecordedEvent) {
    let event = recorded.event
    guard let unit = event.unit, let year = event.year, let name = event.details.text(.name),
      let text = event.details.text(.value)
    else { return nil }
    self.init(
      position: recorded.position, date: event.date, unit: unit, year: year, name: name,
      role: event.details.text(.role).flatMap(IndicatorRole.init) ?? .actual,
      project: event.details.text(.project).map(ExactText.init), group: event.details.text(.group),
      direction: event.details.text(.direction).flatMap(IndicatorDirection.init), text: text,
      source: event.annotation.source)
  }
}

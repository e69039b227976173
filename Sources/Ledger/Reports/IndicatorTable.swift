/// The values of performance indicators at a horizon: of each, the latest by date counts.
public struct IndicatorTable: Sendable {
  /// One indicator value with everything its event says of it.
  public struct Value: Sendable {
    public let recorded: RecordedEvent
    /// The number of the source it stands in.
    let source: Int
    public let unit: ExactText
    public let year: Int
    public let name: String
    public let role: IndicatorRole
    public let project: ExactText?
    public let group: String?
    public let direction: IndicatorDirection?
    /// A decimal, a percentage or any other text.
    public let text: String

    var date: Day { recorded.event.date }

    /// The number it is: `36`, `94.45`, `100%`; `nil` for any other text.
    public var number: Rational? { IndicatorTable.number(text) }
  }

  /// In the order in which each indicator was first recorded.
  public let values: [Value]
  private let byName: [NameYear: [Int]]
  private let byProject: [ExactText?: [Int]]

  private struct NameYear: Hashable {
    let name: ExactText
    let year: Int
  }

  /// - Throws: `Problems` where a source is damaged.
  public init(_ sources: [LedgerSource], at horizon: Horizon) throws {
    var latest: [Key: Int] = [:]
    var values: [Value] = []
    for (number, source) in sources.enumerated() {
      try source.forEachEvent(of: .indicator) { recorded in
        guard horizon.includes(recorded), let value = Value(recorded, source: number) else { return }
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
    let numbered = Array(values.enumerated())
    byName = Dictionary(grouping: numbered) { NameYear(name: ExactText($0.element.name), year: $0.element.year) }
      .mapValues { $0.map(\.offset) }
    byProject = Dictionary(grouping: numbered) { $0.element.project }.mapValues { $0.map(\.offset) }
  }

  /// The values of a project, or of units as a whole, in the order recorded.
  func values(ofProject project: ExactText?) -> [Value] { (byProject[project] ?? []).map { values[$0] } }

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
    let named = byName[NameYear(name: ExactText(term.name), year: year)] ?? []
    let found = named.map { values[$0] }.filter { value in
      scope.units?.contains(value.unit) ?? true && value.role == term.role
        && value.project == term.project.map(ExactText.init) && (term.group == nil || value.group == term.group)
    }
    if found.count == 1 { return found[0] }
    // Without a group the one that has none is meant, where there is one.
    let ungrouped = found.filter { $0.group == nil }
    return term.group == nil && ungrouped.count == 1 ? ungrouped[0] : nil
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
  fileprivate init?(_ recorded: RecordedEvent, source: Int) {
    let event = recorded.event
    guard let unit = event.unit, let year = event.year, let name = event.details.text(.name),
      let text = event.details.text(.value)
    else { return nil }
    self.init(
      recorded: recorded, source: source, unit: unit, year: year, name: name,
      role: event.details.text(.role).flatMap(IndicatorRole.init) ?? .actual,
      project: event.details.text(.project).map(ExactText.init), group: event.details.text(.group),
      direction: event.details.text(.direction).flatMap(IndicatorDirection.init), text: text)
  }
}

/// What events of one type with the same own fields do, line by line, each asked for once.
///
/// What an entry does depends on the type, its own fields, the line and the sign of the amount, and grows with the
/// amount; so a fold asks once for each of these and then only adds.
struct EffectTable {
  private enum Known {
    case unknown
    case change(UnitChange)
    /// The whole event must be asked.
    case none
  }

  private let type: EventType
  private let details: Details
  /// By line from number 1: of a positive amount, of a negative one.
  private var known: [(positive: Known, negative: Known)]

  init(type: EventType, details: Details, lines: Int) {
    self.type = type
    self.details = details
    known = Array(repeating: (.unknown, .unknown), count: lines)
  }

  /// What one fen of the same sign does.
  /// - Returns: `nil` where the whole event must be asked.
  mutating func change(of amount: Int64, on number: Int, _ lines: LinesOnDemand) throws -> UnitChange? {
    let isNegative = amount < 0
    switch isNegative ? known[number - 1].negative : known[number - 1].positive {
    case .change(let change): return change
    case .none: return nil
    case .unknown:
      let change = change(on: try lines.line(number), isNegative: isNegative)
      let found = change.map(Known.change) ?? .none
      if isNegative { known[number - 1].negative = found } else { known[number - 1].positive = found }
      return change
    }
  }

  private func change(on line: BudgetLine, isNegative: Bool) -> UnitChange? {
    let definition = type.definition
    // What commits, releases or takes back another event is more than its own lines.
    guard definition.contract != .commits, definition.contract != .releases, type != .reversal else { return nil }
    func change(_ annotation: Annotation) -> UnitChange? {
      let entry = Entry(classification: line.classification, amount: Money(fen: isNegative ? -1 : 1))
      let event = Event(
        type: type, date: .first, recorded: nil, id: nil, unit: line.unit, year: line.year, entries: [entry],
        details: details, annotation: annotation)
      return type.unitChange(of: event, isNegative: isNegative)
    }
    var approved = Annotation()
    approved.approval = "?"
    // An approval changes what some do; it stands outside of what a fold reads.
    let plain = change(Annotation())
    return plain == change(approved) ? plain : nil
  }
}

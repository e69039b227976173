/// What an amount does to the measures of its line: which it adds to, and with which sign.
///
/// A type says what an entry does (`EventDefinition.effect`). That depends on the type, its own fields, the line and
/// the sign of the amount, and grows with the amount; so a fold asks once for each of these and then only adds.
struct LineEffect: Equatable {
  private var measures = InlineArray<6, UInt8>(repeating: 0)
  private var signs = InlineArray<6, Int8>(repeating: 0)
  private(set) var count = 0

  /// - Parameter unit: what one fen of the same sign does.
  /// - Returns: `nil` where it is no sum of this kind.
  init?(ofOneFen sums: Sums, negative: Bool) {
    for measure in 0..<Sums.count where sums[measure: measure] != 0 {
      let change = sums[measure: measure]
      guard change == 1 || change == -1, count < 6 else { return nil }
      measures[count] = UInt8(measure)
      signs[count] = negative ? -Int8(change) : Int8(change)
      count += 1
    }
  }

  subscript(index: Int) -> (measure: Int, sign: Int8) { (Int(measures[index]), signs[index]) }

  static func == (left: LineEffect, right: LineEffect) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}

/// The effects of events of one type with the same own fields, line by line, each asked for once.
struct EffectTable {
  private enum Known {
    case unknown
    case effect(LineEffect)
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

  /// - Returns: `nil` where the whole event must be asked.
  mutating func effect(of amount: Int64, on number: Int, _ lines: [BudgetLine]) -> LineEffect? {
    let isNegative = amount < 0
    switch isNegative ? known[number - 1].negative : known[number - 1].positive {
    case .effect(let effect): return effect
    case .none: return nil
    case .unknown:
      let effect = LineEffect(of: type, details, on: lines[number - 1], negative: isNegative)
      let found = effect.map(Known.effect) ?? .none
      if isNegative { known[number - 1].negative = found } else { known[number - 1].positive = found }
      return effect
    }
  }
}

extension LineEffect {
  /// - Returns: `nil` where it depends on more than these.
  init?(of type: EventType, _ details: Details, on line: BudgetLine, negative: Bool) {
    let definition = type.definition
    // What commits, settles or releases, and what takes back another event, is more than its own lines.
    guard definition.contract != .commits, definition.contract != .releases, type != .reversal else { return nil }
    let entry = Entry(classification: line.classification, amount: Money(fen: negative ? -1 : 1))
    var annotation = Annotation()
    let plain = Event(
      type: type, date: .first, recorded: nil, id: nil, unit: line.unit, year: line.year, entries: [entry],
      details: details, annotation: annotation)
    annotation.approval = "?"
    var approved = plain
    approved.annotation = annotation
    let sums = definition.effect(plain, entry)
    guard sums == definition.effect(approved, entry) else { return nil }
    self.init(ofOneFen: sums, negative: negative)
  }
}

/// A figure as a document prints it: 公布数.
public struct Assertion: Sendable {
  public enum Quantity: Equatable, Sendable {
    case money(Measure)
    case ratio(Rate)

    init?(_ name: String) {
      if let measure = Measure(rawValue: name) {
        self = .money(measure)
      } else if let rate = Rate(rawValue: name) {
        self = .ratio(rate)
      } else {
        return nil
      }
    }

    var name: String {
      switch self {
      case .money(let measure): measure.rawValue
      case .ratio(let rate): rate.rawValue
      }
    }
  }

  public let position: Int
  public let id: String
  public let date: Day
  public let unit: ExactText
  public let year: Int
  public let quantity: Quantity
  public let filter: LineFilter
  public let printed: PrintedValue
  public let source: String?

  /// - Returns: `nil` for an event that is not a complete assertion.
  public init?(_ recorded: RecordedEvent) {
    let event = recorded.event
    guard event.type == .assertion, let unit = event.unit, let year = event.year,
      let quantity = event.details.text(.measure).flatMap(Quantity.init), let text = event.details.text(.equals),
      let printed = try? PrintedValue(reading: text)
    else { return nil }
    position = recorded.position
    id = event.id ?? String(recorded.position)
    date = event.date
    self.unit = unit
    self.year = year
    self.quantity = quantity
    self.printed = printed
    source = event.annotation.source
    filter = Assertion.filter(of: event)
  }

  private static func filter(of event: Event) -> LineFilter {
    var filter = LineFilter()
    for field in LineField.allCases {
      filter[field] = event.details.text(field.field)?.split(separator: "|", omittingEmptySubsequences: false)
        .map(String.init)
    }
    return filter
  }

  /// What is wrong with an assertion that was read.
  static func problems(in event: Event) -> [FieldProblem] {
    var problems: [FieldProblem] = []
    let name = event.details.text(.measure) ?? ""
    let quantity = Quantity(name)
    if quantity == nil {
      let names = Measure.allCases.map(\.rawValue) + Rate.allCases.map(\.rawValue)
      problems.append(FieldProblem(.measureUnknown, .measure, value: name, expected: .expectedOneOf(names)))
    }
    do throws(Unreadable) {
      let printed = try PrintedValue(reading: event.details.text(.equals) ?? "")
      if let quantity, !printed.fits(quantity) {
        problems.append(
          FieldProblem(.printedUnreadable, .equals, value: printed.text, expected: .expectedPrintedFor(quantity.name)))
      }
    } catch { problems.append(FieldProblem(.equals, error)) }
    for (field, values) in filter(of: event).values {
      for value in values {
        if let flaw = LineFilter.flaw(of: value, in: field) { problems.append(FieldProblem(field.field, flaw)) }
      }
    }
    return problems
  }
}

/// A number as printed, with the step its last decimal stands for: `613.89万` is 6,138,900 yuan in steps of 100.
public struct PrintedValue: Equatable, Sendable {
  public enum Unit: String, Sendable, CaseIterable {
    case none = ""
    case yuan = "元"
    case tenThousand = "万"
    case tenThousandYuan = "万元"
    case hundredMillion = "亿"
    case hundredMillionYuan = "亿元"
    case percent = "%"

    /// Fen to one of the unit; for a rate, parts of 100 to one.
    var fen: Int128 {
      switch self {
      case .none, .yuan, .percent: 100
      case .tenThousand, .tenThousandYuan: 1_000_000
      case .hundredMillion, .hundredMillionYuan: 10_000_000_000
      }
    }
  }

  public let text: String
  /// The digits as a whole number of steps.
  public let steps: Int128
  public let decimals: Int
  public let unit: Unit

  /// - Throws: `equals.unreadable`.
  public init(reading text: String) throws(Unreadable) {
    guard
      let match = text.wholeMatch(of: /(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(元|万元?|亿元?|%)?/),
      // More digits than any budget has; within them 128 bits hold every product below.
      match.2.count + (match.3?.count ?? 0) <= 15, match.3?.count ?? 0 <= 10,
      let steps = Int128(match.2.filter { $0 != "," } + (match.3 ?? "")),
      let unit = Unit(rawValue: String(match.4 ?? ""))
    else { throw Unreadable(.printedUnreadable, value: text, expected: .expectedPrinted) }
    self.text = text
    self.steps = match.1.isEmpty ? steps : -steps
    self.decimals = match.3?.count ?? 0
    self.unit = unit
  }

  /// A rate is printed in percent or as a plain ratio, money never in percent.
  func fits(_ quantity: Assertion.Quantity) -> Bool {
    switch quantity {
    case .money: unit != .percent
    case .ratio: unit == .percent || unit == .none
    }
  }

  /// The printed value itself, as a fraction: fen for money, the ratio for a rate.
  func exact(for quantity: Assertion.Quantity) -> Ratio? {
    let step = Int128.power(ofTen: decimals)
    switch quantity {
    case .money: return Ratio(steps * unit.fen, over: step)
    case .ratio: return Ratio(steps, over: unit == .percent ? step * 100 : step)
    }
  }

  /// A value in steps of what is printed, half away from zero, and whether it is less than one step away.
  public func verdict(on value: Ratio, for quantity: Assertion.Quantity) -> Verdict {
    let perUnit: Ratio?
    switch quantity {
    case .money: perUnit = Ratio(value.numerator, over: value.denominator * unit.fen)
    case .ratio: perUnit = Ratio(value.numerator * (unit == .percent ? 100 : 1), over: value.denominator)
    }
    guard let perUnit else { return .contradiction }
    if perUnit.rounded(toUnitsOf: decimals, scaledBy: 1) == steps { return .ties }
    // |value − printed| < one step, in whole numbers.
    let scaled = perUnit.numerator * Int128.power(ofTen: decimals) - steps * perUnit.denominator
    return scaled.magnitude < perUnit.denominator.magnitude ? .rounding : .contradiction
  }
}

/// What a comparison with print comes to.
public enum Verdict: String, CaseIterable, Sendable {
  /// The exact value rounds to what is printed.
  case ties
  /// It does not, but is less than one printed step away.
  case rounding
  /// Else, or there is no value.
  case contradiction
}

/// What stands behind a figure: the events it is made of, with what each adds.
public struct Explanation: Sendable {
  /// Events that add up to a value.
  public struct Part: Sendable {
    /// What they add up to, in the notation of formulas.
    public let title: String
    /// In yuan, the sum of the entries; for an indicator its value.
    public let value: Rational?
    public let entries: [Entry]
  }

  /// One event.
  public struct Entry: Sendable {
    public let recorded: RecordedEvent
    /// The source it stands in, where there are several.
    public let source: String?
    /// In yuan; `nil` for an event that states a value and moves no money.
    public let amount: Rational?
  }

  /// The figure explained.
  public struct Subject: Sendable {
    /// The cell, indicator or formula asked for.
    public let id: String
    public let formula: Formula
    public let units: [ExactText]
    public let year: Int
    /// How its value is shown.
    public let form: FigureForm

    public init(id: String, formula: Formula, units: [ExactText], year: Int, form: FigureForm) {
      self.id = id
      self.formula = formula
      self.units = units
      self.year = year
      self.form = form
    }
  }

  public let subject: Subject
  public let horizon: Horizon
  /// `nil`: it has none.
  public let value: Rational?
  /// Of a sum of measures the whole; of any other formula a part for each of its terms.
  public let parts: [Part]

  /// - Throws: `Problems` where a source is damaged.
  public init(of subject: Subject, from sources: [LedgerSource], at horizon: Horizon) throws {
    self.subject = subject
    self.horizon = horizon
    let ledger = try LedgerFigures(sources, at: horizon)
    let scope = ledger.scope(units: subject.units, year: subject.year)
    // They are looked for in all events, so only where the formula names one.
    let printed = try PrintedFigures(subject.formula.namesPrinted ? sources : [], knownAt: horizon.knownAt)
    value = subject.formula.value { leaf in
      if case .printed(let id) = leaf { return printed[id]?.printed.value }
      return ledger.value(of: leaf, in: scope)
    }
    var collectors = Explanation.collectors(of: subject.formula, in: scope, ledger.declarations)
    let names = sources.map { sources.count > 1 ? $0.name : nil }
    for ((source, name), declarations) in zip(zip(sources, names), ledger.declarations) {
      try source.forEachPosted { recorded, _, postings in
        guard horizon.includes(recorded) else { return }
        for index in collectors.indices { collectors[index].take(recorded, postings, declarations, source: name) }
      }
    }
    var parts = collectors.map(\.part)
    for leaf in subject.formula.leaves {
      switch leaf {
      case .term: break
      case .indicator(let term):
        let found = ledger.indicators.value(of: term, in: scope)
        let entries = found.map { [Entry(recorded: $0.recorded, source: names[$0.source], amount: nil)] }
        parts.append(Part(title: term.text, value: found?.number, entries: entries ?? []))
      case .printed(let id):
        let found = printed.found(id)
        let entries = found.map { [Entry(recorded: $0.recorded, source: names[$0.source], amount: nil)] }
        parts.append(
          Part(title: Formula.printed(id).text, value: found?.assertion.printed.value, entries: entries ?? []))
      }
    }
    self.parts = parts
  }

  private static func collectors(
    of formula: Formula, in scope: FigureTable.Scope, _ declarations: [Declarations]
  ) -> [Collector] {
    func matcher(_ term: Term) -> LineMatcher { LineMatcher(term.conditions, in: scope, unitsUnder: declarations) }
    if let linear = formula.linear {
      return [
        Collector(
          title: formula.text,
          picks: linear.compactMap { factor, term in
            guard case .money(let measure) = term.quantity else { return nil }
            return Collector.Pick(matcher: matcher(term)) { factor * Rational(fen: $0[measure]) }
          })
      ]
    }
    return formula.leaves.flatMap { leaf -> [Collector] in
      guard case .term(let term) = leaf else { return [] }
      switch term.quantity {
      case .money(let measure):
        return [
          Collector(title: term.text, picks: [Collector.Pick(matcher: matcher(term)) { Rational(fen: $0[measure]) }])
        ]
      case .ratio(let rate):
        let conditions = term.text.dropFirst(rate.rawValue.count)
        return [
          Collector(
            title: rate.numeratorText + conditions,
            picks: [Collector.Pick(matcher: matcher(term)) { Rational(fen: $0.numerator(of: rate)) }]),
          Collector(
            title: rate.denominatorText + conditions,
            picks: [Collector.Pick(matcher: matcher(term)) { Rational(fen: $0.denominator(of: rate)) }]),
        ]
      }
    }
  }
}

/// Gathers the events of one part.
private struct Collector {
  struct Pick {
    let matcher: LineMatcher
    let amount: (Figures) -> Rational
  }

  let title: String
  let picks: [Pick]
  private var entries: [Explanation.Entry] = []

  init(title: String, picks: [Pick]) {
    self.title = title
    self.picks = picks
  }

  var part: Explanation.Part {
    Explanation.Part(title: title, value: entries.reduce(.zero) { $0 + ($1.amount ?? .zero) }, entries: entries)
  }

  mutating func take(_ recorded: RecordedEvent, _ postings: [Posting], _ declarations: Declarations, source: String?) {
    var sum = Rational.zero
    var isTouched = false
    for posting in postings {
      let day = Day.lastDay(ofYear: posting.line.year) ?? .last
      let project = posting.line.classification.project
      lazy var figures = Figures(LineState(line: posting.line, month: nil, sums: posting.sums), by: declarations)
      for pick in picks
      where pick.matcher.matches(
        posting.line, isKey: project.flatMap { declarations.project($0, on: day)?.isKey } ?? false,
        kind: declarations.unitKind(posting.line.unit, on: day))
      {
        let amount = pick.amount(figures)
        isTouched = isTouched || !amount.isZero
        sum = sum + amount
      }
    }
    if isTouched { entries.append(Explanation.Entry(recorded: recorded, source: source, amount: sum)) }
  }
}

extension Rate {
  /// What it divides, in the notation of formulas.
  var numeratorText: String {
    switch self {
    case .executionRate, .originalRate: Measure.disbursed.rawValue
    case .carryOverRate: Measure.balance.rawValue
    case .receiptRate: Measure.received.rawValue
    case .revenueRate: "\(Measure.received.rawValue) + \(Measure.collected.rawValue)"
    case .adjustmentRate: SummedMeasure.adjustmentCounted.name
    }
  }

  /// What it divides by.
  var denominatorText: String {
    switch self {
    case .executionRate, .carryOverRate: Measure.budget.rawValue
    case .originalRate, .adjustmentRate: Measure.appropriated.rawValue
    case .receiptRate: "\(Measure.budget.rawValue) - \(Measure.carriedIn.rawValue)"
    case .revenueRate: Measure.estimated.rawValue
    }
  }
}

extension SummedMeasure {
  fileprivate var name: String { measure?.rawValue ?? "\(self)" }
}

/// The assertions of sources, by id.
struct PrintedFigures {
  struct Found {
    let assertion: Assertion
    let recorded: RecordedEvent
    /// The number of the source it stands in.
    let source: Int
  }

  private var byID: [String: Found] = [:]

  init(_ sources: [LedgerSource], knownAt: KnownAt) throws {
    for (number, source) in sources.enumerated() {
      try source.forEachEvent(of: .assertion) { recorded in
        guard knownAt.includes(recorded), let assertion = Assertion(recorded), byID[assertion.id] == nil else { return }
        byID[assertion.id] = Found(assertion: assertion, recorded: recorded, source: number)
      }
    }
  }

  func found(_ id: String) -> Found? { byID[id] }

  subscript(id: String) -> Assertion? { byID[id]?.assertion }
}

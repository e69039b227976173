import ArgumentParser
import Ledger

/// The events that `log` and `export` choose.
struct EventSelection: ParsableArguments {
  @OptionGroup var source: SourceOptions
  @OptionGroup var query: QueryOptions

  @Option(help: ArgumentHelp(Phrase.helpTypes.here, valueName: "type,…"))
  var type: String?
  @Option(help: ArgumentHelp(Phrase.helpSince.here, valueName: "date"))
  var since: String?
  @Option(help: ArgumentHelp(Phrase.helpUntil.here, valueName: "date"))
  var until: String?
  @Option(help: ArgumentHelp(Phrase.helpTextFilter(Field.doc.rawValue).here, valueName: "text"))
  var doc: String?
  @Option(help: ArgumentHelp(Phrase.helpTextFilter(Field.payee.rawValue).here, valueName: "text"))
  var payee: String?
  @Option(help: ArgumentHelp(Phrase.helpTextFilter(Field.contract.rawValue).here, valueName: "text"))
  var contract: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp(Phrase.helpAmountFilter.here, valueName: "amount|from..to"))
  var amount: String?

  /// The events in order, each with the event it is about, if any.
  func forEach(_ body: (RecordedEvent, _ target: RecordedEvent?) throws -> Void) throws {
    try forEachExported { exported, target in try body(exported.recorded, target) }
  }

  /// The same with what each does to its lines, of those that are asked for.
  func forEachExported(_ body: (ExportedEvent, _ target: RecordedEvent?) throws -> Void) throws {
    let sources = try source.open()
    let condition = try EventCondition(self, sources)
    for source in sources {
      let declarations = try source.declarations(knownAt: condition.horizon.knownAt)
      let units = declarations.unitsUnder(try query.scope.units())
      try source.forEachPosted { recorded, target, postings in
        guard units.isEmpty || recorded.event.unit.map(units.contains) ?? false,
          condition.holds(for: recorded, target, postings)
        else { return }
        let asked = postings.filter { condition.years?.contains($0.line.year) ?? true }
        try body(ExportedEvent(recorded, asked, by: declarations, filter: condition.lines), target)
      }
    }
  }
}

/// What an event must be to be chosen.
private struct EventCondition {
  private let types: [EventType]
  let years: [Int]?
  let horizon: Horizon
  private let since: Day
  let lines: LineFilter
  private let texts: [(field: Field, text: String)]
  private let amounts: ClosedRange<Money>?

  init(_ options: EventSelection, _ sources: [LedgerSource]) throws {
    types = try (options.type.map(ArgumentText.list) ?? []).map { name in
      guard let type = EventType(rawValue: name) else {
        throw ArgumentText.usage("--type", name, .expectedOneOf(EventType.allCases.map(\.rawValue), near: name))
      }
      return type
    }
    years = try options.query.scope.years()
    let until = try options.until.map { try ArgumentText.day($0, of: "--until") } ?? .last
    let asOf = try options.query.statedAsOf() ?? .last
    horizon = Horizon(asOf: min(until, asOf), knownAt: try options.query.knowledge.known(sources))
    since = try options.since.map { try ArgumentText.day($0, of: "--since") } ?? .first
    lines = try options.query.filter(sources)
    texts = [(Field.doc, options.doc), (.payee, options.payee), (.contract, options.contract)]
      .compactMap { field, text in text.map { (field, $0) } }
    amounts = try options.amount.map(EventCondition.amounts)
  }

  /// `1000`, or `1000..2000`; either end may be left out.
  private static func amounts(_ text: String) throws -> ClosedRange<Money> {
    func amount(_ part: some StringProtocol, _ absent: Money) throws -> Money {
      guard !part.isEmpty else { return absent }
      do { return try Money(reading: String(part)) } catch {
        throw ArgumentText.usage("--amount", error.value, error.expected)
      }
    }
    guard let dots = text.firstRange(of: "..") else {
      let exact = try amount(text, .zero)
      return exact...exact
    }
    let least = try amount(text[..<dots.lowerBound], Money(fen: .min))
    let most = try amount(text[dots.upperBound...], Money(fen: .max))
    guard least <= most else { throw ArgumentText.usage("--amount", text, .expectedAmountRange) }
    return least...most
  }

  func holds(for recorded: RecordedEvent, _ target: RecordedEvent?, _ postings: [Posting]) -> Bool {
    let event = recorded.event
    return horizon.includes(recorded) && event.date >= since && (types.isEmpty || types.contains(event.type))
      && isOfYears(event, postings)
      && texts.allSatisfy { event.annotation[$0.field]?.contains($0.text) ?? false }
      && concernsLines(event, postings) && hasAmount(event, target)
  }

  /// Whether it is of a year that is asked for, or works on lines of one: a release does so on those of the contract.
  private func isOfYears(_ event: Event, _ postings: [Posting]) -> Bool {
    guard let years else { return true }
    return event.year.map(years.contains) ?? false || postings.contains { years.contains($0.line.year) }
  }

  /// Whether it moves money of a line that is asked for, or is itself about what is asked for.
  private func concernsLines(_ event: Event, _ postings: [Posting]) -> Bool {
    if lines.values.isEmpty || postings.contains(where: { lines.matches($0.line.classification) }) { return true }
    guard !event.isMoney else { return false }
    return lines.values.allSatisfy { field, accepted in
      event.details.text(field.field).map { value in accepted.contains(value) } ?? false
    }
  }

  /// Whether its total or one of its lines is such an amount; of a reversal, what it reverses.
  private func hasAmount(_ event: Event, _ target: RecordedEvent?) -> Bool {
    guard let amounts else { return true }
    let source = event.type == .reversal ? target?.event ?? event : event
    let total = Int64(exactly: source.total).map { Money(fen: $0) }
    return source.isMoney
      && (total.map(amounts.contains) ?? false || source.entries.contains { amounts.contains($0.amount) })
  }
}

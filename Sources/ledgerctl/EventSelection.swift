import ArgumentParser
import Ledger

/// The events that `log` and `export` choose.
struct EventSelection: ParsableArguments {
  @OptionGroup var source: SourceOptions
  @OptionGroup var query: QueryOptions

  @Option(help: ArgumentHelp(Phrase.helpTypes.here, valueName: "type,…"))
  var type: String?

  /// The events in order, each with the event it is about, if any.
  func forEach(_ body: (RecordedEvent, _ target: RecordedEvent?) throws -> Void) throws {
    let sources = try source.open()
    let types = try chosenTypes()
    let years = try query.scope.years()
    let asOf = try query.statedAsOf() ?? .last
    let horizon = Horizon(asOf: asOf, knownAt: try query.scope.known(sources))
    let filter = try query.filter(sources)
    for source in sources {
      let declarations = try source.declarations()
      let units = declarations.unitsUnder(query.scope.units())
      try source.forEachEvent { recorded, target in
        let event = recorded.event
        guard horizon.includes(recorded), types.isEmpty || types.contains(event.type),
          units.isEmpty || event.unit.map(units.contains) ?? false,
          years.map({ years in event.year.map(years.contains) ?? false }) ?? true,
          matches(event, target, filter)
        else { return }
        try body(recorded, target)
      }
    }
  }

  private func chosenTypes() throws -> [EventType] {
    try (type.map(ArgumentText.list) ?? []).map { name in
      guard let type = EventType(rawValue: name) else {
        throw ArgumentText.usage("--type", name, .expectedOneOf(EventType.allCases.map(\.rawValue)))
      }
      return type
    }
  }

  /// Whether one of its lines matches; a reversal by the lines of what it reverses.
  private func matches(_ event: Event, _ target: RecordedEvent?, _ filter: LineFilter) -> Bool {
    guard !filter.values.isEmpty else { return true }
    let entries = event.type == .reversal ? target?.event.entries ?? [] : event.entries
    return entries.contains { filter.matches($0.classification) }
  }
}

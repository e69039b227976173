import ArgumentParser
import Ledger

/// Which units and years, and what was known.
struct ScopeOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpKnownAt.here, valueName: "time|day|#N"))
  var knownAt: String?

  @Option(help: ArgumentHelp(Phrase.helpYear.here, valueName: "year,…"))
  var year: String?

  @Option(help: ArgumentHelp(Phrase.helpUnitFilter.here, valueName: "code,…"))
  var unit: String?

  func years() throws -> [Int]? {
    guard let year else { return nil }
    return try ArgumentText.values(year, of: "--year").map { text in
      guard let number = Int(text), String(number) == text, (1900...2999).contains(number) else {
        throw ArgumentText.usage("--year", text, .expectedYear)
      }
      return number
    }
  }

  func units() -> [ExactText] { (unit.map(ArgumentText.list) ?? []).map(ExactText.init) }

  func known(_ sources: [LedgerSource]) throws -> KnownAt {
    guard let knownAt else { return .everything }
    if knownAt.hasPrefix("#") {
      guard let position = Int(knownAt.dropFirst()), position >= 0 else {
        throw ArgumentText.usage("--known-at", knownAt, .expectedKnownAt)
      }
      guard sources.count == 1 else { throw ArgumentText.usage("--known-at", knownAt, .expectedOneSource) }
      return .position(position)
    }
    guard sources.allSatisfy(\.hasRecordedTimes) else {
      throw Problems(Problem(.timeUnknown, field: "--known-at", value: knownAt, expected: .expectedPositionHere))
    }
    if let day = try? Day(reading: knownAt) { return .time(Instant(endOf: day)) }
    if let time = try? Instant(readingAnyOffset: knownAt) { return .time(time) }
    throw ArgumentText.usage("--known-at", knownAt, .expectedKnownAt)
  }
}

/// The dates of a report and what it counts.
struct QueryOptions: ParsableArguments {
  @OptionGroup var scope: ScopeOptions

  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.fund.rawValue).here, valueName: "code,…"))
  var fund: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.function.rawValue).here, valueName: "code,…"))
  var function: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.economic.rawValue).here, valueName: "code,…"))
  var economic: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.government.rawValue).here, valueName: "code,…"))
  var government: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.project.rawValue).here, valueName: "code,…"))
  var project: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.nature.rawValue).here, valueName: "word,…"))
  var nature: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.procurement.rawValue).here, valueName: "word,…"))
  var procurement: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.from.rawValue).here, valueName: "year,…"))
  var from: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.category.rawValue).here, valueName: "word,…"))
  var category: String?

  func statedAsOf() throws -> Day? {
    guard let asOf else { return nil }
    do { return try Day(reading: asOf) } catch { throw ArgumentText.usage("--as-of", error.value, error.expected) }
  }

  /// The filters on line fields.
  func filter(_ sources: [LedgerSource]) throws -> LineFilter {
    let declarations = try sources.map { try $0.declarations() }
    func code(of name: String) -> String {
      declarations.lazy.compactMap { $0.fundNames.code(named: name) }.first ?? name
    }
    var filter = LineFilter()
    let given: [(LineField, String?)] = [
      (.fund, fund), (.function, function), (.economic, economic), (.government, government), (.project, project),
      (.nature, nature), (.procurement, procurement), (.from, from), (.category, category),
    ]
    for (field, text) in given {
      guard let text else { continue }
      let values = try ArgumentText.values(text, of: "--\(field.rawValue)").map {
        field == .fund ? code(of: $0) : $0
      }
      for value in values {
        if let flaw = LineFilter.flaw(of: value, in: field) {
          throw ArgumentText.usage("--\(field.rawValue)", flaw.value, flaw.expected)
        }
      }
      filter[field] = values
    }
    return filter
  }

  /// The years shown: those asked for, that of the as-of date, or the newest of the sources.
  func shownYears(_ sources: [LedgerSource]) throws -> [Int] {
    if let years = try scope.years() { return years }
    if let day = try statedAsOf() { return [day.year] }
    return [try sources.compactMap { try $0.newestYear() }.max() ?? Terminal.today.year]
  }

  /// By default the last day of the years shown, but not after today.
  func horizon(_ sources: [LedgerSource], years: [Int]) throws -> Horizon {
    let lastDay = Day.lastDay(ofYear: years.max() ?? Terminal.today.year) ?? .last
    return Horizon(asOf: try statedAsOf() ?? min(lastDay, Terminal.today), knownAt: try scope.known(sources))
  }
}

/// Arguments that hold several values, and what is wrong with one.
enum ArgumentText {
  static func list(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
  }

  /// Several values, and at least one.
  static func values(_ text: String, of option: String) throws -> [String] {
    let values = list(text)
    guard !values.isEmpty else { throw usage(option, text, .expectedValues) }
    return values
  }

  static func usage(_ field: String, _ value: String, _ expected: Phrase) -> Problems {
    Problems(Problem(.usage, field: field, value: value, expected: expected))
  }
}

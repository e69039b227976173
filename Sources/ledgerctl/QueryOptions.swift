import ArgumentParser
import Ledger

/// Which units and years.
struct ScopeOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpYear.here, valueName: "year,…"))
  var year: String?

  @Option(help: ArgumentHelp(Phrase.helpUnitFilter.here, valueName: "code,…"), completion: BookCompletion.units)
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

  func units() throws -> [ExactText] { try ArgumentText.units(unit) }

  /// The one year asked for, else that of the as-of date, else the newest of the sources.
  func year(_ sources: [LedgerSource], asOf day: Day?) throws -> Int {
    let years = try years(sources, asOf: day)
    guard years.count == 1 else { throw ArgumentText.usage("--year", year ?? "", .expectedOneYear) }
    return years[0]
  }

  /// The years asked for, else that of the as-of date, else the newest of the sources.
  func years(_ sources: [LedgerSource], asOf day: Day?) throws -> [Int] {
    if let years = try years() { return years }
    if let day { return [day.year] }
    return [try sources.compactMap { try $0.newestYear() }.max() ?? Terminal.today.year]
  }

  /// The day a year is shown at where none is named: its last, but not after today.
  static func usualDay(of year: Int) -> Day { min(Day.lastDay(ofYear: year) ?? .last, Terminal.today) }
}

/// What was known.
struct KnownAtOption: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpKnownAt.here, valueName: "time|day|#N"))
  var knownAt: String?

  func known(_ sources: [LedgerSource]) throws -> KnownAt {
    try knownAt.map { try KnownAtOption.read($0, sources) } ?? .everything
  }

  static func read(_ text: String, _ sources: [LedgerSource]) throws -> KnownAt {
    if text.hasPrefix("#") {
      guard let position = Int(text.dropFirst()), position >= 0 else {
        throw ArgumentText.usage("--known-at", text, .expectedKnownAt)
      }
      guard sources.count == 1 else { throw ArgumentText.usage("--known-at", text, .expectedOneSource) }
      return .position(position)
    }
    guard sources.allSatisfy(\.hasRecordedTimes) else {
      throw Problems(Problem(.timeUnknown, field: "--known-at", value: text, expected: .expectedPositionHere))
    }
    if let day = try? Day(reading: text) { return .time(Instant(endOf: day)) }
    if let time = try? Instant(readingAnyOffset: text) { return .time(time) }
    throw ArgumentText.usage("--known-at", text, .expectedKnownAt)
  }
}

/// The dates of a report and what it counts.
struct QueryOptions: ParsableArguments {
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var knowledge: KnownAtOption

  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?

  @OptionGroup var lines: LineFilterOptions

  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.from.rawValue).here, valueName: "year,…"))
  var from: String?

  func statedAsOf() throws -> Day? { try asOf.map { try ArgumentText.day($0, of: "--as-of") } }

  /// The filters on line fields.
  func filter(_ sources: [LedgerSource]) throws -> LineFilter { try lines.filter(sources, from: from) }

  /// The years shown: those asked for, that of the as-of date, or the newest of the sources.
  func shownYears(_ sources: [LedgerSource]) throws -> [Int] {
    try scope.years(sources, asOf: statedAsOf())
  }

  /// By default the last day of the years shown, but not after today.
  func horizon(_ sources: [LedgerSource], years: [Int]) throws -> Horizon {
    let usual = ScopeOptions.usualDay(of: years.max() ?? Terminal.today.year)
    return Horizon(asOf: try statedAsOf() ?? usual, knownAt: try knowledge.known(sources))
  }

  /// Says which of the projects and units asked for nobody has declared, and which were probably meant.
  func noteUndeclared(in sources: [LedgerSource]) throws {
    let (projects, units) = (lines.project.map(ArgumentText.list) ?? [], try scope.units())
    guard !projects.isEmpty || !units.isEmpty else { return }
    let declared = try sources.map { try $0.declarations() }
    for project in projects
    where !declared.contains(where: { $0.projectCodes.contains(project) }) {
      for known in declared { Terminal.note(.undeclared("--project", project, known.expectedProject(near: project))) }
    }
    for unit in units where !declared.contains(where: { $0.unitCodes.contains(unit.text) }) {
      for known in declared { Terminal.note(.undeclared("--unit", unit.text, known.expectedUnit(near: unit.text))) }
    }
  }
}

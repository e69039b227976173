import ArgumentParser
import Ledger

struct DiffCommand: ParsableCommand {
  static let configuration = Verb.diff.configuration

  @Option(help: ArgumentHelp(Phrase.helpDiffFrom.here, valueName: "date"))
  var from: String?
  @Option(help: ArgumentHelp(Phrase.helpDiffTo.here, valueName: "date"))
  var to: String?
  @Option(parsing: .singleValue, help: ArgumentHelp(Phrase.helpDiffKnownAt.here, valueName: "time|day|#N"))
  var knownAt: [String] = []
  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?
  @Option(help: ArgumentHelp(Phrase.helpDiffBy.here, valueName: "field,…"))
  var by: String?
  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var unit: DisplayUnit = .yuan

  @OptionGroup var source: SourceOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var lines: LineFilterOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let (years, first, second) = try horizons(sources)
    let query = MeasureQuery(
      by: try dimensions(), depth: nil, units: try scope.units(), years: years,
      filter: try lines.filter(sources, from: nil))
    let report = try DiffReport(query, from: sources, between: first, and: second)
    switch format {
    case .json: try output.write(report.json + "\n")
    case .csv: try output.write(report.csv)
    default:
      if report.rows.isEmpty { Terminal.note(.noDifference) }
      let heading = report.heading(in: unit, Speech.language)
      let table = report.table(in: unit, Speech.language)
      try output.write(
        format == .markdown
          ? "## " + heading.replacing("\n", with: "\n\n") + "\n\n" + table.markdown
          : heading + "\n\n" + table.text(width: Terminal.width))
    }
  }

  private func dimensions() throws -> [Dimension] {
    guard let by else { return [.unit, .year] + LineField.allCases.map(Dimension.line) }
    let chosen = try ReportOptions.dimensions(by)
    if let unfit = chosen.first(where: { $0 == .month || $0 == .lot }) {
      throw ArgumentText.usage("--by", unfit.name, .expectedLineDimension)
    }
    return chosen
  }

  /// Two business dates, or two dates of knowledge.
  private func horizons(_ sources: [LedgerSource]) throws -> (years: [Int], Horizon, Horizon) {
    let known = try knownAt.map { try KnownAtOption.read($0, sources) }
    if let from, let to {
      guard known.count < 2, asOf == nil else {
        throw ArgumentText.usage(
          asOf == nil ? "--known-at" : "--as-of", asOf ?? knownAt.joined(separator: ","), .expectedOneAxis)
      }
      let (first, second) = (try ArgumentText.day(from, of: "--from"), try ArgumentText.day(to, of: "--to"))
      let years = try scope.years() ?? Array(min(first.year, second.year)...max(first.year, second.year))
      let then = known.first ?? .everything
      return (years, Horizon(asOf: first, knownAt: then), Horizon(asOf: second, knownAt: then))
    }
    guard from == nil, to == nil, known.count == 2 else {
      let option = from == nil ? to == nil ? "--known-at" : "--to" : "--from"
      throw ArgumentText.usage(option, from ?? to ?? knownAt.joined(separator: ","), .expectedOneAxis)
    }
    let stated = try asOf.map { try ArgumentText.day($0, of: "--as-of") }
    let years = try scope.years(sources, asOf: stated)
    let day = stated ?? ScopeOptions.usualDay(of: years.max() ?? Terminal.today.year)
    return (years, Horizon(asOf: day, knownAt: known[0]), Horizon(asOf: day, knownAt: known[1]))
  }
}

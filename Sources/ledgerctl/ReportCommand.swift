import ArgumentParser
import Ledger

/// What `execution`, `balance` and `state` share: the same report, laid out differently.
struct ReportOptions: ParsableArguments {
  @OptionGroup var source: SourceOptions
  @OptionGroup var query: QueryOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var unit: DisplayUnit = .tenThousand

  @Option(help: ArgumentHelp(Phrase.helpDepth.here, valueName: "类|款|项"))
  var depth: Depth?

  @Option(help: ArgumentHelp(Phrase.helpCompare.here, valueName: "year"))
  var compare: Int?

  enum Depth: String, ExpressibleByArgument, CaseIterable {
    case classes = "类"
    case sections = "款"
    case items = "项"

    var digits: Int {
      switch self {
      case .classes: 3
      case .sections: 5
      case .items: 7
      }
    }
  }

  /// Makes the report and writes it.
  func run(by dimensions: [Dimension], layout: ReportLayout, title: Phrase, schema: String) throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let years = try query.shownYears(sources)
    if let compare {
      guard years.count == 1 else { throw ArgumentText.usage("--compare", query.scope.year ?? "", .expectedOneYear) }
      guard (1900...2999).contains(compare) else {
        throw ArgumentText.usage("--compare", String(compare), .expectedYear)
      }
    }
    let measureQuery = MeasureQuery(
      by: dimensions, depth: depth?.digits, units: try query.scope.units(), years: years,
      filter: try query.filter(sources))
    let report = try MeasureReport(
      measureQuery, from: sources, at: try query.horizon(sources, years: years), priorYear: compare)
    switch format {
    case .json: try output.write(report.json(named: schema) + "\n")
    case .csv: try output.write(report.csv)
    default:
      if report.rows.isEmpty, !dimensions.isEmpty {
        Terminal.note(.noLines)
        try query.noteUndeclared(in: sources)
      }
      try output.write(rendered(report, layout, title, format))
    }
  }

  private func rendered(
    _ report: MeasureReport, _ layout: ReportLayout, _ title: Phrase, _ format: OutputFormat
  ) -> String {
    var tables = [report.table(layout, in: unit, Speech.language)]
    if compare != nil { tables.append(report.comparisonTable(in: unit, Speech.language)) }
    let heading = report.heading(title, in: unit, Speech.language)
    if format == .markdown {
      return "## \(heading)\n\n" + tables.map(\.markdown).joined(separator: "\n")
    }
    return heading + "\n\n" + tables.map { $0.text(width: Terminal.width) }.joined(separator: "\n")
  }

  static func dimensions(_ text: String) throws -> [Dimension] {
    let names = ArgumentText.list(text)
    guard Set(names).count == names.count else { throw ArgumentText.usage("--by", text, .expectedOnce) }
    guard !(names.contains("lot") && names.contains("month")) else {
      throw ArgumentText.usage("--by", text, .expectedLotWithoutMonth)
    }
    return try names.map { name in
      guard let dimension = Dimension(name) else {
        throw ArgumentText.usage("--by", name, .expectedOneOf(Dimension.all.map(\.name), near: name))
      }
      return dimension
    }
  }
}

import ArgumentParser
import Ledger

struct IndicatorsCommand: ParsableCommand {
  static let configuration = Verb.indicators.configuration

  @OptionGroup var source: SourceOptions
  @OptionGroup var query: StatementQueryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let asked = try query.query(.finalAccounts, sources, place: nil)
    let report = try IndicatorReport(
      query.definitions.all().indicators, from: sources, year: asked.year, units: asked.units, at: asked.horizon)
    switch format {
    case .json: try output.write(report.json + "\n")
    case .csv: try output.write(report.csv)
    case .markdown:
      try output.write("## \(report.heading(Speech.language))\n\n" + report.table(Speech.language).markdown)
    default:
      try output.write(
        report.heading(Speech.language) + "\n\n" + report.table(Speech.language).text(width: Terminal.width))
    }
  }
}

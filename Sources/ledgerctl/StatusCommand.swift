import ArgumentParser
import Ledger

struct StatusCommand: ParsableCommand {
  static let configuration = Verb.status.configuration

  @OptionGroup var source: SourceOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var knowledge: KnownAtOption
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?

  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var unit: DisplayUnit = .tenThousand

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    let sources = try source.open()
    let day = try asOf.map { try ArgumentText.day($0, of: "--as-of") }
    let year = try scope.year(sources, asOf: day)
    let shown = day ?? ScopeOptions.usualDay(of: year)
    let report = try StatusReport(
      sources, year: year, units: try scope.units(), at: Horizon(asOf: shown, knownAt: try knowledge.known(sources)))
    if format == .json { return try output.write(report.json + "\n") }
    if report.funds.isEmpty { Terminal.note(.noLines) }
    let isColoured = output.isColoured
    try output.write(
      report.text(width: Terminal.width, in: unit, Speech.language) { text, flag in
        isColoured ? Terminal.painted(text, flag == .overdrawn ? .red : .yellow) : text
      })
  }
}

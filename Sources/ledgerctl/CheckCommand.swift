import ArgumentParser
import Ledger

struct CheckCommand: ParsableCommand {
  static let configuration = Verb.check.configuration

  @OptionGroup var source: SourceOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var knowledge: KnownAtOption

  @Flag(help: ArgumentHelp(Phrase.helpStrict.here))
  var strict = false

  @OptionGroup var definitions: DefinitionOption

  @Option(help: ArgumentHelp(Phrase.helpCheckAsOf.here, valueName: "date"))
  var asOf: String?

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let stated = try asOf.map { try ArgumentText.day($0, of: "--as-of") }
    let query = CheckQuery(
      units: try scope.units(), years: try scope.years().map(Set.init), knownAt: try knowledge.known(sources),
      definitions: try definitions.all()
    ) { year in stated ?? ScopeOptions.usualDay(of: year) }
    let report = try CheckReport(sources, query)
    switch format {
    case .json: try output.write(report.json(in: Speech.language) + "\n")
    case .csv: try output.write(report.csv)
    case .markdown: try output.write(report.markdown(Speech.language))
    default: try output.write(report.text(width: Terminal.width, Speech.language))
    }
    let wrong = report.count(.contradiction) > 0
    if wrong || strict && (report.count(.rounding) > 0 || !report.notes.isEmpty) { throw FoundWrong() }
  }
}

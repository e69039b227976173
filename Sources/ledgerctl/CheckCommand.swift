import ArgumentParser
import Ledger

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check", abstract: Phrase.abstractCheck.here)

  @OptionGroup var source: SourceOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var knowledge: KnownAtOption

  @Flag(help: ArgumentHelp(Phrase.helpStrict.here))
  var strict = false

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let report = try CheckReport(
      sources, units: try scope.units(), years: try scope.years().map(Set.init), knownAt: try knowledge.known(sources))
    switch format {
    case .json: try output.write(report.json(in: Speech.language) + "\n")
    case .csv: try output.write(report.table(Speech.language), as: format)
    case .markdown:
      try output.write("## \(report.heading(Speech.language))\n\n" + report.table(Speech.language).markdown)
    case .text, .journal, .html, .xlsx: try output.write(report.text(width: Terminal.width, Speech.language))
    }
    let wrong = report.count(.contradiction) > 0
    if wrong || strict && (report.count(.rounding) > 0 || !report.notes.isEmpty) { throw FoundWrong() }
  }
}

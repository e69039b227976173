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
      sources, units: scope.units(), years: try scope.years().map(Set.init), knownAt: try knowledge.known(sources))
    switch format {
    case .json: try output.write(report.json(in: Speech.language) + "\n")
    case .csv, .markdown: try output.write(table(of: report), as: format)
    case .text, .journal, .html, .xlsx: try output.write(text(of: report))
    }
    let wrong = report.count(.contradiction) > 0
    if wrong || strict && (report.count(.rounding) > 0 || !report.notes.isEmpty) { throw FoundWrong() }
  }

  private func text(of report: CheckReport) -> String {
    let summary = Phrase.checkSummary(
      ties: report.count(.ties), rounding: report.count(.rounding), contradiction: report.count(.contradiction))
    let notes = report.notes.map { Phrase.labelNote.here + $0.here + "\n" }.joined()
    return table(of: report).text(width: Terminal.width) + "\n" + summary.here + "\n" + notes
  }

  private func table(of report: CheckReport) -> Table {
    Table(
      columns: [
        Table.Column(Phrase.columnCheck.here, .left), Table.Column(Phrase.columnLedger.here, .right),
        Table.Column(Phrase.columnPrinted.here, .right), Table.Column(Phrase.columnDifference.here, .right),
        Table.Column(Phrase.columnVerdict.here, .left),
      ],
      rows: report.results.map { result in
        [result.id, result.left ?? "—", result.right, result.difference ?? "—", result.verdict.title.here]
      })
  }
}

import ArgumentParser
import Ledger

struct ExportCommand: ParsableCommand {
  static let configuration = Verb.export.configuration

  @OptionGroup var selection: EventSelection
  @OptionGroup var output: OutputOptions

  @Flag(help: ArgumentHelp(Phrase.helpBOM.here))
  var bom = false

  func run() throws {
    let format = try output.chosenFormat(of: [.journal, .csv, .hledger, .beancount], otherwise: .journal)
    if bom, format != .csv { throw Problems(Problem(.usage, field: "--bom", expected: .expectedCSVToGoWith)) }
    var export: any EventExport =
      switch format {
      case .csv: EventLinesExport(isMarked: bom)
      case .hledger: PlainTextExport(in: Speech.language)
      case .beancount: BeancountExport(in: Speech.language)
      default: JournalExport()
      }
    let paths = try selection.source.paths
    if format == .journal, paths.count > 1 {
      throw Problems(Problem(.usage, field: "-f", value: paths[1], expected: .expectedOneSource))
    }
    var count = 0
    try output.stream(from: paths) { write in
      try write(export.head)
      try selection.forEachExported { event, _ in
        count += 1
        try write(export.text(of: event))
      }
    }
    guard count == 0 else { return }
    Terminal.note(.noEvents)
    try selection.query.noteUndeclared(in: try selection.source.open())
  }
}

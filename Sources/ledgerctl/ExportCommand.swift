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
    try output.stream { write in
      try write(export.head)
      try selection.forEachExported { event, _ in try write(export.text(of: event)) }
    }
  }
}

import ArgumentParser
import Ledger

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "export", abstract: Phrase.abstractExport.here)

  @OptionGroup var selection: EventSelection
  @OptionGroup var output: OutputOptions

  func run() throws {
    _ = try output.chosenFormat(of: [.journal], otherwise: .journal)
    try output.write(try selection.journalText())
  }
}

import ArgumentParser

@main
struct LedgerBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger-bench", abstract: "Measures ledgerctl, and what it is compared with.",
    subcommands: [
      AllCommand.self, GenerateCommand.self, FoldCommand.self, ImportCommand.self, AppendCommand.self, AsOfCommand.self,
      PeerJournalCommand.self,
    ])
}

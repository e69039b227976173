import ArgumentParser
import Ledger

struct BalanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "balance", abstract: Phrase.abstractBalance.here)

  @Option(help: ArgumentHelp(Phrase.helpBy.here, valueName: "field,…"))
  var by = "fund"

  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.run(by: ReportOptions.dimensions(by), layout: .balance, title: .titleBalance, schema: "balance")
  }
}

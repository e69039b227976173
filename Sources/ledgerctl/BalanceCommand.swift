import ArgumentParser
import Ledger

struct BalanceCommand: ParsableCommand {
  static let configuration = Verb.balance.configuration

  @Option(help: ArgumentHelp(Phrase.helpBy.here, valueName: "field,…"))
  var by = "fund"

  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.run(by: ReportOptions.dimensions(by), layout: .balance, title: .titleBalance, schema: "balance")
  }
}

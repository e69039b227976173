import ArgumentParser
import Ledger

struct ExecutionCommand: ParsableCommand {
  static let configuration = Verb.execution.configuration

  @Option(help: ArgumentHelp(Phrase.helpBy.here, valueName: "field,…"))
  var by = "project"

  @OptionGroup var report: ReportOptions

  func run() throws {
    try report.run(
      by: ReportOptions.dimensions(by), layout: .execution, title: .titleExecution, schema: "execution")
  }
}

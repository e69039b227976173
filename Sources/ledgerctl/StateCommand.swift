import ArgumentParser
import Ledger

struct StateCommand: ParsableCommand {
  static let configuration = Verb.state.configuration

  @OptionGroup var report: ReportOptions

  func run() throws {
    let everyField = [Dimension.unit, .year] + LineField.allCases.map(Dimension.line)
    try report.run(by: everyField, layout: .state, title: .titleState, schema: "state")
  }
}

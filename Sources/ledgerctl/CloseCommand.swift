import ArgumentParser
import Ledger

struct CloseCommand: ParsableCommand {
  static let configuration = Verb.close.configuration

  @Argument(help: ArgumentHelp(Phrase.helpCloseYear.here))
  var year: Int

  @Option(help: ArgumentHelp(Phrase.helpUnitFilter.here, valueName: "code,…"))
  var unit: String?

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var batch: BatchOptions

  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var displayUnit: DisplayUnit = .yuan

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    guard (1900...2998).contains(year) else { throw ArgumentText.usage("year", String(year), .expectedYearToClose) }
    let units = try ArgumentText.units(unit)
    do {
      let result = try book.withBook { book in
        try book.close(
          year: year, units: units, recordedAt: Terminal.now, expectedPosition: batch.expectedPosition,
          dryRun: batch.dryRun)
      }
      Terminal.warn(result.batch.warnings)
      try write(result, format)
    } catch let refusal as CloseRefusal {
      // What the close would have come to shows where the trouble lies.
      if format == .text, !refusal.result.plans.isEmpty { try output.write(plan(of: refusal.result)) }
      throw refusal.problems
    }
  }

  private func write(_ result: CloseResult, _ format: OutputFormat) throws {
    switch format {
    case .json: try output.write(CloseReport.json(of: result, dryRun: batch.dryRun) + "\n")
    case .csv: try output.write(CloseReport.csv(of: result))
    case .markdown:
      try output.write(CloseReport.table(of: result, in: displayUnit, Speech.language), as: format)
    default:
      let plan = result.plans.isEmpty ? "" : plan(of: result)
      try output.write(plan + said(of: result).map { $0.here + "\n" }.joined())
    }
  }

  private func plan(of result: CloseResult) -> String {
    CloseReport.table(of: result, in: displayUnit, Speech.language).text(width: Terminal.width) + "\n"
  }

  private func said(of result: CloseResult) -> [Phrase] {
    var said = result.closedBefore.map { Phrase.closedBefore($0.text, year) }
    if result.plans.isEmpty {
      if said.isEmpty { said.append(.nothingToClose(year)) }
    } else if batch.dryRun {
      said.append(.wouldClose(year, units: result.plans.count, events: result.batch.added))
    } else {
      said.append(
        .closed(year, units: result.plans.count, events: result.batch.added, position: result.batch.position))
    }
    return said
  }
}

import ArgumentParser
import Ledger

struct ExplainCommand: ParsableCommand {
  static let configuration = Verb.explain.configuration

  @Argument(help: ArgumentHelp(Phrase.helpCell.here))
  var cell: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var query: StatementQueryOptions
  @OptionGroup var layout: PlaceOption
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp(Phrase.helpExplainBy.here, valueName: "field,…"))
  var by: String?

  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var unit: DisplayUnit = .yuan

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let sources = try source.open()
    let usual = try query.query(.finalAccounts, sources, place: layout.place)
    let stated = try by.map(ReportOptions.dimensions)
    if let by, !["execution/", "balance/"].contains(where: cell.hasPrefix) {
      throw ArgumentText.usage("--by", by, .expectedRowToExplain)
    }
    let lookup = CellLookup(
      sources: sources, definitions: try query.definitions.all(), units: usual.units, year: usual.year,
      place: layout.place,
      dimensions: ["execution": stated ?? [.line(.project)], "balance": stated ?? [.line(.fund)]]
    ) { try query.query($0, sources, place: layout.place).horizon }
    let address = try lookup.find(cell)
    let explanation = try Explanation(of: address.subject, from: sources, at: address.horizon)
    switch format {
    case .json: try output.write(explanation.json + "\n")
    case .csv: try output.write(explanation.csv)
    case .markdown: try output.write(explanation.markdown(in: unit, Speech.language))
    default:
      try output.write(explanation.text(width: Terminal.width, in: unit, Speech.language))
    }
  }
}

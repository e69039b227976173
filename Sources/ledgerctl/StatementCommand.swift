import ArgumentParser
import Ledger

/// What can be made: statements of tables, and the text that goes with one.
enum StatementArgument: String, ExpressibleByArgument, CaseIterable {
  case finalAccounts = "final-accounts"
  case budget
  case selfEvaluation = "self-evaluation"
  case targets
  case narrative

  /// `nil` for the text.
  var tables: StatementName? { StatementName(rawValue: rawValue) }
}

struct StatementCommand: ParsableCommand {
  static let configuration = Verb.statement.configuration

  @Argument(help: ArgumentHelp(Phrase.helpStatement.here))
  var name: StatementArgument

  @OptionGroup var source: SourceOptions
  @OptionGroup var query: StatementQueryOptions
  @OptionGroup var layout: PlaceOption
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp(Phrase.helpTable.here, valueName: "name"))
  var table: String?

  @Option(help: ArgumentHelp(Phrase.helpCompareNarrative.here, valueName: "year"))
  var compare: Int?

  @Option(name: .customLong("in"), help: ArgumentHelp(Phrase.helpIn.here, valueName: "元|万元"))
  var unit: DisplayUnit?

  @Option(help: ArgumentHelp(Phrase.helpDecimals.here, valueName: "N"))
  var decimals = 2

  func run() throws {
    guard (0...6).contains(decimals) else {
      throw ArgumentText.usage("--decimals", String(decimals), .expectedFewDecimals)
    }
    guard let tables = name.tables else {
      if let place = layout.place { throw ArgumentText.usage("--place", place, .expectedNoPlace) }
      return try writeNarrative()
    }
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown, .html, .xlsx])
    if let compare { throw ArgumentText.usage("--compare", String(compare), .expectedNarrative) }
    let sources = try source.open()
    let whole = try Statement(query.query(tables, sources, place: layout.place), from: sources, query.definitions.all())
    let statement = table.map(whole.only) ?? whole
    if let table, statement.tables.isEmpty {
      let names = whole.tables.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      throw ArgumentText.usage("--table", table, .expectedOneOf(names, near: table))
    }
    if whole.hasNoLines { Terminal.note(.noLines) } else if whole.tables.isEmpty { Terminal.note(.noTables) }
    if format == .json { return try output.write(statement.json + "\n") }
    try output.write(
      statement.sheets(in: unit ?? statement.moneyUnit, decimals: decimals), as: format,
      title: "\(statement.unitName) \(statement.year) \(statement.name.title.here)", day: statement.horizon.asOf)
  }

  private func writeNarrative() throws {
    let format = try output.chosenFormat(of: [.text, .json, .markdown, .html])
    if let table { throw ArgumentText.usage("--table", table, .expectedNoTable) }
    let sources = try source.open()
    let asked = try query.query(.finalAccounts, sources, place: nil)
    if let compare, !(1900...2999).contains(compare) || compare == asked.year {
      throw ArgumentText.usage("--compare", String(compare), .expectedOtherYear)
    }
    let narrative = try Narrative(
      asked, from: sources, query.definitions.all().narrative, priorYear: compare,
      in: MoneyForm(unit: unit ?? .tenThousand, decimals: decimals))
    if let compare, narrative.priorYear == nil { Terminal.note(.nothingToCompare(compare)) }
    switch format {
    case .json: try output.write(narrative.json + "\n")
    case .markdown: try output.write(narrative.markdown)
    case .html: try output.write(narrative.html)
    default: try output.write(narrative.text(width: Terminal.width))
    }
  }
}

/// Whose layout.
struct PlaceOption: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpPlace.here, valueName: "name"))
  var place: String?
}

/// Which year and units, at which dates, by which definitions.
struct StatementQueryOptions: ParsableArguments {
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var knowledge: KnownAtOption
  @OptionGroup var definitions: DefinitionOption

  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?

  func query(_ name: StatementName, _ sources: [LedgerSource], place: String?) throws -> StatementQuery {
    let day = try asOf.map { try ArgumentText.day($0, of: "--as-of") }
    let year = try scope.year(sources, asOf: day)
    let units = try scope.units()
    let known = try knowledge.known(sources)
    // A budget is shown as it was approved: later changes of caps and estimates are not part of it.
    let approved =
      name == .budget
      ? try sources.compactMap { try $0.approvalDay(of: year, units: units, knownAt: known) }.max() : nil
    return StatementQuery(
      name: name, year: year, units: units, place: place,
      horizon: Horizon(asOf: day ?? approved ?? ScopeOptions.usualDay(of: year), knownAt: known))
  }
}

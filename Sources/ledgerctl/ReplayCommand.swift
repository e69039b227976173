import ArgumentParser
import Foundation
import Ledger

struct ReplayCommand: ParsableCommand {
  static let configuration = Verb.replay.configuration

  @Argument(help: ArgumentHelp(Phrase.helpReplaySources.here), completion: .file())
  var sources: [String] = []

  @OptionGroup var source: SourceOptions

  @Option(help: ArgumentHelp(Phrase.helpInto.here, valueName: "book"))
  var into: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    let paths = sources + source.file
    let named = paths.isEmpty ? [try BookOption.fromEnvironment()] : paths
    if let into { return try rebuild(named, into: into, format) }
    var sound = true
    var text = ""
    for path in named {
      let source = try LedgerSource.open(path)
      let report = try Verification.report(on: source)
      sound = sound && report.isSound
      let summary = report.isSound ? try ReplaySummary(source) : nil
      text += format == .json ? json(of: report, summary, source) : said(of: report, summary, source)
    }
    try output.write(text)
    if !sound { throw FoundWrong() }
  }

  private func rebuild(_ paths: [String], into path: String, _ format: OutputFormat) throws {
    let result = try NewBook.make(at: path) { book in
      var result = BatchResult()
      for path in paths {
        let text = try LedgerSource.journalText(of: path)
        let options = RecordingOptions(
          ids: .derived, origin: .journal(now: Terminal.now), expectedPosition: nil, dryRun: false, tellsEach: false)
        defer { Terminal.endProgress() }
        result = try book.record(
          { JournalFile(text: text, name: path, fundNames: $0) }, options: options, progress: Terminal.progress)
        Terminal.warn(result.warnings)
      }
      return result
    }
    if format == .json {
      var object = JSONObjectText()
      object.add("schema", "ledgerctl/replay/1")
      object.add("into", path)
      object.add("position", result.position)
      object.add("hash", result.hash.hexadecimal)
      return try output.write(object.text + "\n")
    }
    try output.write(Phrase.rebuilt(path, position: result.position, hash: result.hash.hexadecimal).here + "\n")
  }

  private func said(of report: VerifyReport, _ summary: ReplaySummary?, _ source: LedgerSource) -> String {
    guard let summary else { return Verification.said(of: report, source) }
    return Verification.said(of: report, source) + summary.table.text(width: Terminal.width)
  }

  private func json(of report: VerifyReport, _ summary: ReplaySummary?, _ source: LedgerSource) -> String {
    guard let summary else { return Verification.json(of: report, source) }
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/replay/1")
    object.add("source", source.name)
    object.add("events", report.events)
    object.add("budgetLines", report.budgetLines)
    object.add("hash", orNull: report.hash?.hexadecimal)
    object.add("firstDate", orNull: summary.first?.description)
    object.add("lastDate", orNull: summary.last?.description)
    object.add("units", texts: summary.units)
    object.add("years", numbers: summary.years)
    var types = JSONObjectText()
    for (type, count) in summary.types { types.add(type.rawValue, count) }
    object.add("types", types)
    return object.text + "\n"
  }
}

/// What is there: dates, units, years, and how many events of each type.
private struct ReplaySummary {
  private(set) var first: Day?
  private(set) var last: Day?
  private(set) var units: [String] = []
  private(set) var years: [Int] = []
  private(set) var types: [(EventType, Int)] = []

  init(_ source: LedgerSource) throws {
    var counts: [EventType: Int] = [:]
    var years: Set<Int> = []
    try source.forEachEvent { recorded, _ in
      let event = recorded.event
      first = min(first ?? event.date, event.date)
      last = max(last ?? event.date, event.date)
      counts[event.type, default: 0] += 1
      if event.isMoney, let year = event.year { years.insert(year) }
    }
    self.years = years.sorted()
    units = try source.declarations().unitCodes
    types = EventType.allCases.compactMap { type in counts[type].map { (type, $0) } }
  }

  var table: Table {
    var rows = [
      [Phrase.columnDate.here, "\(first?.description ?? "—") … \(last?.description ?? "—")"],
      [Dimension.unit.title.here, units.joined(separator: ", ")],
      [Dimension.year.title.here, years.map(String.init).joined(separator: ", ")],
    ]
    rows += types.map { type, count in [type.definition.name.here, String(count)] }
    return Table(
      columns: [Table.Column(Phrase.columnField.here, .left), Table.Column(Phrase.columnValue.here, .left)], rows: rows)
  }
}

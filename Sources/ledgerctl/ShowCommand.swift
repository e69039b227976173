import ArgumentParser
import Ledger

struct ShowCommand: ParsableCommand {
  static let configuration = Verb.show.configuration

  @Argument(help: ArgumentHelp(Phrase.helpShow.here))
  var event: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let report = try find()
    if format == .json {
      return try output.write(String(decoding: CanonicalWriter.bytes(of: report.recorded), as: UTF8.self) + "\n")
    }
    try output.write(report.table(Speech.language), as: format)
  }

  private func find() throws -> EventReport {
    for source in try source.open() {
      if let found = try source.event(named: event) { return try EventReport(on: found, in: source) }
    }
    throw Problems(Problem(.referenceNotFound, value: event, expected: .expectedEvent))
  }
}

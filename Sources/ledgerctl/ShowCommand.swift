import ArgumentParser
import Ledger

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: Phrase.abstractShow.here)

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
    let number = Int(event.hasPrefix("#") ? String(event.dropFirst()) : event)
    for source in try source.open() {
      let found = try number.flatMap { try source.event(at: $0) } ?? source.event(withID: event)
      if let found { return try EventReport(on: found, in: source) }
    }
    throw Problems(Problem(.referenceNotFound, value: event, expected: .expectedEvent))
  }
}

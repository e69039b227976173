import ArgumentParser
import Foundation

struct PeerJournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer-journal", abstract: "Writes the payments of a generated journal as another program reads them.")

  @Argument(help: "A journal as `generate` writes it.")
  var journal: String

  @Option(help: "ledger (hledger reads it too) or beancount.")
  var format: PeerFormat

  @Option(name: .shortAndLong, help: "The file to write.")
  var output: String

  func run() throws {
    let reader = try JournalReader(of: journal)
    let text = try PeerJournal(format: format).text(of: reader)
    try text.write(to: URL(fileURLWithPath: output))
    try JSONLine.print(WorkResult(seconds: 0, events: reader.lines, peakBytes: PeakMemory.bytes))
  }
}

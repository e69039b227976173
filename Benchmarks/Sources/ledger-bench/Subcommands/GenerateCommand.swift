import ArgumentParser
import Foundation
import HistoryGenerator

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Writes a made-up journal of a county, the same for the same options.")

  @Option(help: "Events, from 1,000 to 10,000,000.")
  var events: Int

  @Option(help: "Another seed makes another history.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "The journal to write.")
  var output: String

  @Option(help: "Units with a budget; by default one to 3,000 events of a year, from 2 to 300.")
  var units: Int?

  @Option(help: "Budget years up to 2021; by default one to a million events.")
  var years: Int?

  @Option(help: "The share of payments under contracts, from 0 to 1.")
  var contracts = 0.0

  @Flag(name: .customLong("random-ids"), help: "Ids that come in no order.")
  var hasRandomIDs = false

  func run() throws {
    let options: HistoryOptions
    do {
      options = try HistoryOptions(
        events: events, seed: seed, units: units, years: years, contractShare: contracts, hasRandomIDs: hasRandomIDs)
    } catch { throw ValidationError(error.description) }
    guard FileManager.default.createFile(atPath: output, contents: nil),
      let file = FileHandle(forWritingAtPath: output)
    else { throw ValidationError("\(output) cannot be written") }
    let clock = ContinuousClock()
    let duration = try clock.measure {
      try HistoryGenerator.write(options, to: file)
      try file.close()
    }
    try JSONLine.print(WorkResult(seconds: duration.seconds, events: events, peakBytes: PeakMemory.bytes))
  }
}

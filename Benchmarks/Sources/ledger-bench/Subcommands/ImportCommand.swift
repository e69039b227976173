import ArgumentParser
import Foundation
import Ledger

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Times recording a journal in a new book, in durable batches under full control.",
    discussion: "The time is from the text of a batch to its commit, for all batches; the file is read in between.")

  @Argument(help: "The journal.")
  var journal: String

  @Argument(help: "The book to make.")
  var book: String

  @Option(help: "Events in a batch.")
  var batch = 8_189

  @Option(help: "Only the first so many events.")
  var events: Int?

  func validate() throws {
    guard batch > 0 else { throw ValidationError("a batch has at least one event") }
  }

  func run() throws {
    let reader = try JournalReader(of: journal)
    let book = try Book.create(at: book)
    let time = LedgerCalls.now()
    let most = events ?? .max
    let clock = ContinuousClock()
    var duration = Duration.zero
    while let text = try reader.next(min(batch, most - reader.lines)) {
      duration += try clock.measure { try LedgerCalls.record(text, into: book, at: time) }
    }
    try book.close()
    try JSONLine.print(
      RecordingResult(
        seconds: duration.seconds, events: reader.lines, batch: batch, durability: LedgerCalls.durability,
        peakBytes: PeakMemory.bytes))
  }
}

import ArgumentParser
import Foundation
import Ledger

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Times recording a journal in a new book, in durable batches under full control.")

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
    let lines = try JournalLines(of: journal)
    let count = min(events ?? lines.count, lines.count)
    let batches = stride(from: 0, to: count, by: batch).map { lines.text(of: $0..<min($0 + batch, count)) }
    let book = try Book.create(at: book)
    let time = LedgerCalls.now()
    let duration = try ContinuousClock().measure {
      for text in batches { try LedgerCalls.record(text, into: book, at: time) }
    }
    try book.close()
    try JSONLine.print(
      RecordingResult(
        seconds: duration.seconds, events: count, batch: batch, durability: LedgerCalls.durability,
        peakBytes: PeakMemory.bytes))
  }
}

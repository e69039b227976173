import ArgumentParser
import Foundation
import Ledger

struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append", abstract: "Times recording events one by one, each durable, with the book kept open.",
    discussion: "The book must hold the first lines of the journal; the events that follow are added.")

  @Argument(help: "The journal.")
  var journal: String

  @Argument(help: "The book to add to.")
  var book: String

  @Option(help: "How many events to add.")
  var events: Int

  func validate() throws {
    guard events > 0 else { throw ValidationError("at least one event") }
  }

  func run() throws {
    let reader = try JournalReader(of: journal)
    let book = try Book.open(at: book, for: .write)
    let first = try LedgerCalls.headPosition(book)
    try reader.skip(first)
    let texts = try (0..<events).compactMap { _ in try reader.next(1) }
    guard texts.count == events else {
      throw ValidationError("the journal has \(texts.count) events more than the \(first) of the book")
    }
    let duration = try ContinuousClock().measure {
      for text in texts { try LedgerCalls.record(text, into: book, at: LedgerCalls.now()) }
    }
    try book.close()
    try JSONLine.print(
      RecordingResult(
        seconds: duration.seconds, events: events, batch: 1, durability: LedgerCalls.durability,
        peakBytes: PeakMemory.bytes))
  }
}

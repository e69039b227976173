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

  func run() throws {
    let lines = try JournalLines(of: journal)
    let book = try Book.open(at: book, for: .write)
    let first = try LedgerCalls.headPosition(book)
    guard events > 0, first + events <= lines.count else {
      throw ValidationError("the journal has \(lines.count - first) events more than the book")
    }
    let texts = (first..<first + events).map { lines.text(of: $0..<$0 + 1) }
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

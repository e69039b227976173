import ArgumentParser
import Ledger

struct FoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fold", abstract: "Times the fold of all stored events of a book.")

  @Argument(help: "The book.")
  var book: String

  func run() throws {
    let book = try Book.open(at: book, for: .read)
    let position = try LedgerCalls.headPosition(book)
    var lines = 0
    let duration = try ContinuousClock().measure {
      lines = try LedgerCalls.foldedState(book).lines.count
    }
    guard lines > 0 else { throw ValidationError("the book has no budget lines") }
    try JSONLine.print(WorkResult(seconds: duration.seconds, events: position, peakBytes: PeakMemory.bytes))
  }
}

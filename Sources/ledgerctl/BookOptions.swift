import ArgumentParser
import Foundation
import Ledger

/// The one book a writing verb writes to.
struct BookOption: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp(Phrase.helpBook.here, valueName: "book"), completion: .file())
  var file: String?

  /// Opens it for the time of `body`, and leaves one file behind.
  func withBook<Value>(_ body: (Book) throws -> Value) throws -> Value {
    let path = try file ?? BookOption.fromEnvironment()
    if let start = try? InputFile.read(path), !LedgerSource.isBook(start) {
      throw Problems(Problem(.bookNotABook, at: SourceLocation(file: path, line: nil, column: nil)))
    }
    let book = try Book.open(at: path, for: .write)
    do {
      let value = try body(book)
      try book.close()
      return value
    } catch {
      try? book.close()  // The first failure is the one to report.
      throw error
    }
  }

  static func fromEnvironment() throws -> String {
    if let path = ProcessInfo.processInfo.environment["LEDGERCTL_FILE"], !path.isEmpty { return path }
    throw Problems(Problem(.bookNeeded, field: "-f", expected: .expectedSource))
  }
}

/// How a writing verb records.
struct BatchOptions: ParsableArguments {
  @Flag(help: ArgumentHelp(Phrase.helpDryRun.here))
  var dryRun = false

  @Option(help: ArgumentHelp(Phrase.helpExpectedPosition.here, valueName: "N"))
  var expectedPosition: Int?
}

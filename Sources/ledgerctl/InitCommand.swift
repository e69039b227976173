import ArgumentParser
import Foundation
import Ledger

struct InitCommand: ParsableCommand {
  static let configuration = Verb.initialize.configuration

  @Argument(help: ArgumentHelp(Phrase.helpNewBook.here))
  var book: String

  @Option(help: ArgumentHelp(Phrase.helpUnit.here, valueName: "code"))
  var unit: String

  @Option(help: ArgumentHelp(Phrase.helpName.here, valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp(Phrase.helpKind.here, valueName: "kind"))
  var kind: String?

  @Option(help: ArgumentHelp(Phrase.helpDate.here, valueName: "date"))
  var date: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    let day = date ?? Terminal.today.description
    var event = JSONObjectText()
    event.add("type", EventType.unit.rawValue)
    event.add("date", day)
    event.add("unit", unit)
    event.add("name", name)
    event.add("kind", kind)
    let result = try NewBook.make(at: book) { book in
      try RecordingReport.record(event.text, into: book, on: day, expectedPosition: nil, dryRun: false)
    }
    try RecordingReport.write(result, dryRun: false, to: output, format)
  }
}

/// A book that exists only if everything first put into it was recorded.
enum NewBook {
  static func make(at path: String, _ fill: (Book) throws -> BatchResult) throws -> BatchResult {
    let book = try Book.create(at: path)
    do {
      let result = try fill(book)
      try book.close()
      return result
    } catch {
      try? book.close()  // The file goes; what made it go is the failure to report.
      for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
      throw error
    }
  }
}

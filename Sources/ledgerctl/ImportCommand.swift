import ArgumentParser
import Foundation
import Ledger

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "import", abstract: Phrase.abstractImport.here)

  @Argument(help: ArgumentHelp(Phrase.helpJournals.here))
  var files: [String]

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions

  @OptionGroup var batch: BatchOptions

  @Option(help: ArgumentHelp(Phrase.helpImportControl.here, valueName: "refuse|warn|off"))
  var control: ControlMode?

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    if batch.dryRun { return try rehearse(format) }
    var text = ""
    do {
      try book.withBook { book in
        for (index, file) in files.enumerated() {
          let result = try load(file, into: book, expectedPosition: index == 0 ? batch.expectedPosition : nil)
          Terminal.warn(result.warnings)
          text += format == .json ? json(of: result, file) : said(of: result, file)
        }
      }
    } catch {
      try output.write(text)  // What came of the files before the one that failed.
      throw error
    }
    try output.write(text)
  }

  /// Each file as if those before it had been imported.
  private func rehearse(_ format: OutputFormat) throws {
    let makers = files.map { file in
      { (names: FundNames) throws -> JournalFile in
        JournalFile(text: try self.journal(file), name: file, fundNames: names)
      }
    }
    let chosen = options(expectedPosition: batch.expectedPosition)
    let results = try book.withBook { try $0.rehearse(makers, options: chosen) }
    for result in results { Terminal.warn(result.warnings) }
    let lines = zip(results, files).map { format == .json ? json(of: $0, $1) : said(of: $0, $1) }
    try output.write(lines.joined())
  }

  private func journal(_ file: String) throws -> Data {
    let data = try InputFile.read(file)
    guard LedgerSource.isBook(data) else { return data }
    throw notAJournal(file)
  }

  private func notAJournal(_ file: String) -> Problems {
    Problems(Problem(.usage, at: SourceLocation(file: file, line: nil, column: nil), expected: .expectedJournalNotBook))
  }

  private func options(expectedPosition: Int?) -> RecordingOptions {
    RecordingOptions(
      ids: .derived, origin: .now(Terminal.now), expectedPosition: expectedPosition, dryRun: batch.dryRun,
      control: control, tellsEach: false)
  }

  private func load(_ file: String, into book: Book, expectedPosition: Int?) throws -> BatchResult {
    let bytes = try InputFile.bytes(file)
    guard try !InputFile.isBook(bytes) else { throw notAJournal(file) }
    let chosen = options(expectedPosition: expectedPosition)
    defer { Terminal.endProgress() }
    return try book.record(bytes, options: chosen, progress: Terminal.progress)
  }

  private func said(of result: BatchResult, _ file: String) -> String {
    let phrase: Phrase =
      if batch.dryRun {
        .wouldImport(file, added: result.added, known: result.known)
      } else if result.added == 0 {
        .importedNothing(file, known: result.known, position: result.position)
      } else {
        .imported(file, added: result.added, known: result.known, position: result.position)
      }
    return phrase.here + "\n"
  }

  private func json(of result: BatchResult, _ file: String) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/import/1")
    object.add("file", file)
    object.add("dryRun", batch.dryRun)
    object.add("added", result.added)
    object.add("known", result.known)
    object.add("position", result.position)
    object.add("hash", result.hash.hexadecimal)
    return object.text + "\n"
  }
}

extension ControlMode: ExpressibleByArgument {}

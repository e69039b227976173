import ArgumentParser
import Foundation
import Ledger

struct ImportCommand: ParsableCommand {
  static let configuration = Verb.importing.configuration

  @Argument(help: ArgumentHelp(Phrase.helpImported.here), completion: .file())
  var files: [String] = []

  @OptionGroup var book: BookOption
  @OptionGroup var table: TableOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var batch: BatchOptions

  @Option(help: ArgumentHelp(Phrase.helpImportControl.here, valueName: "refuse|warn|off"))
  var control: ControlMode?

  /// What came of one file.
  private struct Imported {
    let file: String
    let result: BatchResult
    /// `nil`: it is a journal.
    var table: TableImport?
  }

  func run() throws {
    if let ready = table.showRules {
      guard files.isEmpty else { throw ArgumentText.usage("--show-rules", files[0], .expectedNoFiles) }
      return try output.write(ready.text)
    }
    if let named = table.initRules {
      guard files.isEmpty else { throw ArgumentText.usage("--init-rules", files[0], .expectedNoFiles) }
      return try output.write(try RulesProposal(bytes(named)).text(in: Speech.language))
    }
    if files.isEmpty { throw Problems(Problem(.usage, expected: .expectedFiles)) }
    let format = try output.chosenFormat(of: [.text, .json])
    let rules = try table.read()
    if let rejects = table.rejects, files.count > 1 {
      throw ArgumentText.usage("--rejects", rejects, .expectedOneFileWithRejects)
    }
    if batch.dryRun, files.count > 1 { return try rehearse(rules, format) }
    var text = ""
    do {
      try book.withBook { book in
        for (index, file) in files.enumerated() {
          let imported = try load(file, rules, into: book, expectedPosition: index == 0 ? batch.expectedPosition : nil)
          Terminal.warn(imported.result.warnings)
          text += said(of: imported, format)
        }
      }
    } catch {
      try output.write(text)  // What came of the files before the one that failed.
      throw error
    }
    try output.write(text)
  }

  /// Each file as if those before it had been imported.
  private func rehearse(_ rules: ImportRules?, _ format: OutputFormat) throws {
    if table.acceptValid {
      throw Problems(Problem(.usage, field: "--accept-valid", expected: .expectedOneFileWithDryRun))
    }
    let tables = try files.map { file in try rules.map { try TranslatedTable(bytes(file), by: $0) } }
    let problems = tables.flatMap { $0?.problems ?? [] }
    guard problems.isEmpty else { throw Problems(problems) }
    let makers = zip(files, tables).map { file, table in
      { (names: FundNames) throws -> JournalFile in
        JournalFile(text: try table?.journal.text() ?? self.bytes(file).text(), name: file, fundNames: names)
      }
    }
    func placed(_ problem: Problem) -> Problem {
      let place = files.firstIndex { $0 == problem.at.file }
      return place.flatMap { tables[$0]?.placed(problem) } ?? problem
    }
    let chosen = options(expectedPosition: batch.expectedPosition)
    do {
      let results = try book.withBook { try $0.rehearse(makers, options: chosen) }
      for result in results { Terminal.warn(result.warnings.map(placed)) }
      let imported = zip(results, zip(files, tables)).map { result, file in
        Imported(
          file: file.0, result: result, table: file.1.map { TableImport(result: result, table: $0, refused: []) })
      }
      try output.write(imported.map { said(of: $0, format) }.joined())
    } catch let problems as Problems { throw Problems(problems.list.map(placed)) }
  }

  /// A file that is no book.
  private func bytes(_ file: String) throws -> JournalBytes {
    let bytes = try InputFile.bytes(file)
    guard try !InputFile.isBook(bytes) else {
      throw Problems(
        Problem(.usage, at: SourceLocation(file: file, line: nil, column: nil), expected: .expectedJournalNotBook))
    }
    return bytes
  }

  private func options(expectedPosition: Int?) -> RecordingOptions {
    RecordingOptions(
      ids: .derived, origin: .now(Terminal.now), expectedPosition: expectedPosition, dryRun: batch.dryRun,
      control: control, tellsEach: false)
  }

  private func load(
    _ file: String, _ rules: ImportRules?, into book: Book, expectedPosition: Int?
  ) throws -> Imported {
    let bytes = try bytes(file)
    let chosen = options(expectedPosition: expectedPosition)
    defer { Terminal.endProgress() }
    guard let rules else {
      if try InputFile.isTable(bytes) {
        throw Problems(
          Problem(.usage, at: SourceLocation(file: file, line: nil, column: nil), expected: .expectedRulesForTable))
      }
      return Imported(file: file, result: try book.record(bytes, options: chosen, progress: Terminal.progress))
    }
    // Before anything is recorded: if it cannot be written, nothing is.
    let inputs = files + (table.rules.map { [$0] } ?? [])
    let rejects = try table.rejects.map { try OutputSink(path: $0, flag: "--rejects", inputs: inputs) }
    do {
      let found = try book.record(
        table: bytes, by: rules, options: chosen, acceptsValid: table.acceptValid, progress: Terminal.progress)
      try write(found.refused, of: bytes, rules, to: rejects)
      Terminal.warn(found.refused)
      return Imported(file: file, result: found.result, table: found)
    } catch let problems as Problems {
      try write(problems.list, of: bytes, rules, to: rejects)
      throw problems
    }
  }

  private func write(
    _ refused: [Problem], of bytes: JournalBytes, _ rules: ImportRules, to rejects: OutputSink?
  ) throws {
    guard let rejects, refused.contains(where: { $0.at.line != nil }) else { return }
    try rejects.write(try RejectedRows.csv(of: bytes, by: rules, refused, in: Speech.language))
    try rejects.finish()
  }

  // MARK: What is said

  private func said(of imported: Imported, _ format: OutputFormat) -> String {
    format == .json ? json(of: imported) : text(of: imported)
  }

  private func text(of imported: Imported) -> String {
    let (file, result) = (imported.file, imported.result)
    let phrase: Phrase =
      if batch.dryRun {
        .wouldImport(file, added: result.added, known: result.known)
      } else if result.added == 0 {
        .importedNothing(file, known: result.known, position: result.position)
      } else {
        .imported(file, added: result.added, known: result.known, position: result.position)
      }
    return ([phrase] + (imported.table.map(lines) ?? [])).map { $0.here + "\n" }.joined()
  }

  private func lines(of imported: TableImport) -> [Phrase] {
    let yuan = DisplayUnit.yuan
    return [
      .tableRows(imported.table.rows, skipped: imported.table.skipped, refused: imported.refusedRows)
    ]
      + imported.table.types.map { .tableType($0.type.definition.name, rows: $0.rows, yuan.text($0.amount)) }
      + imported.table.totals.map {
        .tableTotal(
          $0.row, $0.heading, stated: yuan.text(Fen($0.stated.fen)), summed: yuan.text($0.summed), isMet: $0.isMet)
      }
  }

  private func json(of imported: Imported) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/import/1")
    object.add("file", imported.file)
    object.add("dryRun", batch.dryRun)
    object.add("added", imported.result.added)
    object.add("known", imported.result.known)
    object.add("position", imported.result.position)
    object.add("hash", imported.result.hash.hexadecimal)
    if let found = imported.table { add(found, to: &object) }
    return object.text + "\n"
  }

  private func add(_ found: TableImport, to object: inout JSONObjectText) {
    object.add("rows", found.table.rows)
    object.add("skipped", found.table.skipped)
    object.add("refused", found.refusedRows)
    object.add(
      "types",
      objects: found.table.types.map { total in
        var entry = JSONObjectText()
        entry.add("type", total.type.rawValue)
        entry.add("rows", total.rows)
        entry.add("amount", total.amount.yuan)
        return entry
      })
    object.add(
      "totals",
      objects: found.table.totals.map { total in
        var entry = JSONObjectText()
        entry.add("row", total.row)
        entry.add("column", total.heading)
        entry.add("stated", total.stated.description)
        entry.add("summed", total.summed.yuan)
        return entry
      })
    object.add("problems", objects: found.refused.map { $0.json(in: Speech.language) })
  }
}

extension ControlMode: ExpressibleByArgument {}

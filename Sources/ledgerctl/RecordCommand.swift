import ArgumentParser
import Foundation
import Ledger

struct RecordCommand: ParsableCommand {
  static let configuration = Verb.record.configuration

  @Argument(help: ArgumentHelp(Phrase.helpType.here), completion: .list(EventType.allCases.map(\.rawValue)))
  var type: String

  @OptionGroup var book: BookOption
  @OptionGroup var fields: FieldOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var batch: BatchOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    guard type != EventType.close.rawValue else { throw ArgumentText.usage("type", type, .expectedCloseVerb) }
    let day = fields.date ?? Terminal.today.description
    let event = try fields.json(type: type, date: day)
    let result = try book.withBook { book in
      try RecordingReport.record(
        event, into: book, on: day, expectedPosition: batch.expectedPosition, dryRun: batch.dryRun)
    }
    try RecordingReport.write(result, dryRun: batch.dryRun, to: output, format)
  }
}

/// One event recorded from the command line, and what is said about it.
enum RecordingReport {
  /// - Parameter event: a journal line. What the flags say goes the way a file goes, so that one set of rules reads
  ///   both.
  static func record(
    _ event: String, into book: Book, on day: String, expectedPosition: Int?, dryRun: Bool
  ) throws -> BatchResult {
    let date = (try? Day(reading: day)) ?? Terminal.today
    let options = RecordingOptions(
      ids: .fresh { Terminal.freshID(on: date) }, origin: .now(Terminal.now), expectedPosition: expectedPosition,
      dryRun: dryRun)
    return try record([event], into: book, options)
  }

  /// - Parameter typed: journal lines of what a person has typed.
  static func record(_ typed: [String], into book: Book, _ options: RecordingOptions) throws -> BatchResult {
    do {
      return try book.record(
        { JournalFile(text: Data(typed.joined(separator: "\n").utf8), name: nil, fundNames: $0) }, options: options)
    } catch let problems as Problems {
      let declarations = try LedgerSource.book(book).declarations()
      throw Problems(problems.list.map(declarations.suggesting))
    }
  }

  static func write(_ result: BatchResult, dryRun: Bool, to output: OutputOptions, _ format: OutputFormat) throws {
    Terminal.warn(result.warnings)
    let lines = result.results.map { format == .json ? json(of: $0, dryRun: dryRun) : text(of: $0, dryRun: dryRun) }
    try output.write(lines.joined())
  }

  private static func json(of one: RecordingResult, dryRun: Bool) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/record/1")
    object.add("added", one.isNew && !dryRun)
    object.add("dryRun", dryRun)
    object.add("position", one.recorded.position)
    object.add("id", one.recorded.event.id)
    object.add("hash", one.recorded.hash?.hexadecimal)
    object.add(
      "left",
      objects: one.left.map { left in
        var entry = JSONObjectText()
        entry.add("key", left.key.description)
        entry.add("available", left.available.yuan)
        return entry
      })
    return object.text + "\n"
  }

  private static func text(of one: RecordingResult, dryRun: Bool) -> String {
    let event = one.recorded.event
    let what = event.definition.name.here
    let position = one.recorded.position
    let id = event.id ?? ""
    let line: Phrase =
      if dryRun {
        .wouldRecord(position, what)
      } else if one.isNew {
        .recorded(position, what, id: id)
      } else {
        .alreadyRecorded(position, what, id: id)
      }
    let left = one.left.map { Phrase.leftAt($0.key, DisplayUnit.yuan.text($0.available)).here + "\n" }
    return line.here + "\n" + left.joined()
  }
}

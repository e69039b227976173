import ArgumentParser
import Foundation
import Ledger

struct CorrectCommand: ParsableCommand {
  static let configuration = Verb.correct.configuration

  @Argument(help: ArgumentHelp(Phrase.helpShow.here))
  var event: String

  @Option(help: ArgumentHelp(Phrase.helpReversedOn.here, valueName: "date"))
  var reversedOn: String?

  @OptionGroup var book: BookOption
  @OptionGroup var fields: FieldOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var batch: BatchOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    let result = try book.withBook { book in
      let original = try Correction.find(event, in: book)
      let declarations = try LedgerSource.book(book).declarations(knownAt: .position(original.position))
      let lines = try Correction.lines(of: original, fields, reversedOn: reversedOn, declarations)
      let options = RecordingOptions(
        ids: .fresh { Terminal.freshID(on: original.event.date) }, origin: .now(Terminal.now),
        expectedPosition: batch.expectedPosition, dryRun: batch.dryRun, isCorrection: true)
      return try RecordingReport.record(lines, into: book, options)
    }
    try RecordingReport.write(result, dryRun: batch.dryRun, to: output, format)
  }
}

/// A recorded event taken back, and the same event with other fields in its place.
private enum Correction {
  static func find(_ text: String, in book: Book) throws -> RecordedEvent {
    if let found = try LedgerSource.book(book).event(named: text) { return found }
    throw Problems(Problem(.referenceNotFound, value: text, expected: .expectedEvent))
  }

  /// The reversal and the new event, as journal lines. Both bear the original's date unless told otherwise, so that no
  /// state of the past shows the mistake, while what was known at the time still does.
  static func lines(
    of original: RecordedEvent, _ fields: FieldOptions, reversedOn: String?, _ declarations: Declarations
  ) throws -> [String] {
    if let reversedOn { _ = try ArgumentText.day(reversedOn, of: "--reversed-on") }
    var reversal = JSONObjectText()
    reversal.add("type", EventType.reversal.rawValue)
    reversal.add("date", reversedOn ?? original.event.date.description)
    reversal.add("of", original.position)
    reversal.add("id", fields.id.map { "\($0)-reversal" })
    reversal.add("memo", fields.memo)
    let stated = try fields.json(
      type: original.event.type.rawValue, date: fields.date ?? original.event.date.description)
    return [reversal.text, try merged(original.event, with: stated, declarations)]
  }

  /// The original with every field that is stated anew. What the book gave it is left out: it gives it again.
  private static func merged(_ event: Event, with stated: String, _ declarations: Declarations) throws -> String {
    var changes = try object(stated)
    if changes["date"] as? String == event.date.description { changes["date"] = nil }
    if changes.keys.allSatisfy({ ["type", "date", "id"].contains($0) }), changes["date"] == nil {
      throw ArgumentText.usage("N", event.id ?? "", .expectedChange)
    }
    var content = event.withoutDefaults(restingOn: Set(changes.keys.compactMap(Field.init)), declarations)
    content.recorded = nil
    content.id = nil
    content.details[.settled] = nil
    var fields = try object(String(decoding: CanonicalWriter.bytes(of: content), as: UTF8.self))
    if changes["lines"] != nil {
      fields = fields.filter { !Field.belongsToLine($0.key) }
    } else if fields["lines"] != nil, let field = changes.keys.first(where: Field.belongsToLine) {
      throw ArgumentText.usage("--\(field)", changes[field].map { "\($0)" } ?? "", .expectedLinesOfCorrection)
    }
    fields.merge(changes) { _, new in new }
    let data = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  private static func object(_ text: String) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
      throw ArgumentText.usage("--line", text, .expectedLineText)
    }
    return object
  }
}

extension Field {
  /// Whether a field may stand in `lines`.
  fileprivate static func belongsToLine(_ name: String) -> Bool {
    name == Field.lines.rawValue || name == Field.amount.rawValue || LineField(rawValue: name) != nil
  }
}

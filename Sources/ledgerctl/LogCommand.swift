import ArgumentParser
import Ledger

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "log", abstract: Phrase.abstractLog.here)

  @OptionGroup var selection: EventSelection
  @OptionGroup var output: OutputOptions

  @Flag(help: ArgumentHelp(Phrase.helpReverse.here))
  var reverse = false

  @Option(help: ArgumentHelp(Phrase.helpLimit.here, valueName: "N"))
  var limit: Int?

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown, .journal])
    if let limit, limit < 1 { throw ArgumentText.usage("--limit", String(limit), .expectedAtLeastOne) }
    if format == .json || format == .journal {
      var lines: [String] = []
      try selection.forEach { recorded, _ in
        lines.append(String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self) + "\n")
      }
      return try output.write(chosen(lines).joined())
    }
    var table = Table(
      columns: [
        Table.Column(Phrase.columnPosition.here, .right), Table.Column(Phrase.columnDate.here, .left),
        Table.Column(Phrase.columnType.here, .left), Table.Column(Phrase.columnWhat.here, .left),
        Table.Column(Phrase.columnAmountPlain.here, .right),
      ], rows: [])
    try selection.forEach { recorded, target in
      let event = recorded.event
      let reversed = event.type == .reversal ? target : nil
      let total = reversed.map { -$0.event.total } ?? event.total
      table.rows.append([
        String(recorded.position), event.date.description, event.definition.name.here, EventText.summary(of: event),
        event.isMoney ? DisplayUnit.yuan.text(total) : "",
      ])
    }
    table.rows = chosen(table.rows)
    try output.write(table, as: format)
  }

  /// In the order asked for, the first so many.
  private func chosen<Row>(_ rows: [Row]) -> [Row] {
    let ordered = reverse ? rows.reversed() : rows
    return limit.map { Array(ordered.prefix($0)) } ?? ordered
  }
}

extension EventSelection {
  /// The chosen events as a journal.
  func journalText() throws -> String {
    var text = ""
    try forEach { recorded, _ in text += String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self) + "\n" }
    return text
  }
}

/// An event in a few words.
enum EventText {
  static func summary(of event: Event) -> String {
    var parts: [String] = []
    if let first = event.entries.first {
      parts.append(line(first.classification))
      if event.entries.count > 1 { parts.append(Phrase.andMoreLines(event.entries.count - 1).here) }
    }
    for field in [Field.unit, .project, .scheme, .code, .name, .control, .measure, .equals] where event.entries.isEmpty
    {
      let value =
        field == .unit && event.type != .unit ? nil : field == .unit ? event.unit?.text : event.details.text(field)
      if let value { parts.append(value) }
    }
    if let reference = event.of { parts.append(Phrase.about(reference.shown).here) }
    for text in [event.annotation.payee, event.annotation.doc, event.annotation.memo] {
      if let text { parts.append(text) }
    }
    return parts.joined(separator: " ")
  }

  static func line(_ line: Classification) -> String {
    LineField.allCases.compactMap { line[$0] }.joined(separator: "/")
  }
}

extension Reference {
  var shown: String {
    switch self {
    case .position(let position): "#\(position)"
    case .id(let id): id
    }
  }
}

import ArgumentParser
import Ledger

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "log", abstract: Phrase.abstractLog.here)

  @OptionGroup var selection: EventSelection
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown, .journal])
    if format == .json || format == .journal { return try output.write(try selection.journalText()) }
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
    try output.write(table, as: format)
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

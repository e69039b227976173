import ArgumentParser
import Ledger

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: Phrase.abstractShow.here)

  @Argument(help: ArgumentHelp(Phrase.helpShow.here))
  var event: String

  @OptionGroup var source: SourceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json, .csv, .markdown])
    let recorded = try find()
    let line = String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self)
    if format == .json { return try output.write(line + "\n") }
    try output.write(table(of: recorded), as: format)
  }

  private func find() throws -> RecordedEvent {
    let number = Int(event.hasPrefix("#") ? String(event.dropFirst()) : event)
    for source in try source.open() {
      let found = try number.flatMap { try source.event(at: $0) } ?? source.event(withID: event)
      if let found { return found }
    }
    throw Problems(Problem(.referenceNotFound, value: event, expected: .expectedEvent))
  }

  private func table(of recorded: RecordedEvent) -> Table {
    let event = recorded.event
    var rows: [[String]] = []
    func add(_ name: String, _ value: String?) { if let value { rows.append([name, value]) } }
    add(Field.position.rawValue, String(recorded.position))
    add(Field.type.rawValue, "\(event.type.rawValue) \(event.definition.name.here)")
    add(Field.date.rawValue, event.date.description)
    add(Field.recorded.rawValue, event.recorded?.description)
    add(Field.id.rawValue, event.id)
    add(Field.unit.rawValue, event.unit?.text)
    add(Field.year.rawValue, event.year.map(String.init))
    for field in event.details.fields {
      switch event.details[field] {
      case .text(let text): add(field.rawValue, text)
      case .flag(let flag): add(field.rawValue, String(flag))
      case .reference(let reference): add(field.rawValue, reference.shown)
      case .amount(let amount): add(field.rawValue, DisplayUnit.yuan.text(Fen(amount.fen)))
      case .list(let texts): add(field.rawValue, texts.joined(separator: ", "))
      case .map(let pairs): add(field.rawValue, pairs.map { "\($0.name)=\($0.value)" }.joined(separator: ", "))
      case nil: break
      }
    }
    for entry in event.entries {
      add(EventText.line(entry.classification), DisplayUnit.yuan.text(Fen(entry.amount.fen)))
    }
    for field in Annotation.fields { add(field.rawValue, event.annotation[field]) }
    add(Field.hash.rawValue, recorded.hash?.hexadecimal)
    return Table(
      columns: [Table.Column(Phrase.columnField.here, .left), Table.Column(Phrase.columnValue.here, .left)], rows: rows)
  }
}

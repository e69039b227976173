import ArgumentParser
import Ledger

struct LogCommand: ParsableCommand {
  static let configuration = Verb.log.configuration

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
      // A journal has its events in order, whichever are chosen.
      let kept = chosen(lines)
      return try output.stream(from: try selection.source.paths) { write in
        for line in reverse ? kept.reversed() : kept { try write(line) }
      }
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
        String(recorded.position), event.date.description, event.definition.name.here,
        event.summary(in: Speech.language),
        event.isMoney ? DisplayUnit.yuan.text(total) : "",
      ])
    }
    table.rows = chosen(table.rows)
    if table.rows.isEmpty { Terminal.note(.noEvents) }
    try output.write(table, as: format)
  }

  /// In the order asked for, the first so many.
  private func chosen<Row>(_ rows: [Row]) -> [Row] {
    let ordered = reverse ? rows.reversed() : rows
    return limit.map { Array(ordered.prefix($0)) } ?? ordered
  }
}

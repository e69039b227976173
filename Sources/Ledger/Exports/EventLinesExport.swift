/// Events as CSV: a row for each line, with all fields of the journal as columns.
public struct EventLinesExport: EventExport {
  /// Before the fields of the event: the number of the row's line, from 1; empty where the event has none.
  private static let line = "line"
  private static let columns: [Field] =
    [.position, .recorded, .date, .type, .id] + Field.allCases.filter { !placed.contains($0) }
  private static let placed: Set<Field> = [.position, .recorded, .date, .type, .id, .hash, .lines]

  /// Whether a mark in front says that the text is UTF-8, as spreadsheets want.
  private let isMarked: Bool

  public init(isMarked: Bool) { self.isMarked = isMarked }

  public var head: String {
    let titles = EventLinesExport.columns.map(\.rawValue)
    return (isMarked ? "\u{FEFF}" : "") + CSVWriter.line([titles[0], EventLinesExport.line] + titles.dropFirst())
  }

  public func text(of event: ExportedEvent) -> String {
    let recorded = event.recorded
    guard !recorded.event.entries.isEmpty else { return row(recorded, line: nil) }
    return recorded.event.entries.indices
      .filter { event.filter.matches(recorded.event.entries[$0].classification) }
      .map { row(recorded, line: $0) }.joined()
  }

  private func row(_ recorded: RecordedEvent, line: Int?) -> String {
    let entry = line.map { recorded.event.entries[$0] }
    let cells = EventLinesExport.columns.map { recorded.text(of: $0, entry) }
    return CSVWriter.line([cells[0], line.map { String($0 + 1) }] + cells.dropFirst())
  }
}

extension RecordedEvent {
  /// The value of a field as the journal writes it, without JSON's quotes; that of a line for what lines have.
  fileprivate func text(of field: Field, _ entry: Entry?) -> String? {
    switch field {
    case .position: String(position)
    case .type: event.type.rawValue
    case .date: event.date.description
    case .recorded: event.recorded?.description
    case .id: event.id
    case .unit: event.unit?.text
    case .year: event.year.map(String.init)
    case .doc, .payee, .contract, .by, .approval, .memo, .source: event.annotation[field]
    case .amount where entry != nil: entry?.amount.description
    default:
      field.lineField.flatMap { entry?.classification[$0] } ?? event.details[field].map { $0.written }
    }
  }
}

extension DetailValue {
  /// As in the journal; several values in one cell.
  fileprivate var written: String {
    switch self {
    case .text(let text): text
    case .flag(let flag): String(flag)
    // With a mark, since an id may be a number too.
    case .reference(.position(let position)): "#\(position)"
    case .reference(.id(let id)): id
    case .amount(let amount): amount.description
    case .list(let texts): texts.joined(separator: ",")
    case .map(let pairs): pairs.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    }
  }
}

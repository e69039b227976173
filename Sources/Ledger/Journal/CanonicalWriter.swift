extension Event {
  /// What two events must share, byte by byte, to say the same: the canonical form without what the book adds on
  /// recording.
  var contentBytes: [UInt8] {
    var content = self
    content.recorded = nil
    return CanonicalWriter.bytes(of: content)
  }
}

/// Writes events in their one canonical form: RFC 8785 (keys sorted, no spaces), absent fields left out, amounts in
/// yuan with two decimals, one line flat and several in `lines`.
public enum CanonicalWriter {
  /// What the hash covers: the event without its place.
  public static func bytes(of event: Event) -> [UInt8] { bytes(of: event, position: nil, hash: nil) }

  /// A line of a journal, without its newline.
  public static func bytes(of recorded: RecordedEvent) -> [UInt8] {
    bytes(of: recorded.event, position: recorded.position, hash: recorded.hash)
  }

  private static func bytes(of event: Event, position: Int?, hash: ChainHash?) -> [UInt8] {
    var object = JSONObjectText()
    for field in Field.canonicalOrder {
      switch field {
      case .position: object.add(field.rawValue, position)
      case .hash: object.add(field.rawValue, hash?.hexadecimal)
      default: add(field, of: event, to: &object)
      }
    }
    return object.bytes
  }

  /// A field of an event, if it has it.
  static func add(_ field: Field, of event: Event, to object: inout JSONObjectText) {
    switch field {
    case .position, .hash: break  // Of its place in a book, and not its own.
    case .type: object.add(field.rawValue, event.type.rawValue)
    case .date: object.add(field.rawValue, event.date.description)
    case .recorded: object.add(field.rawValue, event.recorded?.description)
    case .id: object.add(field.rawValue, event.id)
    case .unit: object.add(field.rawValue, event.unit?.text)
    case .year: object.add(field.rawValue, event.year)
    case .lines where event.entries.count > 1:
      object.add(field.rawValue, objects: event.entries.map { CanonicalWriter.line($0) })
    case .doc, .payee, .contract, .by, .approval, .memo, .source:
      object.add(field.rawValue, event.annotation[field])
    default:
      if let detail = event.details[field] {
        add(detail, field, to: &object)
      } else if event.entries.count == 1 {
        add(field, of: event.entries[0], to: &object)
      }
    }
  }

  private static func line(_ entry: Entry) -> JSONObjectText {
    var object = JSONObjectText()
    for field in Field.canonicalOrder { add(field, of: entry, to: &object) }
    return object
  }

  private static func add(_ field: Field, of entry: Entry, to object: inout JSONObjectText) {
    switch field {
    case .amount: object.add(field.rawValue, entry.amount.description)
    case .from: object.add(field.rawValue, entry.classification.from)
    default:
      guard let lineField = field.lineField else { return }
      object.add(field.rawValue, entry.classification[lineField])
    }
  }

  /// The value of a field that only some types have, as the journal and the store write it.
  static func add(_ detail: DetailValue, _ field: Field, to object: inout JSONObjectText) {
    switch detail {
    case .text(let text): object.add(field.rawValue, text)
    case .flag(let flag): object.add(field.rawValue, flag)
    case .reference(.position(let position)): object.add(field.rawValue, position)
    case .reference(.id(let id)): object.add(field.rawValue, id)
    case .amount(let amount): object.add(field.rawValue, amount.description)
    case .list(let texts): object.add(field.rawValue, texts: texts)
    case .map(let pairs):
      var map = JSONObjectText()
      for pair in pairs { map.add(pair.name, pair.value) }
      object.add(field.rawValue, map)
    }
  }
}

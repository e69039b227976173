extension Event {
  /// What happened, in a few words for a list.
  public func summary(in language: Language) -> String {
    var parts: [String] = []
    if let first = entries.first {
      parts.append(first.classification.path)
      if entries.count > 1 { parts.append(Phrase.andMoreLines(entries.count - 1).text(in: language)) }
    } else {
      parts += Event.telling.compactMap { field in
        field == .unit ? (type == .unit ? unit?.text : nil) : details[field]?.shown
      }
      if type == .close { parts += [year.map(String.init), unit?.text].compactMap { $0 } }
    }
    if let number = annotation.contract { parts.append(Phrase.contract(number).text(in: language)) }
    if let reference = of { parts.append(Phrase.about(reference.shown).text(in: language)) }
    parts += [annotation.payee, annotation.doc, annotation.memo].compactMap { $0 }
    return parts.joined(separator: " ")
  }

  /// The fields that tell events without lines from one another.
  private static let telling: [Field] = [
    .unit, .project, .scheme, .code, .name, .role, .direction, .value, .control, .level, .basis, .measure, .equals,
  ]
}

extension RecordedEvent {
  /// Which event: its position, its day, its type.
  func label(_ language: Language) -> String {
    "#\(position) \(event.date) \(event.definition.name.text(in: language))"
  }
}

extension Classification {
  /// What the line says, field after field.
  var path: String { LineField.allCases.compactMap { self[$0] }.joined(separator: "/") }
}

extension DetailValue {
  /// As a person reads it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .flag(let flag): String(flag)
    case .reference(let reference): reference.shown
    case .amount(let amount): DisplayUnit.yuan.text(Fen(amount.fen))
    case .list(let texts): texts.joined(separator: ", ")
    case .map(let pairs): pairs.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    }
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

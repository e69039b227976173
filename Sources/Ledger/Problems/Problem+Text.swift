extension Problem {
  /// As a person reads it: place, what is wrong, then one line each for field, value, what was expected and the rule.
  public func text(in language: Language) -> String {
    var lines = ["\(place)\(code.title.text(in: language)) [\(code.rawValue)]"]
    func add(_ label: Phrase, _ text: String?) {
      guard let text else { return }
      lines.append("  \(label.text(in: language))\(language.colon)\(text)")
    }
    if let detail { lines.append("  \(detail.text(in: language))") }
    add(.labelField, field.map(Problem.shortened))
    add(.labelValue, value.map(Problem.shortened))
    add(.labelExpected, expected?.text(in: language))
    add(.labelRule, rule?.text(in: language))
    return lines.joined(separator: "\n")
  }

  private var place: String {
    guard let file = at.file else { return "" }
    let sheet = at.sheet.map { "[\($0)]" } ?? ""
    let line = at.line.map { ":\($0)" } ?? ""
    let column = at.column.map { ":\($0)" } ?? ""
    return "\(file)\(sheet)\(line)\(column): "
  }

  /// A value is quoted to be recognised, not to be read whole; control characters would disturb the terminal.
  private static func shortened(_ value: String) -> String {
    let shown = value.count > 80 ? value.prefix(80) + "…" : value[...]
    return String(shown).visible
  }

  /// How much it weighs: an error stops the work, a warning goes with it.
  public enum Severity: String, Sendable { case error, warning }

  /// One JSON object, as `-O json` prints errors and warnings.
  public func json(in language: Language, as severity: Severity = .error) -> JSONObjectText {
    let message = [code.title.text(in: language), detail?.text(in: language), rule?.text(in: language)]
    var object = JSONObjectText()
    object.add("code", code.rawValue)
    object.add("message", message.compactMap { $0 }.joined(separator: language.sentenceBreak))
    object.add("file", at.file)
    object.add("sheet", at.sheet)
    object.add("line", at.line)
    object.add("column", at.column)
    object.add("field", field)
    object.add("value", value)
    object.add("expected", expected?.text(in: language))
    var line = JSONObjectText()
    line.add(severity.rawValue, object)
    return line
  }
}

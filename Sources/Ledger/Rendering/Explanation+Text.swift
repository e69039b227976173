extension Explanation {
  /// With the unit of money.
  private func shown(_ value: Rational?, _ unit: DisplayUnit) -> String {
    guard let value else { return "—" }
    switch subject.form {
    case .yuan: return "\(unit.text(value)) \(unit.rawValue)"
    case .percent: return subject.form.plain(value) + "%"
    case .number: return subject.form.plain(value)
    }
  }

  /// The figure with its formula, then the events of each part with what they add up to.
  public func text(width: Int, in unit: DisplayUnit, _ language: Language) -> String {
    let head = "\(subject.id) = \(shown(value, unit))"
    let formula = "  = \(subject.formula.text)"
    let when = Phrase.explainHorizon(year: subject.year, horizon).text(in: language)
    var text =
      (head.wrapped(to: width) + formula.wrapped(to: width) + when.wrapped(to: width)).joined(separator: "\n") + "\n"
    for part in parts {
      if parts.count > 1 { text += "\n" + part.title.wrapped(to: width).joined(separator: "\n") + "\n" }
      text += "\n" + table(of: part, in: unit, language).text(width: width)
    }
    return text
  }

  public func markdown(in unit: DisplayUnit, _ language: Language) -> String {
    var text = "## \(subject.id) = \(shown(value, unit))\n\n`\(subject.formula.text)`\n"
    for part in parts { text += "\n### `\(part.title)`\n\n" + table(of: part, in: unit, language).markdown }
    return text
  }

  private func table(of part: Part, in unit: DisplayUnit, _ language: Language) -> Table {
    let columns: [(Phrase, Table.Alignment)] = [
      (.columnPosition, .right), (.columnDate, .left), (.columnType, .left), (.columnDocument, .left),
      (.columnPayee, .left),
      (.columnAmount(unit.rawValue), .right),
    ]
    let rows = part.entries.map { entry in
      let event = entry.recorded.event
      let number = "#\(entry.recorded.position)"
      return [
        entry.source.map { "\($0) \(number)" } ?? number, event.date.description,
        event.definition.name.text(in: language), event.annotation.doc ?? event.annotation.contract ?? "",
        event.annotation.payee ?? event.annotation.memo.map(shortened) ?? "",
        entry.amount.map { unit.text($0) } ?? event.details.text(.value) ?? event.details.text(.equals) ?? "",
      ]
    }
    let isMoney = part.entries.allSatisfy { $0.amount != nil }
    let sum = isMoney ? part.value.map { unit.text($0) } ?? "—" : ""
    return Table(
      columns: columns.map { Table.Column($0.0.text(in: language), $0.1) }, rows: rows,
      totals: isMoney ? [[Phrase.total.text(in: language), "", "", "", "", sum]] : [])
  }

  /// The beginning of a remark; `show` has the rest.
  private func shortened(_ memo: String) -> String { memo.count > 24 ? "\(memo.prefix(23))…" : memo }

  /// A line an event: the part, where it is written down, and what it adds in yuan.
  public var csv: String {
    CSVWriter.line(["part", "source", "position", "id", "date", "type", "doc", "contract", "payee", "memo", "amount"])
      + parts.flatMap { part in
        part.entries.map { entry in
          let event = entry.recorded.event
          return CSVWriter.line([
            part.title, entry.source, String(entry.recorded.position), event.id, event.date.description,
            event.type.rawValue,
            event.annotation.doc, event.annotation.contract, event.annotation.payee, event.annotation.memo,
            entry.amount?.text(decimals: 2) ?? event.details.text(.value) ?? event.details.text(.equals),
          ])
        }
      }.joined()
  }

  /// One line of JSON, `ledgerctl/explain/1`.
  public var json: String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/explain/1")
    object.add("cell", subject.id)
    object.add("formula", subject.formula.text)
    object.add("unit", orNull: subject.units.single?.text)
    object.add("year", subject.year)
    object.add("asOf", horizon.asOf.description)
    object.add("knownAt", orNull: horizon.knownAt.text)
    object.add(subject.form == .yuan ? "amount" : "value", orNull: value.map(subject.form.plain))
    object.add("parts", objects: parts.map(json))
    return object.text
  }

  private func json(_ part: Part) -> JSONObjectText {
    var object = JSONObjectText()
    object.add("formula", part.title)
    object.add("amount", orNull: part.value.map { $0.text(decimals: max(2, $0.usualDecimals)) })
    object.add(
      "events",
      objects: part.entries.map { entry in
        let event = entry.recorded.event
        var line = JSONObjectText(naming: entry.recorded, in: entry.source)
        line.add("unit", orNull: event.unit?.text)
        line.add("doc", orNull: event.annotation.doc)
        line.add("contract", orNull: event.annotation.contract)
        line.add("payee", orNull: event.annotation.payee)
        line.add("memo", orNull: event.annotation.memo)
        line.add("amount", orNull: entry.amount?.text(decimals: 2))
        return line
      })
    return object
  }
}

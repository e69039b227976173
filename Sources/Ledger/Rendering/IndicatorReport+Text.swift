extension IndicatorReport.Row {
  /// In percent, yuan or as a plain number.
  fileprivate var shown: String? { value.map(definition.unit.plain) }
}

extension IndicatorReport {
  public func heading(_ language: Language) -> String {
    let known = horizon.knownAt.text ?? Phrase.knownEverything.text(in: language)
    return Phrase.reportHeading(
      title: Phrase.titleIndicators.text(in: language), years: String(year), asOf: horizon.asOf.description,
      known: known,
      position: position, unit: DisplayUnit.yuan.rawValue
    ).text(in: language)
  }

  public func table(_ language: Language) -> Table {
    let columns: [(Phrase, Table.Alignment)] = [
      (.columnIndicator, .left), (.columnNumerator, .right), (.columnDenominator, .right), (.columnValue, .right),
    ]
    return Table(
      columns: columns.map { Table.Column($0.0.text(in: language), $0.1) },
      rows: rows.map { row in
        [
          "\(row.definition.id) \(row.definition.name)", row.numerator.map { DisplayUnit.yuan.text($0) } ?? "—",
          row.denominator.map { DisplayUnit.yuan.text($0) } ?? "—",
          row.shown.map { row.definition.unit == .percent ? "\($0)%" : $0 } ?? "—",
        ]
      })
  }

  public var csv: String {
    CSVWriter.line(["id", "version", "name", "formula", "source", "numerator", "denominator", "value"])
      + rows.map { row in
        CSVWriter.line([
          row.definition.id, String(row.definition.version), row.definition.name, row.definition.formula.text,
          row.definition.source, row.numerator?.text(decimals: 2), row.denominator?.text(decimals: 2), row.shown,
        ])
      }.joined()
  }

  /// One line of JSON, `ledgerctl/indicators/1`.
  public var json: String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/indicators/1")
    object.add(horizon, position: position, units: units, years: [year])
    object.add(
      "indicators",
      objects: rows.map { row in
        var entry = JSONObjectText()
        entry.add("id", row.definition.id)
        entry.add("version", row.definition.version)
        entry.add("name", row.definition.name)
        entry.add("formula", row.definition.formula.text)
        entry.add("source", row.definition.source)
        entry.add("numerator", orNull: row.numerator?.text(decimals: 2))
        entry.add("denominator", orNull: row.denominator?.text(decimals: 2))
        entry.add("value", orNull: row.shown)
        return entry
      })
    return object.text
  }
}

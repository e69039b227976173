extension DiffReport {
  /// What stands above the table: both dates of both states, the year, the unit of money.
  public func heading(in unit: DisplayUnit, _ language: Language) -> String {
    func side(_ horizon: Horizon) -> Phrase {
      let known = horizon.knownAt.text.map(Phrase.asIs) ?? .knownEverything
      return .horizon(asOf: horizon.asOf.description, known: known)
    }
    let years = query.years.map(String.init).joined(separator: ",")
    return Phrase.diffHeading(years: years, from: side(from), to: side(to), unit: unit.rawValue).text(in: language)
  }

  /// A block for each grouping: its measures before and after, then the events.
  public func table(in unit: DisplayUnit, _ language: Language) -> Table {
    var table = Table(
      columns: [
        Table.Column(Phrase.columnBudgetLine.text(in: language), .left),
        Table.Column(Phrase.columnMeasure.text(in: language), .left),
        Table.Column(Phrase.columnBefore.text(in: language), .right),
        Table.Column(Phrase.columnAfter.text(in: language), .right),
        Table.Column(Phrase.columnChange.text(in: language), .right),
      ], rows: [])
    for row in rows {
      // Of whole lines most fields are absent; of a few fields an absent one must show.
      let key =
        query.by.isEmpty
        ? [Phrase.total.text(in: language)] : query.by.count > 3 ? row.key.compactMap { $0 } : row.key.map { $0 ?? "—" }
      let label = (key + [query.by.count == 1 ? row.name : nil].compactMap { $0 }).joined(separator: " ")
      for (index, measure) in row.changed.enumerated() {
        table.rows.append([
          index == 0 ? label : "", measure.title.text(in: language), unit.text(row.before[measure]),
          unit.text(row.after[measure]), unit.text(row.after[measure] - row.before[measure]),
        ])
      }
      if row.changed.isEmpty { table.rows.append([label, Phrase.noChange.text(in: language), "", "", ""]) }
      for cause in row.causes {
        let event = cause.recorded.event
        let notes = [cause.source, event.annotation.doc, event.annotation.payee].compactMap { $0 }
        let head = "  " + ([cause.recorded.label(language)] + notes).joined(separator: " ")
        let changes = cause.sums.shown
        for (index, change) in changes.enumerated() {
          table.rows.append([
            index == 0 ? head : "", "  " + change.measure.title.text(in: language), "", "", unit.text(change.amount),
          ])
        }
        if changes.isEmpty { table.rows.append([head, "", "", "", ""]) }
      }
    }
    return table
  }

  /// A line a grouping and measure that changed: the key fields, the name, the measure, and yuan before, after and between.
  public var csv: String {
    var text = CSVWriter.line(query.by.map(\.name) + ["name", "measure", "before", "after", "change"])
    for row in rows {
      for measure in row.changed {
        let (before, after) = (row.before[measure], row.after[measure])
        text += CSVWriter.line(
          row.key.map { $0 ?? "" } + [row.name ?? "", measure.rawValue, before.yuan, after.yuan, (after - before).yuan])
      }
    }
    return text
  }

  /// One line of JSON, with every field in a fixed order.
  public var json: String {
    func side(_ horizon: Horizon) -> JSONObjectText {
      var object = JSONObjectText()
      object.add("asOf", horizon.asOf.description)
      object.add("knownAt", orNull: horizon.knownAt.text)
      return object
    }
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/diff/1")
    object.add("from", side(from))
    object.add("to", side(to))
    object.add("unit", orNull: query.units.single?.text)
    object.add("year", orNull: query.years.single)
    object.add("by", texts: query.by.map(\.name))
    object.add("rows", objects: rows.map(json))
    return object.text
  }

  private func json(of row: Row) -> JSONObjectText {
    func figures(_ amount: (Measure) -> Fen) -> JSONObjectText {
      var object = JSONObjectText()
      for measure in row.changed { object.add(measure.rawValue, amount(measure).yuan) }
      return object
    }
    var object = JSONObjectText()
    object.add("key", query.json(ofKey: row.key))
    object.add("name", orNull: row.name)
    object.add("before", figures { row.before[$0] })
    object.add("after", figures { row.after[$0] })
    object.add("change", figures { row.after[$0] - row.before[$0] })
    object.add(
      "events",
      objects: row.causes.map { cause in
        let event = cause.recorded.event
        var entry = JSONObjectText(naming: cause.recorded, in: cause.source)
        entry.add("doc", orNull: event.annotation.doc)
        entry.add("payee", orNull: event.annotation.payee)
        var changes = JSONObjectText()
        for change in cause.sums.shown { changes.add(change.measure.rawValue, change.amount.yuan) }
        entry.add("change", changes)
        return entry
      })
    return object
  }
}

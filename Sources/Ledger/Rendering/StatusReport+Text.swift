extension StatusReport {
  /// One screen.
  ///
  /// - Parameter paint: marks a text by how urgent it is; on a screen without colour, nothing.
  public func text(
    width: Int, in unit: DisplayUnit, _ language: Language, paint: (String, Flag) -> String
  ) -> String {
    let known = horizon.knownAt.text ?? Phrase.knownEverything.text(in: language)
    let heading = Phrase.reportHeading(
      title: Phrase.titleStatus.text(in: language), years: String(year), asOf: horizon.asOf.description, known: known,
      position: position, unit: unit.rawValue)
    let hasPlan = total.figures[.planned] != 0
    let share = Phrase.timeShare(timeShare.map { $0.percent() + "%" } ?? "—", days.passed, days.all, hasPlan: hasPlan)
    let most = projects.sorted { $0.figures[.budget] > $1.figures[.budget] }.prefix(StatusReport.mostProjects)
    let shown = projects.filter { row in most.contains { $0.key == row.key } }
    let layout = Layout(funds + shown + [total], width: width, hasPlan: hasPlan, unit, language)
    var parts = [heading.text(in: language), share.text(in: language)]
    parts.append(block(.byFund, funds, total: funds.count > 1, layout, width: width, unit, language))
    if !shown.isEmpty {
      var text = block(.byProject, shown, total: false, layout, width: width, unit, language)
      if shown.count < projects.count {
        text += "\n" + Phrase.moreProjects(projects.count - shown.count).text(in: language)
      }
      parts.append(text)
    }
    if !contracts.isEmpty { parts.append(contractText(unit, language)) }
    let notes = (funds + projects).flatMap { row in
      row.flags.map { paint("  \($0.note(row, unit).text(in: language))", $0) }
    }
    parts.append(
      notes.isEmpty
        ? Phrase.nothingToNote.text(in: language)
        : ([Phrase.toNote.text(in: language)] + notes).joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// So many projects fit one screen; the largest are shown, and every one that needs a look is named below.
  private static let mostProjects = 12

  /// What all blocks share, so that their bars stand below one another.
  private struct Layout {
    let measures: [Measure]
    let bar: Int

    init(_ rows: [Row], width: Int, hasPlan: Bool, _ unit: DisplayUnit, _ language: Language) {
      measures = [.budget, .disbursed] + (hasPlan ? [.planned] : []) + [.committed, .available]
      let used = measures.map { measure in
        max(
          measure.title.text(in: language).displayWidth,
          rows.map { unit.text($0.figures[measure]).displayWidth }.max() ?? 0) + 2
      }
      let rate = Rate.executionRate.title.text(in: language).displayWidth
      let names = min(28, rows.map { StatusReport.name($0, language).displayWidth }.max() ?? 0)
      // The bar takes what names and figures leave, within reason.
      bar = max(10, min(30, width - used.reduce(0, +) - max(rate, 7) - 4 - names))
    }
  }

  private static func name(_ row: Row, _ language: Language) -> String {
    row.key == nil ? Phrase.total.text(in: language) : [row.key, row.name].compactMap { $0 }.joined(separator: " ")
  }

  private func block(
    _ title: Phrase, _ rows: [Row], total hasTotal: Bool, _ layout: Layout, width: Int, _ unit: DisplayUnit,
    _ language: Language
  ) -> String {
    func cells(_ row: Row) -> [String] {
      let rate = row.figures[Rate.executionRate].map { $0.percent() + "%" } ?? "—"
      return [StatusReport.name(row, language), bar(of: row, width: layout.bar), rate]
        + layout.measures.map { unit.text(row.figures[$0]) }
    }
    let columns =
      [
        Table.Column(title.text(in: language), .left), Table.Column("", .right),
        Table.Column(Rate.executionRate.title.text(in: language), .right),
      ] + layout.measures.map { Table.Column($0.title.text(in: language), .right) }
    let table = Table(columns: columns, rows: rows.map(cells), totals: hasTotal ? [cells(total)] : [])
    return String(table.text(width: width).dropLast())
  }

  /// Spending as a filled part, `│` where the year stands, `┆` where the plan does.
  private func bar(of row: Row, width: Int) -> String {
    func place(_ share: Ratio?) -> Int? {
      share.map { Int(max(0, min(Fen(width), $0.rounded(toUnitsOf: 0, scaledBy: Int128(width))))) }
    }
    let filled = place(row.figures[Rate.executionRate]) ?? 0
    var cells = (0..<width).map { $0 < filled ? "█" : "░" }
    func mark(_ place: Int?, _ sign: String) {
      if let place, width > 0 { cells[max(0, min(width - 1, place - 1))] = sign }
    }
    if row.figures[.planned] != 0 { mark(place(Ratio(row.figures[.planned], over: row.figures[.budget])), "┆") }
    mark(place(timeShare), "│")
    return cells.joined()
  }

  private func contractText(_ unit: DisplayUnit, _ language: Language) -> String {
    let most = 5
    let sum = contracts.reduce(Fen(0)) { $0 + $1.outstanding }
    let isOfSeveral = Set(contracts.map(\.key.unit)).count > 1
    let lines = contracts.prefix(most).map { contract in
      let unitCode = isOfSeveral ? contract.key.unit.text.visible + " " : ""
      return "  \(unitCode)\(contract.key.number.text.visible)  \(unit.text(contract.outstanding))"
    }
    let rest = contracts.count > most ? ["  …"] : []
    let head = Phrase.openContracts(contracts.count, unit.text(sum)).text(in: language)
    return ([head] + lines + rest).joined(separator: "\n")
  }

  /// One line of JSON, with every field in a fixed order.
  public var json: String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/status/1")
    object.add(horizon, position: position, units: units, years: [year])
    object.add("daysPassed", days.passed)
    object.add("daysOfYear", days.all)
    object.add("timeShare", orNull: timeShare?.percent())
    object.add("funds", objects: funds.map { json(of: $0, as: "fund") })
    object.add("projects", objects: projects.map { json(of: $0, as: "project") })
    object.add("total", json(of: total, as: nil))
    object.add(
      "contracts",
      objects: contracts.map { contract in
        var entry = JSONObjectText()
        entry.add("unit", contract.key.unit.text)
        entry.add("contract", contract.key.number.text)
        entry.add("outstanding", contract.outstanding.yuan)
        return entry
      })
    return object.text
  }

  private func json(of row: Row, as field: String?) -> JSONObjectText {
    var object = JSONObjectText()
    if let field {
      object.add(field, orNull: row.key)
      object.add("name", orNull: row.name)
    }
    for measure in [Measure.budget, .planned, .disbursed, .committed, .available, .balance] {
      object.add(measure.rawValue, row.figures[measure].yuan)
    }
    object.add("executionRate", orNull: row.figures[Rate.executionRate]?.percent())
    object.add("planRate", orNull: row.planRate?.percent())
    object.add("flags", texts: row.flags.map(\.rawValue))
    return object
  }
}

/// Which measures a verb puts before a person.
public enum ReportLayout: Sendable {
  case execution, balance, state

  fileprivate var cells: [Cell] {
    switch self {
    case .execution:
      [
        .money(.appropriated), .money(.budget), .money(.disbursed), .rate(.executionRate), .money(.balance),
        .rate(.carryOverRate),
      ]
    case .balance:
      [.money(.carriedIn), .money(.income), .money(.budget), .money(.disbursed), .money(.available), .money(.balance)]
    case .state: []
    }
  }

  fileprivate enum Cell {
    case money(Measure)
    case rate(Rate)

    var title: Phrase {
      switch self {
      case .money(let measure): measure.title
      case .rate(let rate): rate.title
      }
    }

    func text(_ figures: Figures, _ unit: DisplayUnit) -> String {
      switch self {
      case .money(let measure): unit.text(figures[measure])
      case .rate(let rate): figures[rate].map { $0.percent() + "%" } ?? "—"
      }
    }
  }
}

extension MeasureReport {
  /// What stands above the table: both dates, the year, the unit of money.
  public func heading(_ title: Phrase, in unit: DisplayUnit, _ language: Language) -> String {
    let known = horizon.knownAt.text ?? Phrase.knownEverything.text(in: language)
    let years = query.years.map(String.init).joined(separator: ",")
    return Phrase.reportHeading(
      title: title.text(in: language), years: years, asOf: horizon.asOf.description, known: known, position: position,
      unit: unit.rawValue
    ).text(in: language)
  }

  public func table(_ layout: ReportLayout, in unit: DisplayUnit, _ language: Language) -> Table {
    if case .state = layout { return stateTable(in: unit, language) }
    let keyColumns = query.by.map { Table.Column($0.title.text(in: language), .left) }
    // A lot is shown by its name already.
    let hasNames = query.by.last != .lot && rows.contains { $0.name != nil }
    let names = hasNames ? [Table.Column(Phrase.columnName.text(in: language), .left)] : []
    let figures = layout.cells.map { Table.Column($0.title.text(in: language), .right) }
    func cells(_ row: ReportRow) -> [String] { layout.cells.map { $0.text(row.figures, unit) } }
    let body = rows.map { row in
      shownKey(row, language) + (hasNames ? [row.name ?? ""] : []) + cells(row)
    }
    let label = Phrase.total.text(in: language)
    let heads = [label] + Array(repeating: "", count: max(0, keyColumns.count + names.count - 1))
    let columns = keyColumns.isEmpty ? [Table.Column("", .left)] : keyColumns + names
    return Table(columns: columns + figures, rows: body, totals: [heads + cells(total)])
  }

  private func shownKey(_ row: ReportRow, _ language: Language) -> [String] {
    zip(query.by, row.key).map { dimension, value in
      let lot = dimension == .lot ? value.flatMap(Lot.init(text:)) : nil
      return lot?.title.text(in: language) ?? value ?? "—"
    }
  }

  /// One line a budget line and measure that is not zero: the whole vector would not fit any screen.
  private func stateTable(in unit: DisplayUnit, _ language: Language) -> Table {
    let columns = [
      Table.Column(Phrase.columnBudgetLine.text(in: language), .left),
      Table.Column(Phrase.columnMeasure.text(in: language), .left),
      Table.Column(Phrase.columnAmount(unit.rawValue).text(in: language), .right),
    ]
    func lines(_ label: String, _ figures: Figures) -> [[String]] {
      let shown = Measure.allCases.filter { figures[$0] != 0 }
      return shown.enumerated().map { index, measure in
        [index == 0 ? label : "", measure.title.text(in: language), unit.text(figures[measure])]
      }
    }
    return Table(
      columns: columns,
      rows: rows.flatMap { row in lines(row.key.compactMap { $0 }.joined(separator: " "), row.figures) },
      totals: lines(Phrase.total.text(in: language), total.figures))
  }

  /// This year beside the year compared with, a line a measure.
  public func comparisonTable(in unit: DisplayUnit, _ language: Language) -> Table {
    let columns = [
      Table.Column(Phrase.columnGroup.text(in: language), .left),
      Table.Column(Phrase.columnMeasure.text(in: language), .left),
      Table.Column(query.years.first.map(String.init) ?? "", .right),
      Table.Column(priorYear.map(String.init) ?? "", .right),
      Table.Column(Phrase.columnChange.text(in: language), .right),
      Table.Column(Phrase.columnGrowth.text(in: language), .right),
    ]
    func lines(_ label: String, _ row: ReportRow) -> [[String]] {
      let prior = row.prior ?? Figures()
      let shown = MeasureReport.compared.filter { row.figures[$0] != 0 || prior[$0] != 0 }
      return shown.enumerated().map { index, measure in
        [
          index == 0 ? label : "", measure.title.text(in: language), unit.text(row.figures[measure]),
          unit.text(prior[measure]), unit.text(row.figures[measure] - prior[measure]),
          row.growth(of: measure).map { $0.percent() + "%" } ?? "—",
        ]
      }
    }
    return Table(
      columns: columns,
      rows: rows.flatMap { row in
        lines((row.key.map { $0 ?? "—" } + [row.name].compactMap { $0 }).joined(separator: " "), row)
      },
      totals: lines(Phrase.total.text(in: language), total))
  }
}

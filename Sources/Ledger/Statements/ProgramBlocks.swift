/// The blocks of a table that have no fixed rows: performance indicators with their targets, weights and points, and
/// texts, all from `indicator` events.
struct ProgramBlocks {
  let builder: StatementBuilder
  /// The name of the table, and of the project where it is of one.
  let path: [String]
  let project: String?

  private typealias Block = StatementTable.Block
  private typealias Row = StatementTable.Row
  private typealias Cell = StatementTable.Cell
  private typealias Column = StatementTable.Column

  private var year: Int { builder.year }

  /// - Parameter before: the blocks that the definition gives.
  func blocks(
    of statement: StatementName, after before: [StatementTable.Block], _ notes: inout TableNotes
  ) -> [StatementTable.Block] {
    switch statement {
    case .finalAccounts, .budget: return []
    case .selfEvaluation:
      let points = before.first?.rows.first?.cells.compactMap { $0 }
        .first { $0.column == Phrase.columnScore.chinese }?.formula
      return [goals(&notes), indicators(&notes), total(of: points, &notes)]
    case .targets:
      return [
        texts([.textDuties, .textTasks, .textLongGoal, .textYearGoal], named: .blockTexts, &notes),
        longTerm(&notes), yearly(&notes),
      ].filter { !$0.rows.isEmpty }
    }
  }

  /// Performance indicators of this project, or of the unit as a whole, by group and name in the order recorded.
  private func listed(in years: ClosedRange<Int>, roles: Set<IndicatorRole>) -> [Listed] {
    var found: [Listed] = []
    let texts = Set(
      [
        Phrase.textDuties, .textTasks, .textLongGoal, .textYearGoal, .textGoal, .indicatorSelfScore,
      ].map(\.chinese))
    for value in builder.ledger.indicators.values(ofProject: project.map(ExactText.init)) {
      guard years.contains(value.year), roles.contains(value.role), !texts.contains(value.name),
        builder.scope.units?.contains(value.unit) ?? true
      else { continue }
      let listed = Listed(group: value.group, name: value.name)
      if !found.contains(listed) { found.append(listed) }
    }
    // One name under two groups is two indicators, so the group tells their rows apart.
    let doubled = Set(
      found.filter { one in found.contains { $0.name == one.name && $0.group != one.group } }.map(\.name))
    return found.map { doubled.contains($0.name) ? Listed(group: $0.group, name: $0.name, isDoubled: true) : $0 }
  }

  private struct Listed: Equatable {
    let group: String?
    let name: String
    /// Whether another group has an indicator of this name.
    var isDoubled = false

    /// What ids of its cells say.
    var row: String { isDoubled ? "\(group ?? "-"):\(name)" : name }

    /// 一级指标/二级指标, as `group` states them.
    var levels: (String, String) {
      let parts = (group ?? "").split(separator: "/", maxSplits: 1).map(String.init)
      return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
  }

  private func term(_ listed: Listed, _ role: IndicatorRole, year: Int? = nil) -> IndicatorTerm {
    IndicatorTerm(
      name: listed.name, project: project, role: role, group: listed.group, year: year.map { .absolute($0) })
  }

  private func value(_ term: IndicatorTerm) -> IndicatorTable.Value? {
    builder.ledger.indicators.value(of: term, in: builder.scope)
  }

  // MARK: 项目支出绩效自评表

  private func goals(_ notes: inout TableNotes) -> StatementTable.Block {
    let name = Phrase.blockGoals.chinese
    let goal = Listed(group: nil, name: Phrase.textGoal.chinese)
    let cells = [(Phrase.columnExpected, IndicatorRole.target), (.columnAchieved, .actual)].map { column, role in
      textCell(name, row: goal.name, column: column.chinese, term(goal, role), &notes)
    }
    return Block(
      name: name, isStacked: true,
      columns: [column(.label, .textGoal), column(.text, .columnExpected), column(.text, .columnAchieved)],
      rows: [
        Row(id: goal.name, label: goal.name, code: nil, line: nil, indent: 0, isTotal: false, cells: [nil] + cells)
      ])
  }

  private func indicators(_ notes: inout TableNotes) -> StatementTable.Block {
    let name = Phrase.blockIndicators.chinese
    let rows = listed(in: year...year, roles: Set(IndicatorRole.allCases)).map { listed -> StatementTable.Row in
      func text(_ column: Phrase, _ role: IndicatorRole) -> StatementTable.Cell {
        textCell(name, row: listed.row, column: column.chinese, term(listed, role), &notes)
      }
      let cells = [
        text(.columnTarget, .target), text(.columnActual, .actual), text(.columnWeight, .weight),
        score(of: listed, name, &notes),
      ]
      return row(of: listed, name, cells)
    }
    return Block(
      name: name, isStacked: true,
      columns: levelColumns + [
        column(.text, .columnTarget), column(.text, .columnActual), column(.text, .columnWeight),
        column(.number, .columnScore),
      ], rows: rows)
  }

  /// The points recorded, or those that weight, target and actual value give.
  private func scoreFormula(of listed: Listed) -> Formula? {
    if value(term(listed, .score))?.number != nil { return .indicator(term(listed, .score)) }
    let (weight, target, actual) = (term(listed, .weight), term(listed, .target), term(listed, .actual))
    guard value(weight)?.number != nil, let aim = value(target), let aimed = aim.number,
      let reached = value(actual)?.number
    else { return nil }
    let share: Formula
    switch aim.direction ?? value(actual)?.direction {
    case .atLeast where !aimed.isZero: share = .quotient(.indicator(actual), .indicator(target))
    case .atMost where !aimed.isZero && !reached.isZero: share = .quotient(.indicator(target), .indicator(actual))
    // Reached as well as can be; a quotient would not say so.
    case .atMost where !aimed.isZero: return .indicator(weight)
    case .equal where aimed == reached: return .indicator(weight)
    case .atLeast, .atMost, .equal, nil: return nil
    }
    // min(1, share) without a function of that name.
    let (one, two) = (Formula.number(Rational(1), spelling: "1"), Formula.number(Rational(2), spelling: "2"))
    let capped = Formula.quotient(.difference(.sum(share, one), .magnitude(.difference(share, one))), two)
    return .rounded(.product(.indicator(weight), capped), decimals: 2)
  }

  private func score(of listed: Listed, _ block: String, _ notes: inout TableNotes) -> StatementTable.Cell {
    let formula = scoreFormula(of: listed)
    let points = formula.flatMap { builder.ledger.value(of: $0, in: builder.scope) }
    return Cell(
      id: id(block, listed.row, Phrase.columnScore.chinese), row: listed.row, label: listed.name,
      column: Phrase.columnScore.chinese,
      value: points.map { .number($0) } ?? .blank(note: notes.number(of: Phrase.blankNoScore.chinese)), formula: formula
    )
  }

  /// 总分: the points of execution and of every indicator; none where one is missing.
  private func total(of points: Formula?, _ notes: inout TableNotes) -> StatementTable.Block {
    let all = listed(in: year...year, roles: Set(IndicatorRole.allCases))
    let formulas = all.map(scoreFormula)
    let label = Phrase.totalScore.chinese
    var formula: Formula?
    if let points, !all.isEmpty, formulas.allSatisfy({ $0 != nil }) {
      formula = Formula.sum(of: [points] + formulas.compactMap { $0 })
    }
    let value = formula.flatMap { builder.ledger.value(of: $0, in: builder.scope) }
    let cell = Cell(
      id: id(label, label, Phrase.columnScore.chinese), row: label, label: label, column: Phrase.columnScore.chinese,
      value: value.map { .number($0) } ?? .blank(note: notes.number(of: Phrase.blankNoTotal.chinese)), formula: formula)
    return Block(
      name: label, isStacked: true, columns: [column(.label, .totalScore), column(.number, .columnScore)],
      rows: [Row(id: label, label: label, code: nil, line: nil, indent: 0, isTotal: true, cells: [nil, cell])])
  }

  // MARK: 部门整体绩效目标表

  private func texts(_ names: [Phrase], named block: Phrase, _ notes: inout TableNotes) -> StatementTable.Block {
    let rows = names.map { name -> StatementTable.Row in
      let listed = Listed(group: nil, name: name.chinese)
      let cell = textCell(
        block.chinese, row: listed.name, column: Phrase.columnContent.chinese, term(listed, .target), &notes)
      return Row(
        id: listed.name, label: listed.name, code: nil, line: nil, indent: 0, isTotal: false, cells: [nil, cell])
    }
    return Block(
      name: block.chinese, isStacked: true, columns: [column(.label, block), column(.text, .columnContent)], rows: rows)
  }

  /// Targets of later years, each with the year by which it is to be reached.
  private func longTerm(_ notes: inout TableNotes) -> StatementTable.Block {
    let name = Phrase.blockLongTerm.chinese
    let last = 2999
    let rows = listed(in: (year + 1)...last, roles: [.target]).compactMap { listed -> StatementTable.Row? in
      let targets = builder.ledger.indicators.values(ofProject: project.map(ExactText.init)).filter {
        $0.year > year && $0.role == .target && $0.name == listed.name && $0.group == listed.group
      }
      guard let by = targets.map(\.year).max() else { return nil }
      let aim = textCell(
        name, row: listed.row, column: Phrase.columnTargetValue.chinese, term(listed, .target, year: by), &notes)
      let until = Cell(
        id: id(name, listed.row, Phrase.columnUntil.chinese), row: listed.row, label: listed.name,
        column: Phrase.columnUntil.chinese, value: .text(String(by)), formula: nil)
      return row(of: listed, name, [aim, until])
    }
    return Block(
      name: name, isStacked: true,
      columns: levelColumns + [column(.text, .columnTargetValue), column(.text, .columnUntil)], rows: rows)
  }

  /// Targets of the year beside the values of the two years before it.
  private func yearly(_ notes: inout TableNotes) -> StatementTable.Block {
    let name = Phrase.blockYearly.chinese
    let rows = listed(in: year...year, roles: [.target]).map { listed -> StatementTable.Row in
      let earlier = [year - 2, year - 1].map { year -> StatementTable.Cell in
        // What was reached, or what was aimed at where only that is recorded.
        let reached = term(listed, .actual, year: year)
        let known = value(reached) == nil ? term(listed, .target, year: year) : reached
        return textCell(name, row: listed.row, column: Phrase.columnYear(year).chinese, known, &notes)
      }
      let aim = textCell(
        name, row: listed.row, column: Phrase.columnExpectedValue.chinese, term(listed, .target), &notes)
      return row(of: listed, name, earlier + [aim])
    }
    let earlier = [year - 2, year - 1].map { year in
      Column(
        kind: .text, titles: [Phrase.columnTwoYears.chinese, Phrase.columnYear(year).chinese],
        id: Phrase.columnYear(year).chinese)
    }
    return Block(
      name: name, isStacked: true, columns: levelColumns + earlier + [column(.text, .columnExpectedValue)], rows: rows)
  }

  // MARK: Parts of them

  private var levelColumns: [StatementTable.Column] {
    [column(.text, .columnLevel1), column(.text, .columnLevel2), column(.label, .columnLevel3)]
  }

  private func row(of listed: Listed, _ block: String, _ cells: [StatementTable.Cell]) -> StatementTable.Row {
    let (first, second) = listed.levels
    let levels = [(Phrase.columnLevel1, first), (.columnLevel2, second)].map { column, text in
      Cell(
        id: id(block, listed.row, column.chinese), row: listed.row, label: listed.name, column: column.chinese,
        value: .text(text), formula: nil)
    }
    return Row(
      id: listed.row, label: listed.name, code: nil, line: nil, indent: 0, isTotal: false, cells: levels + [nil] + cells
    )
  }

  private func id(_ parts: String...) -> String { (path + parts).joined(separator: "/") }

  private func column(_ kind: ColumnKind, _ title: Phrase) -> StatementTable.Column {
    Column(kind: kind, titles: [title.chinese], id: title.chinese)
  }

  /// The value of an indicator as recorded, or a blank for a person to fill in.
  private func textCell(
    _ block: String, row: String, column: String, _ term: IndicatorTerm, _ notes: inout TableNotes
  ) -> StatementTable.Cell {
    let found = value(term)
    return Cell(
      id: id(block, row, column), row: row, label: row, column: column,
      value: found.map { .text($0.text) } ?? .blank(note: notes.number(of: Phrase.blankNoIndicator.chinese)),
      formula: found.map { _ in .indicator(term) })
  }
}

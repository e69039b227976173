/// Makes the tables of a statement from their definitions and the figures of a ledger.
struct StatementBuilder {
  let definitions: Definitions
  let place: String
  let year: Int
  let ledger: LedgerFigures
  let scope: FigureTable.Scope

  /// The tables of one definition: one, or one for each project.
  func tables(of definition: TableDefinition, _ entry: LayoutDefinition.Entry) -> [StatementTable] {
    let name = entry.name ?? definition.name
    guard definition.isPerProject else { return [table(of: definition, name, entry.number, project: nil)] }
    return ledger.projects(in: scope).map { table(of: definition, name, entry.number, project: $0) }
  }

  private func table(
    of definition: TableDefinition, _ name: String, _ number: String?, project: String?
  ) -> StatementTable {
    var notes = TableNotes()
    var bindings = Bindings()
    if let project { bindings.bind("P", to: .values([project])) }
    let hasSides = definition.blocks.count > 1
    var blocks = definition.blocks.map { block in
      let path = [name, project].compactMap { $0 } + (hasSides ? [block.name].compactMap { $0 } : [])
      return BlockBuilder(builder: self, definition: block, path: path, bindings: bindings).block(&notes)
    }
    let isEmpty =
      definition.empty != nil
      && blocks.allSatisfy { $0.rows.allSatisfy { $0.cells.allSatisfy { $0?.value.isZero ?? true } } }
    let path = [name, project].compactMap { $0 }
    blocks += ProgramBlocks(builder: self, path: path, project: project).blocks(
      of: definition.statement, after: blocks, &notes)
    for text in self.notes(of: definition, bindings) { _ = notes.number(of: text) }
    return StatementTable(
      name: name, project: project.map { ledger.head(ofProject: $0, in: scope) }, number: number, blocks: blocks,
      note: definition.note, notes: notes.texts,
      emptySentence: isEmpty ? definition.empty : nil)
  }
}

extension StatementBuilder {
  /// The notes that a table's figures call for.
  func notes(of definition: TableDefinition, _ bindings: Bindings = Bindings()) -> [String] {
    definition.notes.compactMap { note in
      guard let amount = ledger.value(of: note.condition.bound(to: bindings), in: scope), !amount.isZero else {
        return nil
      }
      return note.text.replacing("{}", with: DisplayUnit.tenThousand.plain(amount))
    }
  }
}

/// The numbered notes under a table, each text once.
struct TableNotes {
  private(set) var texts: [String] = []

  mutating func number(of text: String) -> Int {
    if let place = texts.firstIndex(of: text) { return place + 1 }
    texts.append(text)
    return texts.count
  }
}

/// Makes one side of a table.
private struct BlockBuilder {
  let builder: StatementBuilder
  let definition: BlockDefinition
  /// What stands before the row in ids of cells.
  let path: [String]
  let bindings: Bindings
  private let columns: [ColumnDefinition]
  private let headings: Set<String>

  init(builder: StatementBuilder, definition: BlockDefinition, path: [String], bindings: Bindings) {
    self.builder = builder
    self.definition = definition
    self.path = path
    self.bindings = bindings
    columns = definition.columns.filter { $0.applicability.applies(in: builder.year, at: builder.place) }
    headings = Set(columns.filter { $0.kind.isFigure && $0.titles.count > 1 }.map { $0.titles[0] })
  }

  /// A row before its cells are known.
  private struct Stub {
    let definition: RowDefinition
    let id: String
    let label: String
    let code: String?
    let bindings: Bindings
    var isDroppedAtZero = false
  }

  func block(_ notes: inout TableNotes) -> StatementTable.Block {
    var rows: [StatementTable.Row] = []
    for row in definition.rows where row.applicability.applies(in: builder.year, at: builder.place) {
      for stub in stubs(of: row) {
        // Notes of a row that is dropped do not count.
        var theirs = notes
        let cells = columns.map { column in column.kind.isFigure && !row.isSpacer ? cell(stub, column, &theirs) : nil }
        let isZero = cells.allSatisfy { $0?.value.isZero ?? true }
        if isZero, stub.isDroppedAtZero || row.isDroppedAtZero || row.isMadePerCode { continue }
        notes = theirs
        rows.append(
          StatementTable.Row(
            id: stub.id, label: stub.label, code: stub.code, line: row.line, indent: row.indent, isTotal: row.isTotal,
            cells: cells))
      }
    }
    return StatementTable.Block(
      name: definition.name, isStacked: definition.isStacked, columns: columns.map { $0.column(in: builder.year) },
      rows: rows)
  }

  private func stubs(of row: RowDefinition) -> [Stub] {
    let base = bindings.merged(with: Bindings(row.with))
    func stub(_ code: String, _ field: Variables.Field, isDroppedAtZero: Bool = false) -> Stub {
      var bindings = base
      bindings.bind(field.variable, to: .values([code]))
      let name = builder.ledger.name(of: code, in: field.lineField, year: builder.year) ?? ""
      return Stub(
        definition: row, id: code, label: name, code: code, bindings: bindings, isDroppedAtZero: isDroppedAtZero)
    }
    switch row.source {
    case .fixed: return [Stub(definition: row, id: row.id, label: row.label, code: nil, bindings: base)]
    case .spacer: return [Stub(definition: row, id: "", label: "", code: nil, bindings: base)]
    case .codes(let codes, let field): return codes.map { stub($0, field) }
    case .all(let code, let field):
      let published = builder.ledger.published(under: code, in: field.lineField, year: builder.year)
      // A code that the published table lacks has its row where it is used.
      let used = builder.ledger.codes(of: field.lineField, in: builder.scope).filter {
        $0.hasPrefix(code) && !published.contains($0)
      }
      return (published.map { stub($0, field) } + used.map { stub($0, field, isDroppedAtZero: true) })
        .sorted { $0.id < $1.id }
    case .each(let field, let under, let except):
      let codes = builder.ledger.codes(of: field.lineField, in: builder.scope).filter { code in
        !except.contains(code) && (under?.contains { code != $0 && code.hasPrefix($0) } ?? true)
      }
      guard under == nil else { return codes.map { stub($0, field) } }
      var unclassified = base
      unclassified.bind(field.variable, to: .absent)
      let label = Phrase.unclassified.chinese
      return codes.map { stub($0, field) }
        + [Stub(definition: row, id: label, label: label, code: nil, bindings: unclassified)]
    }
  }

  private func resolve(_ cell: CellDefinition, _ stub: Stub, _ column: ColumnDefinition) -> ResolvedCell {
    guard let difference = cell.difference else {
      return builder.ledger.resolve(cell, stub.bindings.merged(with: Bindings(column.with)), in: builder.scope)
    }
    // Of two cells of this row, each with the alternative it has chosen.
    var sides: [Formula] = []
    for id in difference {
      guard let other = columns.first(where: { $0.id == id }) else { return .blank(Phrase.blankNotRecorded.chinese) }
      switch resolve(definition.definition(of: stub.definition, in: other), stub, other) {
      case .formula(let formula): sides.append(formula)
      case .blank(let why): return .blank(why)
      }
    }
    return .formula(.difference(sides[0], sides[1]))
  }

  private func cell(_ stub: Stub, _ column: ColumnDefinition, _ notes: inout TableNotes) -> StatementTable.Cell {
    let definition = self.definition.definition(of: stub.definition, in: column)
    let resolved = resolve(definition, stub, column)
    let heading = headings.count > 1 ? [column.titles[0]] : []
    let value: StatementTable.Value
    let formula: Formula?
    switch resolved {
    case .blank(let why):
      value = .blank(note: notes.number(of: why))
      formula = nil
    case .formula(let found):
      let amount = builder.ledger.value(of: found, in: builder.scope)
      formula = found
      switch column.kind {
      case .percent: value = .percent(amount)
      case .number:
        let why: Phrase = found.hasIndicators ? .blankNoIndicator : .blankNoValue
        value = amount.map { .number($0) } ?? .blank(note: notes.number(of: why.chinese))
      case .money, .label, .code, .name, .line, .text:
        // Only a quotient has no value, and then nothing is recorded that would give it.
        value = amount.map { .money($0) } ?? .blank(note: notes.number(of: Phrase.blankNoValue.chinese))
      }
    }
    return StatementTable.Cell(
      id: (path + heading + [stub.id, column.id]).joined(separator: "/"), row: stub.id, label: stub.label,
      column: column.id, value: value, formula: formula)
  }
}

extension RowDefinition {
  fileprivate var isMadePerCode: Bool {
    if case .each = source { return true }
    return false
  }
}

extension ColumnDefinition {
  fileprivate func column(in year: Int) -> StatementTable.Column {
    StatementTable.Column(kind: kind, titles: titles.map { $0.filled(year: year) }, id: id)
  }
}

extension String {
  /// With `{year}`, `{year-1}` and `{year-2}` filled in.
  fileprivate func filled(year: Int) -> String {
    (0...2).reduce(self) { text, back in
      text.replacing(back == 0 ? "{year}" : "{year-\(back)}", with: String(year - back))
    }
  }
}

extension LedgerFigures {
  /// A project with its unit and the unit above, as the head of its table names them.
  fileprivate func head(ofProject code: String, in scope: FigureTable.Scope) -> StatementTable.Project {
    let day = Day.lastDay(ofYear: scope.year) ?? .last
    var units: Set<ExactText> = []
    table.forEachEntry(matching: [Condition(.line(.project), .values([code]))], in: scope) {
      units.insert($0.line.unit)
    }
    let ordered = units.sorted()
    let above = Set(ordered.map { unit in declarations.lazy.compactMap { $0.unitParent(unit, on: day) }.first ?? unit })
    return StatementTable.Project(
      code: code, name: declarations.lazy.compactMap { $0.projectName(ExactText(code), on: day) }.first ?? code,
      units: ordered.map { unitName($0, on: day) }, superiors: above.sorted().map { unitName($0, on: day) })
  }
}

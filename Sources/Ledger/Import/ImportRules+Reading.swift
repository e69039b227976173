extension ImportRules {
  /// Reads a rules file.
  /// - Throws: `Problems`: everything wrong with it.
  public init(reading text: String, file: String) throws {
    let reader = try DefinitionReader.read(text, file: file)
    name = reader.text("name")
    let table = reader.table("file")
    form = TableForm(
      sheet: table?.scalar("sheet"), encoding: table?.choice("encoding", TextEncoding.self),
      separator: table.flatMap { $0.character("separator") })
    headingRow = table.flatMap { $0.integer("heading", atLeast: 1) }
    amounts = table?.choice("amounts", DisplayUnit.self) ?? .yuan
    table?.finish()
    skipped = reader.tables("skip").map { RowCondition($0) }
    stops = reader.tables("stop").map { RowCondition($0) }
    totals = reader.tables("total").map(TotalRule.init)
    id = reader.table("id").map(IDRule.init)
    let common = FieldRules(reader.table("fields"))
    events = reader.tables("event").map { EventRule($0, common: common) }
    if events.isEmpty { reader.wrong("event", nil, .expectedField("event")) }
    if reader.findings.problems.isEmpty { common.finish(events.map(\.type), reader) }
    reader.finish()
    guard reader.findings.problems.isEmpty else { throw Problems(reader.findings.problems) }
  }
}

extension RowCondition {
  fileprivate init(_ reader: DefinitionReader) {
    heading = reader.text("column")
    var tests: [Test] = []
    if let texts = reader.texts("is") { tests.append(.isOneOf(texts)) }
    if let pattern = reader.pattern("matches") { tests.append(.matches(pattern)) }
    if reader.has("filled") { tests.append(.isFilled(reader.flag("filled"))) }
    if let sign = reader.choice("amount", Test.Sign.self) { tests.append(.isAmount(sign)) }
    let names = ["is", "matches", "filled", "amount"]
    if names.count(where: reader.has) != 1 { reader.wrong(names[0], nil, .expectedOneOf(names)) }
    test = tests.first ?? .isFilled(true)
    if heading == nil, test.needsColumn { reader.wrong("column", nil, .expectedField("column")) }
    reader.finish()
  }
}

extension TotalRule {
  fileprivate init(_ reader: DefinitionReader) {
    isOfAll = reader.choice("of", Extent.self) != .group
    when = RowCondition(reader)
  }

  private enum Extent: String, CaseIterable { case all, group }
}

extension IDRule {
  fileprivate init(_ reader: DefinitionReader) {
    prefix = reader.text("prefix") ?? ""
    headings = reader.texts("columns") ?? []
    if headings.isEmpty { reader.wrong("columns", nil, .expectedField("columns")) }
    reader.finish()
  }
}

extension EventRule {
  fileprivate init(_ reader: DefinitionReader, common: FieldRules) {
    if !reader.has("type") { reader.wrong("type", nil, .expectedField("type")) }
    let known = reader.choice("type", EventType.self)
    let type = known ?? .disbursement
    let conditions = reader.isTable("when") ? [reader.table("when")].compactMap(\.self) : reader.tables("when")
    let own = FieldRules(reader.table("fields"))
    let lines = reader.tables("line").map { FieldRules($0) }
    reader.finish()
    if known != nil { for rules in [own] + lines { rules.finish([type], reader) } }
    self.type = type
    when = conditions.map { RowCondition($0) }
    // What is said of every event holds where the type has such a field, unless it is said otherwise here.
    let usual = common.all.filter { type.definition.fieldsTaken & $0.field.bit != 0 }
    let ofLines = Field.ofLines | .fields(.amount)
    func completed(_ rules: FieldRules, with others: [FieldRule]) -> [FieldRule] {
      rules.all + others.filter { other in !rules.all.contains { $0.field == other.field } }
    }
    fields = completed(own, with: lines.isEmpty ? usual : usual.filter { ofLines & $0.field.bit == 0 })
    self.lines = lines.map { completed($0, with: usual.filter { ofLines & $0.field.bit != 0 }) }
  }
}

/// The fields of a table of rules, each a constant or a column.
private struct FieldRules {
  /// What a row cannot say: where an event stands is the book's matter, and lists have no place in a cell.
  private static let notTaken = UInt64.fields(.type, .id, .recorded, .position, .hash, .lines, .level, .basis)

  private(set) var all: [FieldRule] = []
  private let reader: DefinitionReader?

  init(_ reader: DefinitionReader?) {
    self.reader = reader
    guard let reader else { return }
    for field in Field.allCases where FieldRules.notTaken & field.bit == 0 {
      if reader.isTable(field.rawValue) {
        if let rule = reader.table(field.rawValue).map({ ColumnRule($0, of: field) }) {
          all.append(FieldRule(field: field, source: .column(rule)))
        }
      } else if let text = reader.scalar(field.rawValue) {
        all.append(FieldRule(field: field, source: .constant(text)))
      }
    }
    reader.finish()
  }

  /// Says which fields none of these types takes.
  func finish(_ types: [EventType], _ parent: DefinitionReader) {
    for rule in all where !types.contains(where: { $0.definition.fieldsTaken & rule.field.bit != 0 }) {
      let place = reader?.place(rule.field.rawValue) ?? rule.field.rawValue
      parent.findings.add(
        .definitionUnreadable, place, value: rule.field.rawValue,
        expected: .expectedFieldOf(types.map(\.rawValue).joined(separator: ", ")))
    }
  }
}

extension ColumnRule {
  fileprivate init(_ reader: DefinitionReader, of field: Field) {
    heading = reader.required("column")
    pattern = reader.pattern("pattern")
    values = reader.has("values") ? reader.map("values") : nil
    sign = reader.choice("sign", Sign.self) ?? .keep
    if reader.has("sign"), field != .amount { reader.wrong("sign", nil, .expectedSignOfAmount) }
    reader.finish()
  }
}

extension DefinitionReader {
  /// One character that takes a byte.
  fileprivate func character(_ key: String) -> UInt8? {
    guard let text = text(key) else { return nil }
    if text.utf8.count == 1 { return text.utf8.first }
    wrong(key, .text(text), .expectedSeparator)
    return nil
  }

  fileprivate func integer(_ key: String, atLeast least: Int) -> Int? {
    guard let number = integer(key) else { return nil }
    if number >= least { return number }
    wrong(key, .integer(number), .expectedAtLeast(String(least)))
    return nil
  }

  fileprivate func pattern(_ key: String) -> Pattern? {
    guard let text = text(key) else { return nil }
    if let pattern = Pattern(text) { return pattern }
    wrong(key, .text(text), .expectedPattern)
    return nil
  }
}

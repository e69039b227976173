extension ImportRules {
  /// Reads a rules file.
  /// - Parameter constants: values of fields, as if they stood under `[fields]` in place of what stands there.
  /// - Throws: `Problems`: everything wrong with it.
  public init(reading text: String, file: String, constants: [(field: Field, value: String)] = []) throws {
    let reader = try DefinitionReader.read(text, file: file)
    name = reader.text("name")
    let table = reader.table("file")
    form = TableForm(
      sheet: table?.scalar("sheet"), encoding: table?.choice("encoding", TextEncoding.self),
      separator: table.flatMap { $0.character("separator") })
    headingRow = table.flatMap { $0.integer("heading", atLeast: 1) }
    statedAmounts = table?.choice("amounts", DisplayUnit.self)
    table?.finish()
    skipped = reader.tables("skip").map { RowCondition($0) }
    stops = reader.tables("stop").map { RowCondition($0) }
    totals = reader.tables("total").map(TotalRule.init)
    id = reader.table("id").map(IDRule.init)
    lookups = LookupRules.read(reader.table("lookup"))
    let common = FieldRules(reader.table("fields"), constants)
    let constant = constants.reduce(UInt64(0)) { $0 | $1.field.bit }
    events = reader.tables("event").map { EventRule($0, common: common, without: constant) }
    if events.isEmpty { reader.wrong("event", nil, .expectedField("event")) }
    if reader.findings.problems.isEmpty { common.finish(events.map(\.type), reader) }
    for name in Set(events.flatMap(\.allFields).flatMap(\.lookups)).sorted() where lookups[name] == nil {
      reader.wrong("lookup", .text(name), .expectedField("lookup.\(name)"))
    }
    reader.finish()
    guard reader.findings.problems.isEmpty else { throw Problems(reader.findings.problems) }
  }

  /// Fields whose values a person may give for all rows.
  public static let settable = Field.allCases.filter { FieldRules.notTaken & $0.bit == 0 }
}

private enum LookupRules {
  static func read(_ reader: DefinitionReader?) -> [String: ColumnName] {
    guard let reader else { return [:] }
    var found: [String: ColumnName] = [:]
    for name in reader.keys {
      guard let table = reader.table(name) else { continue }
      found[name] = table.column("key")
      table.finish()
    }
    return found
  }
}

extension FieldRule {
  /// The second tables that it looks in.
  fileprivate var lookups: [String] {
    sources.compactMap { source in
      if case .column(let rule) = source { return rule.lookup?.table }
      return nil
    }
  }
}

extension RowCondition {
  fileprivate init(_ reader: DefinitionReader) {
    column = reader.has("column") ? reader.column("column") : nil
    isOptional = reader.flag("optional")
    var tests: [Test] = []
    if let texts = reader.texts("is") { tests.append(.isOneOf(texts)) }
    if let pattern = reader.pattern("matches") { tests.append(.matches(pattern)) }
    if reader.has("filled") { tests.append(.isFilled(reader.flag("filled"))) }
    if let sign = reader.choice("amount", Test.Sign.self) { tests.append(.isAmount(sign)) }
    let names = ["is", "matches", "filled", "amount"]
    if names.count(where: reader.has) != 1 { reader.wrong(names[0], nil, .expectedOneOf(names)) }
    test = tests.first ?? .isFilled(true)
    if column == nil, test.needsColumn || isOptional { reader.wrong("column", nil, .expectedField("column")) }
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
    columns = reader.textGroups("columns").filter { !$0.isEmpty }.map(ColumnName.init)
    if columns.isEmpty { reader.wrong("columns", nil, .expectedField("columns")) }
    reader.finish()
  }
}

extension EventRule {
  /// - Parameter constant: fields that are said for all rows, so that what stands here does not count.
  fileprivate init(_ reader: DefinitionReader, common: FieldRules, without constant: UInt64) {
    if !reader.has("type") { reader.wrong("type", nil, .expectedField("type")) }
    let known = reader.choice("type", EventType.self)
    let type = known ?? .disbursement
    let conditions = reader.isTable("when") ? [reader.table("when")].compactMap(\.self) : reader.tables("when")
    let own = FieldRules(reader.table("fields"), without: constant)
    let lines = reader.tables("line").map { FieldRules($0, without: constant) }
    same = reader.tables("same").map { same in
      defer { same.finish() }
      return same.tables("of").map { .column(ColumnRule($0, of: .memo)) }
    }
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
  static let notTaken = UInt64.fields(.type, .id, .recorded, .position, .hash, .lines, .level, .basis)

  private(set) var all: [FieldRule] = []
  private let reader: DefinitionReader?

  init(
    _ reader: DefinitionReader?, _ constants: [(field: Field, value: String)] = [], without constant: UInt64 = 0
  ) {
    self.reader = reader
    for field in ImportRules.settable {
      let sources = reader?.sources(of: field) ?? []
      if let constant = constants.last(where: { $0.field == field }) {
        all.append(FieldRule(field: field, sources: [.constant(constant.value)]))
      } else if !sources.isEmpty, constant & field.bit == 0 {
        all.append(FieldRule(field: field, sources: sources))
      }
    }
    reader?.finish()
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
    column = reader.column("column")
    isOptional = reader.flag("optional")
    lookup = reader.text("lookup").map { Lookup(table: $0, take: reader.column("take")) }
    pattern = reader.pattern("pattern")
    values = reader.has("values") ? reader.map("values") : nil
    frame = reader.text("as")
    if let frame, !frame.contains(ColumnRule.gap) { reader.wrong("as", .text(frame), .expectedFrame) }
    sign = reader.choice("sign", Sign.self) ?? .keep
    if reader.has("sign"), field != .amount { reader.wrong("sign", nil, .expectedSignOfAmount) }
    reader.finish()
  }
}

extension DefinitionReader {
  /// Where a field's value comes from: a constant, a column, or several of which a table has one.
  fileprivate func sources(of field: Field) -> [FieldRule.Source] {
    let key = field.rawValue
    if isTable(key) { return [table(key)].compactMap(\.self).map { .column(ColumnRule($0, of: field)) } }
    if isList(key) { return tables(key).map { .column(ColumnRule($0, of: field)) } }
    return scalar(key).map { [.constant($0)] } ?? []
  }

  /// A column that must be named.
  fileprivate func column(_ key: String) -> ColumnName {
    let names = (texts(key) ?? []).filter { !$0.isEmpty }
    if names.isEmpty { wrong(key, nil, .expectedField(key)) }
    return ColumnName(names: names)
  }

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

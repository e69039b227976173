/// A row, or a rule that makes rows.
struct RowDefinition {
  enum Source {
    case fixed
    /// A row for every code in use that has a cell other than zero.
    case each(Variables.Field, under: [String]?, except: [String])
    /// A row for each of these codes, named from the code table.
    case codes([String], Variables.Field)
    /// A class and every code of the table below it.
    case all(String, Variables.Field)
    case spacer

    var variables: [String] {
      switch self {
      case .each(let field, _, _), .codes(_, let field), .all(_, let field): [field.variable]
      case .fixed, .spacer: []
      }
    }
  }

  let source: Source
  let label: String
  let id: String
  /// 行次.
  let line: Int?
  let indent: Int
  let isTotal: Bool
  /// Printed only where a cell is not zero.
  let isDroppedAtZero: Bool
  let cell: CellDefinition
  let cells: [String: CellDefinition]
  let with: [String: String]
  let applicability: Applicability

  var isSpacer: Bool {
    if case .spacer = source { return true }
    return false
  }

  init(_ reader: DefinitionReader) {
    source = RowDefinition.source(reader)
    switch source {
    case .fixed: label = reader.required("label")
    case .each, .codes, .all, .spacer: label = reader.text("label") ?? ""
    }
    id = reader.text("id") ?? PrintedLabel.plain(label)
    line = reader.integer("line")
    indent = reader.integer("indent") ?? 0
    isTotal = reader.flag("total")
    let unless = reader.text("unless")
    if let unless, unless != "zero" { reader.wrong("unless", .text(unless), .expectedOneOf(["zero"])) }
    isDroppedAtZero = unless != nil
    cell = CellDefinition(reader)
    with = reader.map("with")
    applicability = Applicability(reader)
    var cells: [String: CellDefinition] = [:]
    if let entries = reader.table("cells") {
      for name in entries.keys {
        if entries.isTable(name), let entry = entries.table(name) {
          cells[name] = CellDefinition(entry)
          entry.finish()
        } else if let formula = entries.formula(name) {
          cells[name] = CellDefinition(formula: formula)
        }
      }
    }
    self.cells = cells
    reader.finish()
  }

  private static func source(_ reader: DefinitionReader) -> Source {
    let under = reader.texts("under")
    let except = reader.texts("except") ?? []
    if let field = reader.choice("each", Variables.Field.self) { return .each(field, under: under, except: except) }
    let scheme = reader.choice("scheme", Variables.Field.self)
    if let codes = reader.texts("codes") { return .codes(codes, scheme ?? .economic) }
    if let code = reader.text("all") { return .all(code, scheme ?? .economic) }
    return reader.flag("spacer") ? .spacer : .fixed
  }
}

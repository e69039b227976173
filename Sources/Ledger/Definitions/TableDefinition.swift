/// The statements a unit hands in or publishes.
public enum StatementName: String, CaseIterable, Sendable {
  case finalAccounts = "final-accounts"
  case budget
  case selfEvaluation = "self-evaluation"
  case targets
}

/// A table of a statement as data: its rows and columns, and what each cell is a formula of.
public struct TableDefinition: Sendable {
  public struct Note: Sendable {
    let condition: Formula
    /// `{}` stands for the amount.
    let text: String
  }

  public let id: String
  public let version: Int
  public let statement: StatementName
  /// What identifies it.
  public let name: String
  /// The line under the table: what it reflects.
  let note: String?
  /// What an empty table says.
  let empty: String?
  /// One table for every project.
  let isPerProject: Bool
  public let source: String
  let blocks: [BlockDefinition]
  let notes: [Note]

  init(_ reader: DefinitionReader) {
    id = reader.required("id")
    version = reader.integer("version") ?? 1
    statement = reader.choice("statement", StatementName.self) ?? .finalAccounts
    if !reader.has("statement") { reader.wrong("statement", nil, .expectedField("statement")) }
    name = reader.required("name")
    note = reader.text("note")
    empty = reader.text("empty")
    let each = reader.text("each")
    if let each, each != "project" { reader.wrong("each", .text(each), .expectedOneOf(["project"])) }
    isPerProject = each != nil
    source = reader.required("source")
    let variables = isPerProject ? ["P"] : []
    blocks = reader.tables("block").map { BlockDefinition($0, variables: variables) }
    if blocks.isEmpty { reader.wrong("block", nil, .expectedField("block")) }
    notes = reader.tables("notes").compactMap { entry in
      let condition = entry.formula("when")
      if !entry.has("when") { entry.wrong("when", nil, .expectedField("when")) }
      let text = entry.required("text")
      entry.finish()
      if let condition { DefinitionCheck.bound(condition, variables, entry, "when") }
      return condition.map { Note(condition: $0, text: text) }
    }
    reader.finish()
  }
}

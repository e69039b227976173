/// An identity (勾稽关系) as data: two formulas that must agree.
public struct IdentityDefinition: Sendable {
  public enum Relation: String, CaseIterable, Sendable {
    case equal = "="
    case atLeast = ">="
    case atMost = "<="
  }

  /// For what it is asked again and again.
  public enum Each: Sendable {
    /// Every code in use, classes and sections too.
    case field(LineField)
    /// Every combination of codes that lines of the year have.
    case fields([LineField])
    case codes([String], variable: String)
  }

  public let id: String
  public let version: Int
  public let name: String
  public let source: String
  public let left: Formula
  public let relation: Relation
  public let right: Formula
  public let each: Each?
  /// Whether it needs the lines of the year before.
  public let needsPrior: Bool
  /// Where this is zero the identity says nothing.
  public let condition: Formula?

  init(_ reader: DefinitionReader) {
    id = reader.required("id")
    version = reader.integer("version") ?? 1
    name = reader.required("name")
    source = reader.required("source")
    for key in ["left", "right"] where !reader.has(key) { reader.wrong(key, nil, .expectedField(key)) }
    left = reader.formula("left") ?? .number(.zero, spelling: "0")
    right = reader.formula("right") ?? .number(.zero, spelling: "0")
    relation = reader.choice("relation", Relation.self) ?? .equal
    if let codes = reader.texts("codes") {
      each = .codes(codes, variable: reader.required("bind"))
      if reader.has("each") { reader.wrong("each", nil, .expectedEachOrCodes) }
      _ = reader.text("each")
    } else {
      let fields = (reader.choices("each", Variables.Field.self) ?? []).map(\.lineField)
      each = fields.count > 1 ? .fields(fields) : fields.first.map { .field($0) }
    }
    let needs = reader.text("needs")
    if let needs, needs != "prior" { reader.wrong("needs", .text(needs), .expectedOneOf(["prior"])) }
    needsPrior = needs == "prior"
    condition = reader.formula("where")
    reader.finish()
    let variables = Variables.bound(by: each)
    for (key, formula) in [("left", left), ("right", right), ("where", condition)] {
      guard let formula else { continue }
      DefinitionCheck.bound(formula, variables, reader, key)
      if case .codes(let codes, let variable)? = each {
        DefinitionCheck.values([variable: codes.joined(separator: "|")], of: formula, reader)
      }
    }
  }
}

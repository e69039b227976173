/// An indicator (指标) as data: its formula, and where it comes from.
public struct IndicatorDefinition: Sendable {
  public let id: String
  public let version: Int
  public let name: String
  public let unit: FigureForm
  public let formula: Formula
  /// The rule or usage the formula rests on.
  public let source: String

  init(_ reader: DefinitionReader) {
    id = reader.required("id")
    version = reader.integer("version") ?? 1
    name = reader.required("name")
    unit = reader.choice("unit", FigureForm.self) ?? .percent
    if !reader.has("formula") { reader.wrong("formula", nil, .expectedField("formula")) }
    formula = reader.formula("formula") ?? .number(.zero, spelling: "0")
    source = reader.required("source")
    reader.finish()
    DefinitionCheck.bound(formula, [], reader, "formula")
  }
}

/// Random formulas over what a ledger may hold.
struct RandomFormula {
  /// What filters, indicators and printed values are drawn from. Nothing is drawn from what is empty.
  struct Choices {
    var funds: [String]
    var functions: [String]
    var economics: [String]
    var governments: [String]
    var projects: [String]
    var units: [String]
    var years: [Int]
    /// Names of indicators and ids of assertions.
    var indicators: [String]
    var printed: [String]
  }

  /// A well-formed text whose brackets nest up to `depth`, with spaces here and there between its words.
  static func text(from choices: Choices, depth: Int, using random: inout SeededRandom) -> String {
    var writer = FormulaWriter(choices: choices, random: random)
    let words = writer.expression(depth: depth)
    let text = words.map { writer.space() + $0 }.joined() + writer.space()
    random = writer.random
    return text
  }
}

/// Writes one formula as words, between which spaces may stand.
private struct FormulaWriter {
  let choices: RandomFormula.Choices
  var random: SeededRandom

  mutating func space() -> String { random.pick(["", "", "", " ", " ", "  "]) }

  /// One to three terms with operators between them.
  mutating func expression(depth: Int) -> [String] {
    let others = depth > 0 ? random.pick([0, 1, 1, 2]) : random.pick([0, 0, 1])
    var words = term(depth: depth)
    for _ in 0..<others { words += [random.pick(["+", "+", "+", "-", "-", "-", "*", "*", "/"])] + term(depth: depth) }
    return words
  }

  private mutating func term(depth: Int) -> [String] {
    guard depth > 0, random.chance(percent: 50) else { return [leaf()] }
    let inner = expression(depth: depth - 1)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return ["abs", "("] + inner + [")"]
    case 1: return ["round", "("] + inner + [",", random.pick(["0", "1", "2", "2", "4"]), ")"]
    default: return ["("] + inner + [")"]
    }
  }

  private mutating func leaf() -> String {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<15: return number()
    case ..<25: return random.pick(SlowFormula.rates) + filters()
    case ..<30 where !choices.indicators.isEmpty: return "\"\(random.pick(choices.indicators))\""
    case ..<35 where !choices.printed.isEmpty: return printed(random.pick(choices.printed))
    default: return random.pick(SlowFormula.measures + ["disbursed", "budget", "income", "balance"]) + filters()
    }
  }

  private mutating func number() -> String {
    let whole = String(Int.random(in: 0...random.pick([2, 9, 999, 9_999_999]), using: &random))
    let digits = random.pick([0, 0, 1, 2, 4])
    let fraction = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// In quotes where the id needs them, and sometimes where it does not.
  private mutating func printed(_ id: String) -> String {
    let isPlain = id.wholeMatch(of: /[A-Za-z0-9._]+/) != nil
    return isPlain && random.chance(percent: 75) ? "@\(id)" : "@\"\(id)\""
  }
}

// MARK: - Filters

extension FormulaWriter {
  /// None, or some fields in braces, each once.
  private mutating func filters() -> String {
    let usual = ["fund", "function", "nature", "project", "unit", "year"]
    let isUsual = random.chance(percent: 70)
    let fields = possible().filter { !isUsual || usual.contains($0.name) }.shuffled(using: &random)
    let parts = fields.prefix(random.pick([0, 0, 1, 1, 2, 3])).map { field in
      let values = (0..<random.pick(field.name == "key" ? [1] : [1, 1, 1, 2, 3])).map { _ in value(of: field) }
      return "\(field.name)=\(values.joined(separator: "|"))"
    }
    return parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}"
  }

  private struct Field {
    let name: String
    let values: [String]
    /// A value may be cut to one of these lengths.
    let lengths: [Int]
  }

  private func possible() -> [Field] {
    let natures = [
      "basic", "personnel", "public", "project", "operating", "targeted", "business", "remit", "subsidy",
    ]
    let years = choices.years.map { String($0) }
    let fields = [
      Field(name: "fund", values: choices.funds, lengths: [1, 2]),
      Field(name: "function", values: choices.functions, lengths: [1, 3, 5]),
      Field(name: "economic", values: choices.economics, lengths: [1, 3]),
      Field(name: "government", values: choices.governments, lengths: [1, 3]),
      Field(name: "project", values: choices.projects, lengths: []),
      Field(name: "nature", values: natures, lengths: []),
      Field(name: "procurement", values: ["goods", "works", "services"], lengths: []),
      Field(name: "from", values: years, lengths: []),
      Field(name: "category", values: ["tax", "non-tax"], lengths: []),
      Field(name: "unit", values: choices.units, lengths: []),
      Field(name: "year", values: years.isEmpty ? [] : years + ["-1", "-2"], lengths: []),
      Field(name: "key", values: ["true"], lengths: []),
      Field(name: "kind", values: ["administrative", "quasi", "institution"], lengths: []),
    ]
    return fields.filter { !$0.values.isEmpty }
  }

  private mutating func value(of field: Field) -> String {
    let value = random.pick(field.values)
    guard !field.lengths.isEmpty, random.chance(percent: 50) else { return value }
    return String(value.prefix(random.pick(field.lengths)))
  }
}

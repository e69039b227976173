import BigInt

extension Formula {
  /// Reads a formula.
  ///
  /// - Throws: `formula.unreadable`, with the column in characters and what was expected there.
  public init(reading text: String) throws(Unreadable) { try self.init(reading: text, allowingVariables: false) }

  /// Reads a formula in which a condition may name a variable, `function=$F`, to be bound before it has a value.
  init(readingTemplate text: String) throws(Unreadable) { try self.init(reading: text, allowingVariables: true) }

  private init(reading text: String, allowingVariables: Bool) throws(Unreadable) {
    var reader = FormulaReader(text, allowsVariables: allowingVariables)
    do { self = try reader.whole() } catch {
      throw Unreadable(
        .formulaUnreadable, value: text, expected: .expectedInFormula(column: error.column, error.expected))
    }
  }
}

/// A recursive descent over the characters of a formula.
private struct FormulaReader {
  struct Flaw: Error {
    /// From 1.
    let column: Int
    let expected: Phrase
  }

  private let characters: [Character]
  private let allowsVariables: Bool
  private var at = 0
  private var depth = 0
  private var operators = 0
  private var factors = 0

  /// Longer formulas, and deeper ones, are mistakes; the limits keep the stack whole.
  private static let mostCharacters = 20_000
  private static let mostOperators = 1_000
  /// Numbers grow with every one of them.
  private static let mostFactors = 100
  private static let deepest = 200

  init(_ text: String, allowsVariables: Bool) {
    characters = Array(text)
    self.allowsVariables = allowsVariables
  }

  mutating func whole() throws(Flaw) -> Formula {
    guard characters.count <= FormulaReader.mostCharacters else {
      throw Flaw(column: FormulaReader.mostCharacters + 1, expected: .expectedShortFormula)
    }
    let formula = try sum()
    skipSpaces()
    guard at == characters.count else { throw flaw(.expectedOperator) }
    return formula
  }

  private mutating func sum() throws(Flaw) -> Formula {
    depth += 1
    guard depth <= FormulaReader.deepest else { throw flaw(.expectedShallowFormula) }
    defer { depth -= 1 }
    var formula = try product()
    while true {
      if take("+") {
        try count()
        formula = .sum(formula, try product())
      } else if take("-") {
        try count()
        formula = .difference(formula, try product())
      } else {
        return formula
      }
    }
  }

  private mutating func product() throws(Flaw) -> Formula {
    var formula = try unary()
    while true {
      if take("*") {
        try countFactor()
        formula = .product(formula, try unary())
      } else if take("/") {
        try countFactor()
        formula = .quotient(formula, try unary())
      } else {
        return formula
      }
    }
  }

  private mutating func unary() throws(Flaw) -> Formula {
    var isNegative = false
    while take("-") { isNegative.toggle() }
    let formula = try primary()
    return isNegative ? .opposite(formula) : formula
  }

  private mutating func primary() throws(Flaw) -> Formula {
    skipSpaces()
    guard let next = peek else { throw flaw(.expectedOperand) }
    if next == "(" {
      at += 1
      let inner = try sum()
      guard take(")") else { throw flaw(.expectedClosing(")")) }
      return inner
    }
    if next.isDigit { return try number() }
    if next == "\"" { return .indicator(try indicator()) }
    if next == "@" { return .printed(try reference()) }
    if next.isLetterOfName { return try named() }
    throw flaw(.expectedOperand)
  }

  private mutating func number() throws(Flaw) -> Formula {
    let start = at
    let whole = takeWhile(\.isDigit)
    var decimals = ""
    if peek == "." {
      at += 1
      decimals = takeWhile(\.isDigit)
      if decimals.isEmpty { throw flaw(.expectedDigit) }
    }
    let spelling = String(characters[start..<at])
    guard let steps = BigInt(whole + decimals) else { throw Flaw(column: start + 1, expected: .expectedDigit) }
    return .number(Rational(steps: steps, decimals: decimals.count), spelling: spelling)
  }

  /// A measure, a rate or a function.
  private mutating func named() throws(Flaw) -> Formula {
    let start = at
    let name = takeWhile { $0.isLetterOfName || $0.isDigit }
    switch name {
    case "abs":
      try open()
      let inner = try sum()
      try close()
      return .magnitude(inner)
    case "round":
      try open()
      let inner = try sum()
      guard take(",") else { throw flaw(.expectedClosing(",")) }
      skipSpaces()
      let place = at
      guard let decimals = Int(takeWhile(\.isDigit)), decimals <= 20 else {
        throw Flaw(column: place + 1, expected: .expectedDecimals)
      }
      try close()
      return .rounded(inner, decimals: decimals)
    default:
      guard let quantity = Quantity(name) else {
        throw Flaw(column: start + 1, expected: .expectedOneOf(Quantity.names + ["abs", "round"]))
      }
      return .term(Term(quantity, try conditions()))
    }
  }

  private mutating func open() throws(Flaw) { guard take("(") else { throw flaw(.expectedClosing("(")) } }
  private mutating func close() throws(Flaw) { guard take(")") else { throw flaw(.expectedClosing(")")) } }

  private mutating func conditions() throws(Flaw) -> [Condition] {
    var found: [Condition] = []
    for (column, name, values) in try pairs() {
      guard let field = Condition.Field(name) else {
        throw Flaw(column: column, expected: .expectedOneOf(Condition.Field.all.map(\.name)))
      }
      guard !found.contains(where: { $0.field == field }) else { throw Flaw(column: column, expected: .expectedOnce) }
      for value in values where !(allowsVariables && value.text.hasPrefix("$")) {
        if let expected = Condition.expected(of: value.text, in: field) {
          throw Flaw(column: value.column, expected: expected)
        }
      }
      found.append(Condition(field, .values(values.map(\.text))))
    }
    return found
  }

  private mutating func indicator() throws(Flaw) -> IndicatorTerm {
    let name = try quoted()
    var texts: [String: String] = [:]
    for (column, field, values) in try pairs() {
      guard ["project", "role", "group", "year"].contains(field) else {
        throw Flaw(column: column, expected: .expectedOneOf(["project", "role", "group", "year"]))
      }
      guard texts[field] == nil, values.count == 1 else { throw Flaw(column: column, expected: .expectedOnce) }
      if field == "role", IndicatorRole(rawValue: values[0].text) == nil {
        throw Flaw(column: values[0].column, expected: .expectedOneOf(IndicatorRole.allCases.map(\.rawValue)))
      }
      if field == "year", YearReference(values[0].text) == nil {
        throw Flaw(column: values[0].column, expected: .expectedYearReference)
      }
      texts[field] = values[0].text
    }
    return IndicatorTerm(
      name: name, project: texts["project"], role: texts["role"].flatMap(IndicatorRole.init) ?? .actual,
      group: texts["group"], year: texts["year"].flatMap(YearReference.init))
  }

  private mutating func reference() throws(Flaw) -> String {
    at += 1
    if peek == "\"" { return try quoted() }
    let id = takeWhile { $0.isLetterOfName || $0.isDigit || $0 == "." || $0 == "_" }
    if id.isEmpty { throw flaw(.expectedAssertionID) }
    return id
  }

  private mutating func quoted() throws(Flaw) -> String {
    at += 1
    let start = at
    let text = takeWhile { $0 != "\"" }
    guard peek == "\"" else { throw flaw(.expectedClosing("\"")) }
    guard !text.isEmpty else { throw Flaw(column: start + 1, expected: .expectedNoEmpty) }
    at += 1
    return text
  }

  /// What stands in braces: names with their values, each with its column. A value runs to `,`, `|` or `}`.
  private mutating func pairs() throws(Flaw) -> [(column: Int, name: String, values: [(text: String, column: Int)])] {
    guard take("{") else { return [] }
    var found: [(Int, String, [(text: String, column: Int)])] = []
    repeat {
      skipSpaces()
      let column = at + 1
      let name = takeWhile(\.isLetterOfName)
      guard !name.isEmpty else { throw flaw(.expectedOneOf(Condition.Field.all.map(\.name))) }
      guard take("=") else { throw flaw(.expectedClosing("=")) }
      var values: [(text: String, column: Int)] = []
      repeat {
        skipSpaces()
        let start = at + 1
        var text = takeWhile { $0 != "," && $0 != "|" && $0 != "}" }
        while text.last == " " { text.removeLast() }
        guard !text.isEmpty else { throw Flaw(column: start, expected: .expectedNoEmpty) }
        values.append((text, start))
      } while take("|")
      found.append((column, name, values))
    } while take(",")
    guard take("}") else { throw flaw(.expectedClosing("}")) }
    return found
  }

  private var peek: Character? { at < characters.count ? characters[at] : nil }

  private func flaw(_ expected: Phrase) -> Flaw { Flaw(column: at + 1, expected: expected) }

  private mutating func skipSpaces() { while peek == " " { at += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skipSpaces()
    guard peek == character else { return false }
    at += 1
    return true
  }

  private mutating func countFactor() throws(Flaw) {
    factors += 1
    guard factors <= FormulaReader.mostFactors else { throw flaw(.expectedShortFormula) }
    try count()
  }

  private mutating func count() throws(Flaw) {
    operators += 1
    guard operators <= FormulaReader.mostOperators else { throw flaw(.expectedShortFormula) }
  }

  private mutating func takeWhile(_ belongs: (Character) -> Bool) -> String {
    let start = at
    while let next = peek, belongs(next) { at += 1 }
    return String(characters[start..<at])
  }
}

extension Character {
  fileprivate var isDigit: Bool { self >= "0" && self <= "9" && isASCII }
  fileprivate var isLetterOfName: Bool { isASCII && isLetter }
}

extension Condition {
  /// What a value of a field should have been; `nil` where it is right.
  static func expected(of value: String, in field: Field) -> Phrase? {
    func word(_ words: [String]) -> Phrase? { words.contains(value) ? nil : .expectedOneOf(words) }
    switch field {
    case .line(let field): return LineFilter.flaw(of: value, in: field)?.expected
    case .unit: return nil
    case .year: return YearReference(value) == nil ? .expectedYearReference : nil
    case .key: return word(["true", "false"])
    case .kind: return word(UnitKind.allCases.map(\.rawValue))
    }
  }
}

extension Formula {
  /// A decimal number from its digits before and after the point.
  static func decimal(_ whole: String, _ decimals: String) -> Rational? {
    BigInt(whole + decimals).map { Rational(steps: $0, decimals: decimals.count) }
  }
}

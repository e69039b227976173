/// What a cell is a formula of, and where it stays blank.
struct CellDefinition {
  var formula: Formula?
  /// Taken, unit by unit, where no line has an amount for the formula.
  var otherwise: Formula?
  /// Where nothing of this is recorded either, the cell stays blank.
  var recorded: Formula?
  /// The formula is added up over every combination of these fields in use.
  var sumOver: [Variables.Field] = []
  /// With `sumOver`: only combinations of lines under the conditions of this term.
  var within: Formula?
  /// In place of a formula: what one column of the row has more than another.
  var difference: [String]?
  /// Always blank, and why.
  var blank: String?
  /// Blank where no unit in scope is of these kinds.
  var only: [UnitKind]?

  init(_ reader: DefinitionReader) {
    formula = reader.formula("formula")
    otherwise = reader.formula("otherwise")
    recorded = reader.formula("recorded")
    blank = reader.text("blank")
    difference = reader.texts("difference")
    if let difference, difference.count != 2 { reader.wrong("difference", nil, .expectedTwoColumns) }
    sumOver = reader.choices("sum", Variables.Field.self) ?? []
    within = reader.formula("within")
    if let within {
      if case .term = within {} else { reader.wrong("within", .text(within.text), .expectedOneMeasure) }
    }
    only = reader.choices("only", UnitKind.self)
  }

  init(formula: Formula) { self.formula = formula }

  /// What its parts say together that none says alone.
  func check(_ reader: DefinitionReader) {
    if formula == nil, otherwise != nil || recorded != nil || !sumOver.isEmpty {
      reader.wrong("formula", nil, .expectedField("formula"))
    }
    if within != nil, sumOver.isEmpty { reader.wrong("sum", nil, .expectedField("sum")) }
    guard otherwise != nil || recorded != nil else { return }
    // The choice is made unit by unit and the parts are added: only what can be added will do.
    for choice in [formula, otherwise].compactMap({ $0 }) {
      let namesUnits = choice.terms.contains { $0.conditions.contains { $0.field == .unit } }
      if choice.linear == nil || namesUnits { reader.wrong("formula", .text(choice.text), .expectedSumOfMeasures) }
    }
  }
}

/// Where and when a part of a table stands in it.
struct Applicability: Sendable {
  /// `nil`: everywhere.
  let places: [String]?
  let years: YearSpan

  init(_ reader: DefinitionReader) {
    places = reader.texts("places")
    years = YearSpan(reader)
  }

  func applies(in year: Int, at place: String) -> Bool { (places?.contains(place) ?? true) && years.contains(year) }
}

/// Years from one to another; `nil`: no bound.
struct YearSpan: Sendable {
  let from: Int?
  let to: Int?

  init(_ reader: DefinitionReader) {
    from = reader.integer("from")
    to = reader.integer("to")
  }

  func contains(_ year: Int) -> Bool { (from ?? .min) <= year && year <= (to ?? .max) }
}

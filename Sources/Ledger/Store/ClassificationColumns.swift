import GRDB

/// The fields of a line as columns: one each, in the order of the journal's table; `from` is a word of SQL.
enum ClassificationColumns {
  private static func name(_ field: LineField) -> String { field == .from ? "from_year" : field.rawValue }

  static func arguments(_ line: Classification) -> StatementArguments {
    StatementArguments(
      LineField.allCases.map { field -> (any DatabaseValueConvertible)? in
        field == .from ? line.from : line[field]
      })
  }

  /// The stored values as they stand, so that one that cannot be read does not pass for none.
  static func stored(_ row: Row) throws -> [String?] {
    try LineField.allCases.map { field in
      field == .from ? (try row.column("from_year") as Int?).map(String.init) : try row.column(name(field))
    }
  }

  /// - Returns: `nil` where a code is none.
  static func classification(_ row: Row) throws -> Classification? {
    func text(_ field: LineField) throws -> String? { try row.column(name(field)) }
    func code<Scheme>(_ field: LineField, _ scheme: Scheme.Type) throws -> ClassificationCode<Scheme>? {
      try text(field).map { text throws(Unreadable) in try ClassificationCode<Scheme>(reading: text) }
    }
    var line = Classification()
    do {
      line.fund = try code(.fund, FundScheme.self)
      line.function = try code(.function, FunctionScheme.self)
      line.economic = try code(.economic, EconomicScheme.self)
      line.government = try code(.government, GovernmentScheme.self)
    } catch is Unreadable { return nil }
    line.project = try text(.project).map(ExactText.init)
    line.nature = try text(.nature).flatMap(Nature.init)
    line.procurement = try text(.procurement).flatMap(Procurement.init)
    line.from = try row.column("from_year")
    line.category = try text(.category).flatMap(RevenueCategory.init)
    return line
  }
}

/// A field by which money is classified, as the journal and the flags name it, in the order of the journal's table.
public enum LineField: String, CaseIterable, Sendable {
  case fund, function, economic, government, project, nature, procurement, from, category
}

/// The classification of an amount (指标要素): everything that tells one budget line from another within a unit and year.
public struct Classification: Hashable, Sendable {
  public var fund: FundCode?
  public var function: FunctionCode?
  public var economic: EconomicCode?
  public var government: GovernmentCode?
  public var project: ExactText?
  public var nature: Nature?
  public var procurement: Procurement?
  /// Source year of the money; absent: this year's, or, on spending, not stated.
  public var from: Int?
  /// Only on money collected for the state, in place of a fund.
  public var category: RevenueCategory?

  public init() {}

  /// The value of a field as the journal writes it, without JSON's quotes.
  public subscript(field: LineField) -> String? {
    switch field {
    case .fund: fund?.digits
    case .function: function?.digits
    case .economic: economic?.digits
    case .government: government?.digits
    case .project: project?.text
    case .nature: nature?.rawValue
    case .procurement: procurement?.rawValue
    case .from: from.map(String.init)
    case .category: category?.rawValue
    }
  }

  /// These fields, and where one is absent, that of `defaults`.
  public func filled(from defaults: Classification) -> Classification {
    var filled = self
    filled.fund = fund ?? defaults.fund
    filled.function = function ?? defaults.function
    filled.economic = economic ?? defaults.economic
    filled.government = government ?? defaults.government
    filled.project = project ?? defaults.project
    filled.nature = nature ?? defaults.nature
    filled.procurement = procurement ?? defaults.procurement
    filled.from = from ?? defaults.from
    filled.category = category ?? defaults.category
    return filled
  }
}

extension Classification {
  /// Its fields in the order of the journal's table, as a person names a line: `fund=111 economic=30217`.
  var text: String {
    LineField.allCases.compactMap { field in self[field].map { "\(field.rawValue)=\($0)" } }.joined(separator: " ")
  }
}

extension Classification: Comparable {
  /// Field by field in the journal's order; an absent field first, then by UTF-8 bytes.
  public static func < (left: Classification, right: Classification) -> Bool {
    for field in LineField.allCases {
      let (one, other) = (left[field].map(ExactText.init), right[field].map(ExactText.init))
      guard one != other else { continue }
      guard let one, let other else { return one == nil }
      return one < other
    }
    return false
  }
}

/// A budget year of a unit.
struct UnitYear: Hashable {
  let unit: ExactText
  let year: Int
}

/// A budget line (指标行): the "account" of this ledger. Every measure is a sum over its events.
public struct BudgetLine: Hashable, Sendable {
  public let unit: ExactText
  public let year: Int
  public let classification: Classification

  public init(unit: ExactText, year: Int, classification: Classification) {
    self.unit = unit
    self.year = year
    self.classification = classification
  }

  var unitYear: UnitYear { UnitYear(unit: unit, year: year) }
}

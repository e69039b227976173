extension EventDefinition {
  /// 公布数: a figure that a document prints, to be compared with the ledger's.
  static let assertion = EventDefinition(
    name: .eventAssertion, unit: .defaulted, fillsYear: true, lines: nil,
    own: [
      OwnField(.measure, .text, .optional), OwnField(.formula, .text, .optional),
      OwnField(.equals, .text, .required),
    ] + LineField.allCases.map { OwnField($0.field, .filter, .optional) },
    check: { event in Assertion.problems(in: event) })
}

extension LineField {
  /// The wire field of the same name.
  public var field: Field {
    switch self {
    case .fund: .fund
    case .function: .function
    case .economic: .economic
    case .government: .government
    case .project: .project
    case .nature: .nature
    case .procurement: .procurement
    case .from: .from
    case .category: .category
    }
  }

  fileprivate static let byField = Dictionary(uniqueKeysWithValues: allCases.map { ($0.field, $0) })
}

extension Field {
  /// The field of a line of the same name; `nil` where lines have none such.
  var lineField: LineField? { LineField.byField[self] }
}

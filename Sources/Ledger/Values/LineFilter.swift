/// A condition on the line fields: every field one of its values.
///
/// Codes of fund, function, economic and government match by prefix; a nature takes its parts along (`basic` takes
/// `personnel` and `public`); the rest match exactly.
public struct LineFilter: Equatable, Sendable {
  public private(set) var values: [LineField: [String]] = [:]

  public init() {}

  public subscript(field: LineField) -> [String]? {
    get { values[field] }
    set { values[field] = newValue }
  }

  public func matches(_ line: Classification) -> Bool {
    values.allSatisfy { field, accepted in
      guard let value = line[field] else { return false }
      return accepted.contains { LineFilter.matches(value, $0, field) }
    }
  }

  static func matches(_ value: String, _ accepted: String, _ field: LineField) -> Bool {
    switch field {
    case .fund, .function, .economic, .government: value.hasPrefix(accepted)
    case .nature: value == accepted || Nature(rawValue: value)?.whole?.rawValue == accepted
    case .project, .procurement, .from, .category: ExactText(value) == ExactText(accepted)
    }
  }

  /// What is wrong with a value for a field; `nil` if nothing.
  public static func flaw(of value: String, in field: LineField) -> Unreadable? {
    func word(_ words: [String]) -> Unreadable? {
      words.contains(value) ? nil : Unreadable(.choiceUnknown, value: value, expected: .expectedOneOf(words))
    }
    switch field {
    case .fund, .function, .economic, .government:
      guard value.isEmpty || !value.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
      return Unreadable(.codeMalformed, value: value, expected: .expectedCodePrefix)
    case .nature: return word(Nature.allCases.map(\.rawValue))
    case .procurement: return word(Procurement.allCases.map(\.rawValue))
    case .category: return word(RevenueCategory.allCases.map(\.rawValue))
    case .from:
      if let year = Int(value), String(year) == value, (1900...2999).contains(year) { return nil }
      return Unreadable(.yearOutOfRange, value: value, expected: .expectedYear)
    case .project: return nil
    }
  }
}

/// What a value of an indicator is for.
public enum IndicatorRole: String, CaseIterable, Sendable {
  case actual, target, weight, score
}

/// How an actual value is held against its target.
public enum IndicatorDirection: String, CaseIterable, Sendable {
  case atMost = "<="
  case atLeast = ">="
  case equal = "="
}

extension EventDefinition {
  /// 指标值: a value of a performance indicator. The latest by date counts; values are never summed.
  static let indicator = EventDefinition(
    name: .eventIndicator, unit: .defaulted, fillsYear: true, lines: nil,
    own: [
      OwnField(.name, .text, .required),
      OwnField(.value, .text, .required),
      OwnField(
        .role, .choice(IndicatorRole.allCases.map(\.rawValue)), .defaulted(IndicatorRole.actual.rawValue)),
      OwnField(.group, .text, .optional),
      OwnField(.direction, .choice(IndicatorDirection.allCases.map(\.rawValue)), .optional),
      OwnField(.project, .project, .optional),
    ])
}

extension EventDefinition {
  /// 冲销: the exact opposite of a money event, with its lines, unit and year, on the reversal's own date.
  ///
  /// It states no amounts of its own, so it cannot differ from what it reverses.
  static let reversal = EventDefinition(
    name: .eventReversal, unit: .optional, fillsYear: false, lines: nil,
    own: [OwnField(.of, .reference, .required)])
}

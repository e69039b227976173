extension EventDefinition {
  /// 年终收回/注销: this year's unspent money taken away; the year's budget stays what it was. Carried money is taken
  /// back by a `carry-over` with reason `returned`.
  static let lapse = EventDefinition(
    name: .eventLapse, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .positive, source: .thisYear), own: [],
    effect: { _, entry in Sums(.lapsed, entry.amount) })
}

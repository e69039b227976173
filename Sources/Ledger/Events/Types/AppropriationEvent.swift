extension EventDefinition {
  /// 年初预算批复: the approved budget of the year.
  ///
  /// With `from` before `year` it is the part of the approved budget that rests on carry-over. That part counts in
  /// 年初预算数 but brings no money: the money comes by `carry-over`.
  static let appropriation = EventDefinition(
    name: .eventAppropriation, unit: .defaulted, fillsYear: true, lines: LineRule(sign: .positive), own: [],
    effect: { event, entry in
      var sums = Sums(.appropriated, entry.amount)
      if let from = entry.classification.from, let year = event.year, from < year {
        sums[.foreseen] = entry.amount.fen
      }
      return sums
    })
}

/// Whether carried money goes on with its purpose (结转) or is left over (结余).
public enum CarryOverKind: String, CaseIterable, Sendable {
  case continuing, surplus
}

/// Why an opening balance is what it is: the opening itself, or one of the six 年初数调整.
public enum CarryOverReason: String, CaseIterable, Sendable {
  case opening
  case correction, recovered
  case pooledIn = "pooled-in"
  case pooledOut = "pooled-out"
  case returned, `internal`
}

extension EventDefinition {
  /// 上年结转结余: signed as it changes the opening of the year.
  ///
  /// `from` is the year the money was first approved and never changes, however often it is carried.
  static let carryOver = EventDefinition(
    name: .eventCarryOver, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .nonZero, defaultFrom: { year in year - 1 }),
    own: [
      OwnField(
        .kind, .choice(CarryOverKind.allCases.map(\.rawValue)), .defaulted(CarryOverKind.continuing.rawValue)),
      OwnField(
        .reason, .choice(CarryOverReason.allCases.map(\.rawValue)), .defaulted(CarryOverReason.opening.rawValue)),
    ],
    check: { event in
      guard event.details.text(.reason) == CarryOverReason.internal.rawValue else { return [] }
      let total = event.entries.reduce(Fen(0)) { $0 + Fen($1.amount.fen) }
      guard total != 0 else { return [] }
      return [FieldProblem(.linesUnbalanced, .lines, value: total.yuan, expected: .expectedSumZero)]
    },
    effect: { event, entry in
      var sums = Sums()
      sums[.carriedIn] = entry.amount.fen
      if event.details.text(.kind) == CarryOverKind.surplus.rawValue { sums[.surplusIn] = entry.amount.fen }
      let reason = event.details.text(.reason).flatMap(CarryOverReason.init) ?? .opening
      if reason != .opening, reason != .internal { sums[.openingAdjusted] = entry.amount.fen }
      return sums
    })
}

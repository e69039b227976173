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

  /// Whether it is an 年初数调整: a change of the opening against last year's closing.
  var adjustsOpening: Bool {
    switch self {
    case .opening, .internal: false
    case .correction, .recovered, .pooledIn, .pooledOut, .returned: true
    }
  }
}

extension EventDefinition {
  /// 上年结转结余: signed as it changes the opening of the year.
  ///
  /// `from` is the year the money was first approved and never changes, however often it is carried.
  static let carryOver = EventDefinition(
    name: .eventCarryOver, unit: .defaulted, fillsYear: true,
    lines: LineRule(sign: .nonZero, source: .carried),
    own: [
      OwnField(
        .kind, .choice(CarryOverKind.allCases.map(\.rawValue)), .defaulted(CarryOverKind.continuing.rawValue)),
      OwnField(
        .reason, .choice(CarryOverReason.allCases.map(\.rawValue)), .defaulted(CarryOverReason.opening.rawValue)),
    ],
    check: { event in event.carryOverReason == .internal ? event.unbalanced : [] },
    effect: { event, entry in
      var sums = Sums(.carriedIn, entry.amount)
      let isSurplus = event.carryOverKind == .surplus || event.convertsSurplus && entry.amount < .zero
      if isSurplus { sums[.surplusIn] = entry.amount.fen }
      if event.carryOverReason.adjustsOpening {
        sums[.openingAdjusted] = entry.amount.fen
        if isSurplus { sums[.surplusAdjusted] = entry.amount.fen }
      }
      return sums
    })
}

extension Event {
  var carryOverKind: CarryOverKind { details.text(.kind).flatMap(CarryOverKind.init) ?? .continuing }
  var carryOverReason: CarryOverReason { details.text(.reason).flatMap(CarryOverReason.init) ?? .opening }

  /// Whether it turns 结余 into 结转: an internal move, approved, whose negative lines are taken out of surplus.
  var convertsSurplus: Bool {
    type == .carryOver && carryOverReason == .internal && carryOverKind == .continuing && annotation.approval != nil
  }
}

/// 无预算不得支出: no spending without a budget (预算法 第十三条, 实施条例 第五十七条).
///
/// Spending and reductions are charged to a control key, and at no date from the event's own date on may what is
/// available there fall below zero.
enum MoneyRule {
  /// One amount of an event at the key it belongs to; `key` is `nil` where no budget covers it.
  struct Charge {
    let key: ControlKey?
    /// Whether it makes `key` a budgeted one.
    let budgets: Bool
    let own: ControlKey
    let change: Fen
  }

  /// The charges of the postings of one unit and year, by what was budgeted when they are recorded.
  static func charges(of postings: [Posting], at level: ControlLevel, in state: ControlState) -> [Charge] {
    postings.compactMap { posting in
      let own = ControlKey(of: posting.line.classification, at: level)
      let change = posting.availableChange
      if posting.grants { return Charge(key: own, budgets: true, own: own, change: change) }
      guard change != 0 else { return nil }
      let key = state.key(charging: own, at: posting.chargedAt)
      return Charge(key: key, budgets: false, own: own, change: change)
    }
  }

  /// What the event would take too much of.
  static func shortfalls(of charges: [Charge], on date: Day, in state: ControlState) -> [Shortfall] {
    var net: [ControlKey: Fen] = [:]
    var found: [Shortfall] = []
    for charge in charges {
      guard let key = charge.key else {
        if charge.change < 0 { found.append(.noBudget(charge.own, asked: -charge.change)) }
        continue
      }
      net[key, default: 0] += charge.change
    }
    for (key, change) in net.sorted(by: { $0.key.description < $1.key.description }) where change < 0 {
      guard let first = state.firstShortfall(of: key, taking: -change, on: date) else { continue }
      let left = state.available(of: key, from: date)
      found.append(
        .tooMuch(key, asked: -change, left: max(0, left), firstDate: first.on, balance: first.balance))
    }
    return found
  }

  enum Shortfall: Equatable {
    case noBudget(ControlKey, asked: Fen)
    case tooMuch(ControlKey, asked: Fen, left: Fen, firstDate: Day, balance: Fen)

    /// As refused, or warned of, for an event of this date.
    /// - Parameter surplus: 结余 of the key that may not be spent without a new approval.
    func problem(on date: Day, at location: SourceLocation, surplus: (ControlKey) throws -> Fen) rethrows -> Problem {
      switch self {
      case .noBudget(let key, let asked):
        return Problem(
          .budgetNone, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: .expectedBudgetFirst, detail: .noBudgetCovers(key), rule: .ruleNoSpendingWithoutBudget)
      case .tooMuch(let key, let asked, let left, let firstDate, let balance):
        let surplus = try surplus(key)
        return Problem(
          .budgetExceeded, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: surplus > 0 ? .expectedSurplusApproved(left.yuan, surplus.yuan) : .expectedAtMostLeft(left.yuan),
          detail: firstDate == date
            ? .budgetExceeded(key, asked: asked.yuan, left: left.yuan, short: (-balance).yuan)
            : .budgetExceededLater(key, asked: asked.yuan, on: firstDate.description, balance: balance.yuan),
          rule: surplus > 0 ? .ruleSurplusNotAvailable : .ruleNoSpendingWithoutBudget)
      }
    }
  }
}

extension Posting {
  /// What it does to 可用指标.
  var availableChange: Fen { sums.available(isTreasury: line.classification.fund?.isTreasury ?? false) }

  /// Whether it makes, or made, a budget: only what is granted does; 结余 given back changes nothing that was available.
  var grants: Bool {
    let original = isReversal ? sums.opposite : sums
    return original.movesBudget && original.budget >= 0
  }

  /// Whether control has anything to keep of it.
  var isCharged: Bool { grants || availableChange != 0 }
}

extension Sums {
  /// Whether it belongs to the budget side: what is budgeted, not what is spent of it.
  fileprivate var movesBudget: Bool {
    self[.appropriated] != 0 || self[.foreseen] != 0 || self[.adjusted] != 0 || self[.carriedIn] != 0
  }
}

/// 无预算不得支出: no spending without a budget (预算法 第十三条, 实施条例 第五十七条).
///
/// Spending and reductions are charged to a control key, and at no date from the event's own date on may what is
/// available there fall below zero.
enum MoneyRule {
  /// One amount of an event at the key it belongs to; `key` is `nil` where no budget covers it.
  struct Charge {
    let key: ControlKey?
    /// What it does to the budgets of `key`.
    let budgets: Budgets
    let own: ControlKey
    let change: Fen
  }

  enum Budgets { case untouched, granted, takenBack }

  /// The charges of the postings of one unit and year, by what was budgeted when they are recorded.
  static func charges(of postings: [Posting], at level: ControlLevel, in state: inout ControlState) -> [Charge] {
    postings.compactMap { posting in
      let own = ControlKey(of: posting.line.classification, at: level)
      let change = posting.availableChange
      if posting.grants {
        return Charge(key: own, budgets: posting.isReversal ? .takenBack : .granted, own: own, change: change)
      }
      guard change != 0 else { return nil }
      let key = state.key(charging: own, at: posting.chargedAt)
      return Charge(key: key, budgets: .untouched, own: own, change: change)
    }
  }

  /// What an event would take too much of.
  /// - Parameter reversed: what has been taken back in its favour, and is in the state already.
  static func shortfalls(
    of charges: [Charge], on date: Day, correcting reversed: (charges: [Charge], date: Day),
    in state: ControlState
  ) -> [Shortfall] {
    let unbudgeted = charges.filter { $0.key == nil && $0.change < 0 }
    let net = MoneyRule.net(charges)
    let takenBack = MoneyRule.net(reversed.charges)
    let keys = Set(net.keys).union(takenBack.keys).sorted()
    let found = keys.compactMap { key in
      let new = (change: net[key] ?? 0, date: date)
      let back = (change: takenBack[key] ?? 0, date: reversed.date)
      return shortfall(at: key, new, back, state[key]?.available ?? Timeline())
    }
    return unbudgeted.map { .noBudget($0.own, asked: -$0.change) } + found
  }

  private static func net(_ charges: [Charge]) -> [ControlKey: Fen] {
    charges.reduce(into: [:]) { net, charge in
      if let key = charge.key { net[key, default: 0] += charge.change }
    }
  }

  /// The first date that would be below zero and lower than it was.
  /// - Parameter available: with what was taken back, without the new change.
  private static func shortfall(
    at key: ControlKey, _ new: (change: Fen, date: Day), _ back: (change: Fen, date: Day), _ available: Timeline
  ) -> Shortfall? {
    let start = min(new.date, back.date)
    var days = available.balances(from: start)
    if new.date > start { days.append(contentsOf: available.balances(from: new.date).prefix(1)) }
    let states = days.sorted { $0.day < $1.day }.map { day, balance in
      let before = balance - (day >= back.date ? back.change : 0)
      return (day: day, balance: balance, before: before, after: balance + (day >= new.date ? new.change : 0))
    }
    guard let first = states.first(where: { $0.after < 0 && $0.after < $0.before }) else { return nil }
    if new.change > 0 {
      if first.day < new.date { return .tooLate(key, firstDate: first.day, balance: first.after) }
      let short = states.map { -$0.after }.max() ?? 0
      return .tooLittle(key, given: new.change, least: new.change + short, firstDate: first.day, balance: first.after)
    }
    // What is taken back is there to be taken again.
    let left = states.filter { $0.day >= new.date }.map(new.change < 0 ? \.balance : \.before).min() ?? 0
    let asked = new.change < 0 ? -new.change : -back.change
    return .tooMuch(key, asked: asked, left: max(0, left), firstDate: first.day, balance: first.after)
  }

  enum Shortfall: Equatable {
    case noBudget(ControlKey, asked: Fen)
    case tooMuch(ControlKey, asked: Fen, left: Fen, firstDate: Day, balance: Fen)
    /// A budget corrected to less than has been taken from it.
    case tooLittle(ControlKey, given: Fen, least: Fen, firstDate: Day, balance: Fen)
    /// A budget corrected to a date after something has been taken from it.
    case tooLate(ControlKey, firstDate: Day, balance: Fen)

    /// As refused, or warned of, for an event of this date.
    /// - Parameter surplus: 结余 of the key that may not be spent without a new approval.
    func problem(on date: Day, at location: SourceLocation, surplus: (ControlKey) throws -> Fen) rethrows -> Problem {
      switch self {
      case .noBudget(let key, let asked):
        return Problem(
          .budgetNone, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: .expectedBudgetFirst, detail: .noBudgetCovers(key), rule: .ruleNoSpendingWithoutBudget)
      case .tooLate(let key, let firstDate, let balance):
        return Problem(
          .budgetExceeded, at: location, field: Field.date.rawValue, value: date.description,
          expected: .expectedDateUpTo(firstDate.description),
          detail: .budgetTooLow(key, on: firstDate.description, balance: balance.yuan),
          rule: .ruleNoSpendingWithoutBudget)
      case .tooLittle(let key, let given, let least, let firstDate, let balance):
        return Problem(
          .budgetExceeded, at: location, field: Field.amount.rawValue, value: given.yuan,
          expected: .expectedAtLeastYuan(least.yuan),
          detail: .budgetTooLow(key, on: firstDate.description, balance: balance.yuan),
          rule: .ruleNoSpendingWithoutBudget)
      case .tooMuch(let key, let asked, let left, let firstDate, let balance):
        let surplus = try surplus(key)
        return Problem(
          .budgetExceeded, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: surplus > 0 ? .expectedSurplusApproved(left.yuan, surplus.yuan) : .expectedAtMostLeft(left.yuan),
          detail: firstDate == date
            ? .budgetExceeded(key, asked: asked.yuan, left: (balance + asked).yuan, short: (-balance).yuan)
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

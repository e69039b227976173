/// 无预算不得支出: no spending without a budget (预算法 第十三条, 实施条例 第五十七条).
///
/// Spending and reductions are charged to a control key, and at no date from the event's own date on may what is
/// available there fall below zero.
struct MoneyRule {
  /// One amount of an event at the key it belongs to; `key` is `nil` where no budget covers it.
  struct Charge {
    let key: ControlKey?
    /// Whether it makes `key` a budgeted one.
    let budgets: Bool
    let line: Classification
    let change: Fen
  }

  /// The charges of an event, by what was budgeted when it is recorded.
  ///
  /// - Parameters:
  ///   - position: the event's own.
  ///   - target: what it reverses or refunds. Its money goes back to where it was taken from.
  static func charges(of event: Event, position: Int, target: RecordedEvent?, in state: ControlState) -> [Charge] {
    let reversed = event.type == .reversal ? target?.event : nil
    return event.postings(reversing: reversed).compactMap { posting in
      let line = posting.line.classification
      let change = posting.sums.available(isTreasury: line.fund?.isTreasury ?? false)
      let original = reversed == nil ? posting.sums : posting.sums.opposite
      // Only what is granted makes a budget; 结余 given back changes nothing that was available.
      if original.movesBudget, original.budget >= 0 {
        return Charge(key: ControlKey(of: line), budgets: true, line: line, change: change)
      }
      guard change != 0 else { return nil }
      let key = state.key(charging: ControlKey(of: line), at: target?.chargedAt ?? position)
      return Charge(key: key, budgets: false, line: line, change: change)
    }
  }

  /// What the event would take too much of.
  static func shortfalls(of charges: [Charge], on date: Day, in state: ControlState) -> [Shortfall] {
    var net: [ControlKey: Fen] = [:]
    var found: [Shortfall] = []
    for charge in charges {
      guard let key = charge.key else {
        if charge.change < 0 { found.append(.noBudget(charge.line, asked: -charge.change)) }
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
    case noBudget(Classification, asked: Fen)
    case tooMuch(ControlKey, asked: Fen, left: Fen, firstDate: Day, balance: Fen)

    /// As refused, or warned of, for an event of this date.
    func problem(on date: Day, at location: SourceLocation) -> Problem {
      switch self {
      case .noBudget(let line, let asked):
        return Problem(
          .budgetNone, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: .expectedBudgetFirst, detail: .noBudgetCovers(ControlKey(of: line).description),
          rule: .ruleNoSpendingWithoutBudget)
      case .tooMuch(let key, let asked, let left, let firstDate, let balance):
        return Problem(
          .budgetExceeded, at: location, field: Field.amount.rawValue, value: asked.yuan,
          expected: .expectedAtMostLeft(left.yuan),
          detail: firstDate == date
            ? .budgetExceeded(key: key.description, asked: asked.yuan, left: left.yuan, short: (-balance).yuan)
            : .budgetExceededLater(
              key: key.description, asked: asked.yuan, on: firstDate.description, balance: balance.yuan),
          rule: .ruleNoSpendingWithoutBudget)
      }
    }
  }
}

extension Sums {
  /// Whether it belongs to the budget side: what is budgeted, not what is spent of it.
  fileprivate var movesBudget: Bool {
    self[.appropriated] != 0 || self[.foreseen] != 0 || self[.adjusted] != 0 || self[.carriedIn] != 0
  }
}

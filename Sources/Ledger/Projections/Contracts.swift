/// The commitments under one contract, and what payments and releases have taken from them.
///
/// A fold of the contract's events in the order of positions: the oldest commitment is used up first, whatever the
/// business dates.
struct ContractState: Sendable {
  /// What one line of a commitment still sets aside.
  struct Held: Sendable {
    let position: Int
    let line: BudgetLine
    var outstanding: Int64
  }

  /// What an event took from one of the lines.
  private struct Taken: Sendable {
    let index: Int
    let amount: Int64
  }

  private(set) var held: [Held] = []
  private var taken: [Int: [Taken]] = [:]

  var outstanding: Fen { held.reduce(0) { $0 + Fen(max(0, $1.outstanding)) } }

  /// Whether a payment or release that stands has taken from the commitment at a position.
  func isUsed(_ position: Int) -> Bool {
    taken.values.contains { $0.contains { held[$0.index].position == position } }
  }

  fileprivate mutating func commit(_ postings: [Posting], at position: Int) {
    held += postings.map { Held(position: position, line: $0.line, outstanding: $0.sums[.committed]) }
  }

  fileprivate mutating func withdraw(_ position: Int) {
    for index in held.indices where held[index].position == position { held[index].outstanding = 0 }
  }

  /// Takes as much as there is, oldest first.
  fileprivate mutating func take(_ amount: Money, at position: Int) -> [(held: Held, amount: Int64)] {
    var left = amount.fen
    var taken: [Taken] = []
    for index in held.indices where left > 0 && held[index].outstanding > 0 {
      let part = min(left, held[index].outstanding)
      held[index].outstanding -= part
      left -= part
      taken.append(Taken(index: index, amount: part))
    }
    if !taken.isEmpty { self.taken[position] = taken }
    return taken.map { (held[$0.index], $0.amount) }
  }

  fileprivate mutating func giveBack(_ position: Int) -> [(held: Held, amount: Int64)] {
    let taken = self.taken.removeValue(forKey: position) ?? []
    for part in taken { held[part.index].outstanding += part.amount }
    return taken.map { (held[$0.index], $0.amount) }
  }
}

/// Turns events into postings.
///
/// What a payment or a release takes off commitments depends on the contract's events before it, so it must be given
/// all of them, in the order of positions, whichever dates are asked for.
public struct Contracts: Sendable {
  private var states: [ContractKey: ContractState] = [:]

  public init() {}

  subscript(key: ContractKey) -> ContractState? {
    get { states[key] }
    set { states[key] = newValue }
  }

  /// Every contract with something outstanding.
  var open: [(key: ContractKey, state: ContractState)] {
    states.filter { $0.value.outstanding > 0 }.map { ($0.key, $0.value) }
  }

  /// Takes in the next event.
  /// - Parameter target: the event it is about, if any.
  public mutating func postings(of recorded: RecordedEvent, target: RecordedEvent?) -> [Posting] {
    let event = recorded.event
    if event.type == .reversal { return target.map { reversal(of: $0, on: event.date) } ?? [] }
    let own = event.ownPostings(chargedAt: target?.chargedAt ?? recorded.position)
    guard let key = event.contract, let role = event.definition.contract else { return own }
    switch role {
    case .commits:
      states[key, default: ContractState()].commit(own, at: recorded.position)
      return own
    case .settles: return own + taking(event.details.amount(.settled), key, recorded, role)
    case .releases: return taking(event.details.amount(.amount), key, recorded, role)
    }
  }

  private mutating func taking(
    _ amount: Money?, _ key: ContractKey, _ recorded: RecordedEvent, _ role: ContractRole
  ) -> [Posting] {
    guard let amount, amount.fen > 0 else { return [] }
    let parts = states[key, default: ContractState()].take(amount, at: recorded.position)
    return parts.map { Contracts.posting($0.held, $0.amount, by: recorded.event, role) }
  }

  private mutating func reversal(of target: RecordedEvent, on date: Day) -> [Posting] {
    let event = target.event
    let own = event.ownPostings(chargedAt: target.chargedAt)
    guard let key = event.contract, let role = event.definition.contract else {
      return own.map { $0.opposite(on: date) }
    }
    var taken: [Posting] = []
    switch role {
    case .commits: states[key, default: ContractState()].withdraw(target.position)
    case .settles, .releases:
      let parts = states[key, default: ContractState()].giveBack(target.position)
      taken = parts.map { Contracts.posting($0.held, $0.amount, by: event, role) }
    }
    return (own + taken).map { $0.opposite(on: date) }
  }

  private static func posting(
    _ held: ContractState.Held, _ amount: Int64, by event: Event, _ role: ContractRole
  ) -> Posting {
    var sums = Sums(.committed, Money(fen: -amount))
    if case .releases = role, !event.isOfClose { sums[.contracted] = -amount }
    return Posting(line: held.line, date: event.date, sums: sums, chargedAt: held.position, isReversal: false)
  }
}

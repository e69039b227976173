/// Spending set against money, lot by lot: what is left of each lot of each pool.
///
/// `balance --by lot` shows it at any date, and the year-end close carries it into the next year.
struct Netting {
  private(set) var pools: [PoolKey: Pool] = [:]

  /// - Parameter lines: of any units and years.
  init(_ lines: [LineState], _ declarations: Declarations) {
    for entry in lines {
      let basis = declarations.basis(of: entry.line)
      guard let key = PoolKey(entry.line, basis) else { continue }
      pools[key, default: Pool(key, basis)].add(entry)
    }
    for key in pools.keys { pools[key]?.settle() }
    // Money pays only for spending of its own unit and year.
    for keys in Dictionary(grouping: pools.keys, by: \.unitYear).values {
      let short = keys.filter { pools[$0]?.deficit ?? 0 > 0 }.sorted()
      guard !short.isEmpty else { continue }
      let budgeted = Set(keys.filter { pools[$0]?.isBudgeted ?? false }.map(\.line))
      for key in short { cover(key, from: keys, isBudgetedHere: budgeted.contains(key.line)) }
    }
    for key in pools.keys { pools[key]?.bearDeficit() }
  }

  /// Spending above a pool's own money was charged to the budgets that cover it: the nearest pays first.
  private mutating func cover(_ key: PoolKey, from keys: [PoolKey], isBudgetedHere: Bool) {
    guard var pool = pools[key] else { return }
    let covering = keys.filter { other in
      other.covers(key) && pools[other]?.basis == pool.basis && (other.isSameLine(as: key) || !isBudgetedHere)
    }
    for other in covering.sorted(by: { Netting.isNearer($0, $1, to: key) }) {
      guard var giver = pools[other] else { continue }
      giver.give(to: &pool)
      pools[other] = giver
    }
    pools[key] = pool
  }

  private static func isNearer(_ left: PoolKey, _ right: PoolKey, to key: PoolKey) -> Bool {
    func rank(_ other: PoolKey) -> [Int] {
      [
        other.isSameLine(as: key) ? 0 : 1, other.project == nil ? 1 : 0, -(other.function?.digits.utf8.count ?? 0),
        other.part.flatMap { part in key.part.map { part.distance(to: $0) } } ?? 0, -other.fund.digits.utf8.count,
      ]
    }
    let (one, two) = (rank(left), rank(right))
    return one == two ? left < right : one.lexicographicallyPrecedes(two)
  }
}

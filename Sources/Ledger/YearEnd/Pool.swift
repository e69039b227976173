/// Where money is netted at the year's end: a unit's 指标 by fund, function, project and part of spending, or, where
/// receipts are the money, by fund alone.
public struct PoolKey: Hashable, Sendable {
  public let unit: ExactText
  public let year: Int
  public let fund: FundCode
  public let function: FunctionCode?
  public let project: ExactText?
  /// `nil` on the receipts basis, where parts are not kept apart.
  public let part: SpendingPart?

  /// - Returns: `nil` for money that is the state's, which has no fund.
  init?(_ line: BudgetLine, _ basis: Basis) {
    guard let fund = line.classification.fund else { return nil }
    let isNettedByFund = basis == .receipts
    self.unit = line.unit
    self.year = line.year
    self.fund = fund
    function = isNettedByFund ? nil : line.classification.function
    project = isNettedByFund ? nil : line.classification.project
    part = isNettedByFund ? nil : SpendingPart(line.classification.nature)
  }

  /// `111/2130501/KQ/project`, with `-` for what is absent.
  public var text: String {
    [fund.digits, function?.digits, project?.text, part?.rawValue].map { $0 ?? "-" }.joined(separator: "/")
  }

  /// The line of the pool, without the part.
  var line: Classification {
    var line = Classification()
    line.fund = fund
    line.function = function
    line.project = project
    return line
  }

  var unitYear: UnitYear { UnitYear(unit: unit, year: year) }

  func isSameLine(as other: PoolKey) -> Bool { unit == other.unit && year == other.year && line == other.line }

  /// Whether money here may pay for what is short there.
  func covers(_ other: PoolKey) -> Bool {
    guard self != other, unit == other.unit, year == other.year, line.covers(other.line) else { return false }
    guard let part, let short = other.part else { return part == other.part }
    return part.covers(short)
  }
}

extension PoolKey: Comparable {
  /// By unit, year, fund, function and project, what is absent first, then by part.
  public static func < (left: PoolKey, right: PoolKey) -> Bool {
    func texts(_ key: PoolKey) -> [ExactText] {
      let part = key.part.flatMap { SpendingPart.allCases.firstIndex(of: $0) } ?? 0
      return [
        key.unit.text, String(key.year), key.fund.digits, key.function?.digits ?? "", key.project?.text ?? "",
        String(part),
      ].map(ExactText.init)
    }
    return texts(left).lexicographicallyPrecedes(texts(right))
  }
}

/// The lots of one pool, and what spending has used of them.
struct Pool {
  let key: PoolKey
  let basis: Basis
  /// Whether a budget stands here, so that spending was charged here.
  private(set) var isBudgeted = false
  private var money: [Lot: Fen] = [:]
  /// Net spending that states the year of its money.
  private var stated: [Int: Fen] = [:]
  private var unstated: Fen = 0
  /// What is left of each lot, once settled.
  private(set) var left: [Lot: Fen] = [:]
  /// What the pool's own spending has used of each lot, other pools' lots included.
  private(set) var used: [Lot: Fen] = [:]
  /// Spending that no lot of the pool could pay.
  private(set) var deficit: Fen = 0
  /// What is below zero before anything is spent, such as a deficit carried in; borne as 结转 of its year.
  private var owed: [Lot: Fen] = [:]
  /// What kinds of spending the money is for.
  private(set) var natures: Set<Nature?> = []

  init(_ key: PoolKey, _ basis: Basis) {
    self.key = key
    self.basis = basis
  }

  var current: Lot { Lot(.continuing, key.year) }

  mutating func add(_ entry: LineState) {
    let moneyOfLine = entry.money(on: basis)
    for (lot, amount) in moneyOfLine { money[lot, default: 0] += amount }
    if !moneyOfLine.isEmpty { natures.insert(entry.line.classification.nature) }
    let spent = Fen(entry.sums[.disbursed])
    if let from = entry.line.classification.from, spent != 0 {
      stated[from, default: 0] += spent
    } else {
      unstated += spent
    }
    isBudgeted = isBudgeted || entry.sums.isBudgeted
  }

  /// Sets spending against the pool's own lots.
  mutating func settle() {
    left = money
    var need = unstated
    for (from, spent) in stated.sorted(by: { $0.key < $1.key }) {
      let lot = Lot(.continuing, from)
      let taken = spent < 0 ? spent : min(spent, max(0, left[lot] ?? 0))
      left[lot, default: 0] -= taken
      need += spent - taken
    }
    if need < 0 {
      left[current, default: 0] -= need
      need = 0
    }
    for (lot, amount) in left where amount < 0 {
      need -= amount
      left[lot] = 0
      owed[Lot(.continuing, lot.from), default: 0] -= amount
    }
    need -= take(need, from: .continuing)
    if basis == .receipts { need -= take(need, from: .surplus) }
    deficit = need
    used = money.merging(left) { $0 - $1 }
    for (lot, amount) in left where money[lot] == nil { used[lot] = -amount }
  }

  /// Takes up to an amount, the oldest lots first.
  private mutating func take(_ amount: Fen, from kind: CarryOverKind) -> Fen {
    var taken: Fen = 0
    for lot in left.keys.sorted() where lot.kind == kind {
      let part = min(amount - taken, max(0, left[lot] ?? 0))
      left[lot, default: 0] -= part
      taken += part
    }
    return taken
  }

  /// Pays for what another pool is short of.
  mutating func give(to other: inout Pool) {
    for lot in left.keys.sorted() where lot.kind == .continuing {
      let part = min(other.deficit, max(0, left[lot] ?? 0))
      guard part > 0 else { continue }
      left[lot, default: 0] -= part
      other.deficit -= part
      other.used[lot, default: 0] += part
    }
  }

  /// What nobody pays is a negative lot: of the year it was missing in first, the rest of this year.
  mutating func bearDeficit() {
    for (lot, amount) in owed.sorted(by: { $0.key < $1.key }) { bear(min(amount, deficit), by: lot) }
    bear(deficit, by: current)
  }

  private mutating func bear(_ amount: Fen, by lot: Lot) {
    guard amount != 0 else { return }
    left[lot, default: 0] -= amount
    used[lot, default: 0] += amount
    deficit -= amount
  }
}

extension LineState {
  /// The money of the line by lots, before anything is spent.
  func money(on basis: Basis) -> [(Lot, Fen)] {
    let year = line.year
    let from = line.classification.from ?? year - 1
    let surplus = Fen(sums[.surplusIn])
    let ownYear =
      basis == .receipts
      ? Fen(sums[.received]) + Fen(sums[.surplusUsed]) - Fen(sums[.allocated])
      : sums.ownYear - Fen(sums[.lapsed])
    let lots = [
      (Lot(.continuing, from), Fen(sums[.carriedIn]) - surplus), (Lot(.surplus, from), surplus),
      (Lot(.continuing, year), ownYear),
    ]
    return lots.filter { $0.1 != 0 }
  }
}

extension Sums {
  fileprivate var isBudgeted: Bool {
    self[.appropriated] != 0 || self[.adjusted] != 0 || self[.carriedIn] != 0
  }
}

/// What the year-end close of one unit comes to: which money goes on as 结转, which is 结余, and which contracts stay open.
public struct ClosePlan: Sendable {
  /// Why money is carried as it is.
  public enum Reason: String, Sendable {
    case surplus, basic, finished, twoYears, continuing, deficit
  }

  /// One lot of one pool, carried into the next year.
  public struct Carried: Sendable {
    public let pool: PoolKey
    /// As it will be next year.
    public let lot: Lot
    /// What is left at the close.
    public let closing: Fen
    /// What is recorded as opening of the next year already.
    public let recorded: Fen
    public let reason: Reason

    public var carried: Fen { closing - recorded }
  }

  /// A contract whose commitments are made again.
  public struct OpenContract: Sendable {
    public let key: ContractKey
    public let lines: [(line: BudgetLine, outstanding: Int64)]
    let payee: String?

    public var outstanding: Fen { lines.reduce(0) { $0 + Fen($1.outstanding) } }
  }

  public let unit: ExactText
  public let year: Int
  /// In the order of pools and lots.
  public let carried: [Carried]
  public let contracts: [OpenContract]

  /// Lots below zero, which stop the close unless control is off.
  public var negative: [Carried] { carried.filter { $0.closing < 0 } }

  /// - Parameters:
  ///   - lines: all budget lines of the unit and year, with every event of the year.
  ///   - openings: the `carry-over` events of the next year that state its opening, with those taken back.
  init(
    unit: ExactText, year: Int, lines: [LineState], openings: [LineState], contracts: [OpenContract],
    _ declarations: Declarations
  ) {
    self.unit = unit
    self.year = year
    self.contracts = contracts
    var closing: [Key: (amount: Fen, reason: Reason)] = [:]
    for pool in Netting(lines, declarations).pools.values where pool.basis != .payment {
      for (lot, amount) in pool.left where amount != 0 {
        let (kind, reason) = ClosePlan.kind(of: lot, amount, in: pool.key, declarations)
        closing[Key(pool: pool.key, lot: Lot(kind, lot.from)), default: (0, reason)].amount += amount
      }
    }
    var recorded: [Key: Fen] = [:]
    for entry in openings {
      let basis = declarations.basis(of: BudgetLine(unit: unit, year: year, classification: entry.line.classification))
      let ofYear = BudgetLine(unit: unit, year: year, classification: entry.line.classification)
      guard basis != .payment, let pool = PoolKey(ofYear, basis) else { continue }
      let from = entry.line.classification.from ?? year
      recorded[Key(pool: pool, lot: Lot(.surplus, from)), default: 0] += Fen(entry.sums[.surplusIn])
      recorded[Key(pool: pool, lot: Lot(.continuing, from)), default: 0] +=
        Fen(entry.sums[.carriedIn]) - Fen(entry.sums[.surplusIn])
    }
    carried = Set(closing.keys).union(recorded.keys).map { key in
      Carried(
        pool: key.pool, lot: key.lot, closing: closing[key]?.amount ?? 0, recorded: recorded[key] ?? 0,
        reason: closing[key]?.reason ?? .continuing)
    }.filter { $0.closing != 0 || $0.recorded != 0 }
      .sorted { $0.pool == $1.pool ? $0.lot < $1.lot : $0.pool < $1.pool }
  }

  private struct Key: Hashable {
    let pool: PoolKey
    let lot: Lot
  }

  /// 结余 stays 结余; 基本支出 goes on; what a finished project or two years have left over is 结余 (实施条例 第五十条); the rest
  /// goes on. A deficit goes on as it is: as 结余 it would look as if nothing were missing.
  private static func kind(
    of lot: Lot, _ amount: Fen, in pool: PoolKey, _ declarations: Declarations
  ) -> (CarryOverKind, Reason) {
    if lot.kind == .surplus { return (.surplus, .surplus) }
    if amount < 0 { return (.continuing, .deficit) }
    if pool.part?.isBasic == true { return (.continuing, .basic) }
    let lastDay = Day.lastDay(ofYear: pool.year) ?? .last
    if let project = pool.project, declarations.project(project, on: lastDay)?.status == .finished {
      return (.surplus, .finished)
    }
    if pool.fund.isTreasury, lot.from < pool.year { return (.surplus, .twoYears) }
    return (.continuing, .continuing)
  }
}

/// What the year-end close of one unit comes to: which money goes on as 结转, which is 结余, and which contracts stay open.
public struct ClosePlan: Sendable {
  /// Why money is carried as it is.
  public enum Reason: String, Sendable {
    /// 结余 stays 结余.
    case surplus
    /// 基本支出 always goes on.
    case basic
    /// The project is finished: what it has left is 结余.
    case finished
    /// 连续两年未用完: treasury money of an earlier year is 结余 (实施条例 第五十条).
    case twoYears
    /// Goes on as 结转.
    case continuing
    /// Less than nothing, carried where control was off.
    case deficit
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
    /// What the carried line says of the kind of spending.
    let nature: Nature?

    /// What the close records, in fen: negative for a deficit, and where too much was recorded before.
    public var carried: Fen { closing - recorded }
  }

  /// A contract whose commitments are made again.
  public struct OpenContract: Sendable {
    public let key: ContractKey
    /// What is set aside on each line, in fen, greater than zero.
    public let lines: [(line: BudgetLine, outstanding: Int64)]
    let payee: String?

    /// 尚占用数, in fen.
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
    var closing: [Key: (amount: Fen, reason: Reason)] = [:]
    var natures: [PoolKey: Nature] = [:]
    for pool in Netting(lines, declarations).pools.values where pool.basis != .payment {
      natures[pool.key] = ClosePlan.nature(of: pool, declarations)
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
    let keys = Set(closing.keys).union(recorded.keys).sorted {
      $0.pool == $1.pool ? $0.lot < $1.lot : $0.pool < $1.pool
    }
    let carried = keys.map { key in
      Carried(
        pool: key.pool, lot: key.lot, closing: closing[key]?.amount ?? 0, recorded: recorded[key] ?? 0,
        reason: closing[key]?.reason ?? .continuing, nature: natures[key.pool] ?? key.pool.part?.nature)
    }
    self.carried = carried.filter { $0.closing != 0 || $0.recorded != 0 }
    let level = declarations.level(of: unit, on: Day(year: year + 1, month: 1, day: 1) ?? .last)
    self.contracts =
      level.has(.from)
      ? ClosePlan.stating(sourcesOf: contracts, from: self.carried, declarations) : contracts
  }

  /// Where money is controlled by source year, a contract made again says on which it rests: the oldest carried first.
  private static func stating(
    sourcesOf contracts: [OpenContract], from carried: [Carried], _ declarations: Declarations
  ) -> [OpenContract] {
    var left = carried.filter { $0.lot.kind == .continuing }.map { (pool: $0.pool, from: $0.lot.from, fen: $0.closing) }
    return contracts.map { contract in
      var lines: [(line: BudgetLine, outstanding: Int64)] = []
      for (line, outstanding) in contract.lines {
        var open = outstanding
        for index in left.indices
        where line.classification.from == nil && left[index].pool == PoolKey(line, declarations.basis(of: line)) {
          let part = Int64(clamping: min(Fen(open), max(0, left[index].fen)))
          guard part > 0 else { continue }
          var classification = line.classification
          classification.from = left[index].from
          lines.append((BudgetLine(unit: line.unit, year: line.year, classification: classification), part))
          left[index].fen -= Fen(part)
          open -= part
        }
        if open > 0 { lines.append((line, open)) }
      }
      return OpenContract(key: contract.key, lines: lines, payee: contract.payee)
    }
  }

  /// 项目支出 keeps which part of it the project is, and the rest what it is, where that is one thing.
  private static func nature(of pool: Pool, _ declarations: Declarations) -> Nature? {
    switch pool.key.part {
    case .project:
      let lastDay = Day.lastDay(ofYear: pool.key.year) ?? .last
      let declared = pool.key.project.flatMap { declarations.project($0, on: lastDay)?.nature }
      return declared.map { ($0.whole ?? $0) == .project ? $0 : .project } ?? .project
    case .rest: return pool.natures.count == 1 ? pool.natures.first ?? nil : nil
    case nil: return nil  // Netted by fund alone.
    case .personnel, .public, .basic: return pool.key.part?.nature
    }
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

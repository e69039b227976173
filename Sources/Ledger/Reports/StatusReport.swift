/// How a year stands on a day: what is spent and left by fund and by project, against the share of the year that has
/// passed (序时进度) and against the plan, and what needs a look.
public struct StatusReport: Sendable {
  /// What needs a look.
  public enum Flag: String, CaseIterable, Sendable {
    /// Less than nothing is available.
    case overdrawn
    /// Spending is more than ten percentage points behind the share of the year that has passed.
    case late
    /// Spending is behind what the plan has up to the day.
    case behindPlan = "behind-plan"
    /// A tenth of the budget or less is available, and not all is spent.
    case nearlyUsedUp = "nearly-used-up"
  }

  /// A fund, a project, or all together.
  public struct Row: Sendable {
    /// The code; `nil` for the total.
    public let key: String?
    public let name: String?
    public let figures: Figures
    public let flags: [Flag]

    /// Spending in the share of the plan; `nil` without a plan.
    public var planRate: Ratio? { Ratio(figures[.disbursed], over: figures[.planned]) }
  }

  /// A contract that is open.
  public struct Contract: Sendable {
    public let key: ContractKey
    /// 尚占用数 of the year, in fen, greater than zero.
    public let outstanding: Fen
  }

  public let year: Int
  public let units: [ExactText]
  public let horizon: Horizon
  /// The last event that counts.
  public let position: Int
  /// Days of the year up to the day, and all of them.
  public let days: (passed: Int, all: Int)
  public let funds: [Row]
  public let projects: [Row]
  public let total: Row
  /// Contracts that still set something aside, the largest first.
  public let contracts: [Contract]

  /// 序时进度.
  public var timeShare: Ratio? { Ratio(Fen(days.passed), over: Fen(days.all)) }

  /// - Throws: `Problems`.
  public init(_ sources: [LedgerSource], year: Int, units: [ExactText], at horizon: Horizon) throws {
    self.year = year
    self.units = units
    self.horizon = horizon
    let days = StatusReport.days(of: year, upTo: horizon.asOf)
    self.days = days
    func report(_ by: [Dimension]) throws -> MeasureReport {
      let query = MeasureQuery(by: by, depth: nil, units: units, years: [year], filter: LineFilter())
      return try MeasureReport(query, from: sources, at: horizon, priorYear: nil)
    }
    func row(_ row: ReportRow) -> Row {
      Row(
        key: row.key.last ?? nil, name: row.name, figures: row.figures,
        flags: StatusReport.flags(of: row.figures, days))
    }
    let byFund = try report([.line(.fund)])
    // What is only collected or estimated has nothing to be spent.
    func isShown(_ row: ReportRow) -> Bool {
      [Measure.budget, .planned, .committed, .disbursed, .available].contains { row.figures[$0] != 0 }
    }
    funds = byFund.rows.filter(isShown).map(row)
    projects = try report([.line(.project)]).rows.filter { $0.key != [nil] && isShown($0) }.map(row)
    total = row(byFund.total)
    position = byFund.position
    contracts = try sources.flatMap { source in
      let below = try source.declarations(knownAt: horizon.knownAt).unitsUnder(units)
      return try source.outstanding(of: year, at: horizon).filter { units.isEmpty || below.contains($0.key.unit) }
    }.map { Contract(key: $0.key, outstanding: $0.outstanding) }
      .sorted { ($0.outstanding, $1.key.number) > ($1.outstanding, $0.key.number) }
  }

  private static func days(of year: Int, upTo day: Day) -> (passed: Int, all: Int) {
    guard let first = Day(year: year, month: 1, day: 1), let last = Day.lastDay(ofYear: year) else { return (0, 0) }
    let all = Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1
    return (max(0, min(all, Int(day.daysSinceEpoch - first.daysSinceEpoch) + 1)), all)
  }

  private static func flags(of figures: Figures, _ days: (passed: Int, all: Int)) -> [Flag] {
    let (budget, spent, available) = (figures[.budget], figures[.disbursed], figures[.available])
    var flags: [Flag] = []
    if available < 0 { flags.append(.overdrawn) }
    // 结余 that may not be spent is neither late nor used up.
    guard budget > 0, available + spent + figures[.committed] > 0 else { return flags }
    // spent / budget < passed / all − 1/10, in whole numbers.
    let all = Fen(days.all)
    if spent * all * 10 < (Fen(days.passed) * 10 - all) * budget { flags.append(.late) }
    if spent < figures[.planned] { flags.append(.behindPlan) }
    if available >= 0, spent < budget, available * 10 <= budget { flags.append(.nearlyUsedUp) }
    return flags
  }
}

extension LedgerSource {
  /// What each contract sets aside of a budget year at a horizon, where it is anything.
  func outstanding(of year: Int, at horizon: Horizon) throws -> [(key: ContractKey, outstanding: Fen)] {
    var sums: [ContractKey: Fen] = [:]
    try forEachContractEvent { recorded, target, postings in
      guard horizon.includes(recorded), let key = recorded.event.contract ?? target?.event.contract else { return }
      for posting in postings where posting.line.year == year { sums[key, default: 0] += Fen(posting.sums[.committed]) }
    }
    return sums.filter { $0.value != 0 }.map { ($0.key, $0.value) }
  }
}

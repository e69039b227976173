/// What is left in one pool of one kind and source year.
struct SlowLot: Equatable {
  /// Where money is netted: by fund, function, project and part of spending, or on the receipts basis by fund alone.
  struct Pool: Hashable {
    var fund: String
    var function: String?
    var project: String?
    /// `personnel`, `public`, `basic` (其他基本支出), `project` (with its parts) or `rest`.
    var part: String
  }

  var pool: Pool
  /// `continuing` or `surplus`.
  var kind: String
  var from: Int
  var fen: Int
}

extension SlowModel {
  /// What is left of the budget year, of all its events whatever their date, up to `knownPosition` (nil: all): every
  /// lot that is not zero, spending being set against the oldest money first.
  func lots(unit: String, year: Int, knownPosition: Int?) -> [SlowLot] {
    var pools: [SlowLot.Pool: Purse] = [:]
    var budgets: [Line: [Int]] = [:]
    for movement in movementsOfYear(year, unit: unit, knownPosition: knownPosition) {
      let line = movement.line
      let basis = basis(ofFund: line.fund, unit: unit, year: year, knownPosition: knownPosition)
      guard line.category == nil, let pool = Self.pool(of: line, basis: basis) else { continue }
      pools[pool, default: Purse(year: year, isReceipts: basis == .receipts)].add(movement)
      let budget = ["appropriated", "adjusted", "carriedIn"].map { movement.sums[$0, default: 0] }
      budgets[line] = zip(budgets[line] ?? [0, 0, 0], budget).map { $0 + $1 }
    }
    for pool in pools.keys { pools[pool]?.net() }
    let standing = budgets.filter { $0.value.contains { $0 != 0 } }.keys
    let granted = Set(
      standing.compactMap { line -> [String?]? in
        let basis = basis(ofFund: line.fund, unit: unit, year: year, knownPosition: knownPosition)
        return Self.pool(of: line, basis: basis)?.place
      })
    for pool in pools.keys.sorted(by: SlowLot.Pool.isBefore) { Self.borrow(for: pool, among: &pools, granted: granted) }
    return pools.flatMap { pool, purse in purse.lots(of: pool) }.sorted(by: SlowLot.isBefore)
  }

  /// The carry-over into the next year that the close of the year records: what is left by the kind it becomes, less
  /// what openings already recorded for the next year hold of it.
  func openingAfterClose(unit: String, year: Int, knownPosition: Int?) -> [SlowLot] {
    var openings: [SlowLot] = []
    for lot in lots(unit: unit, year: year, knownPosition: knownPosition) {
      var carried = lot
      carried.kind = kindAfterClose(of: lot, year: year, knownPosition: knownPosition)
      openings.add(carried)
    }
    let recorded = recordedOpenings(unit: unit, closing: year, knownPosition: knownPosition)
    for opening in recorded {
      var deducted = opening
      deducted.fen = -opening.fen
      openings.add(deducted)
    }
    return openings.filter { $0.fen != 0 }.sorted(by: SlowLot.isBefore)
  }

  private func movementsOfYear(_ year: Int, unit: String, knownPosition: Int?) -> [Movement] {
    movements.filter { movement in
      movement.line.unit == unit && movement.line.year == year
        && (knownPosition.map { movement.position <= $0 } ?? true)
    }
  }

  /// nil on the payment basis, where nothing is left.
  private static func pool(of line: Line, basis: Basis) -> SlowLot.Pool? {
    let part =
      switch line.nature {
      case "personnel", "public", "basic": line.nature ?? ""
      case "project", "operating", "targeted": "project"
      default: "rest"
      }
    switch basis {
    case .budget: return SlowLot.Pool(fund: line.fund, function: line.function, project: line.project, part: part)
    case .receipts: return SlowLot.Pool(fund: line.fund, part: "rest")
    case .payment: return nil
    }
  }
}

// MARK: - The close

extension SlowModel {
  private func kindAfterClose(of lot: SlowLot, year: Int, knownPosition: Int?) -> String {
    if lot.kind == "surplus" { return "surplus" }
    if lot.fen < 0 { return "continuing" }
    if ["personnel", "public", "basic"].contains(lot.pool.part) { return "continuing" }
    if lot.pool.project.map({ isFinished($0, year: year, knownPosition: knownPosition) }) ?? false { return "surplus" }
    return lot.pool.fund.hasPrefix("1") && lot.from < year ? "surplus" : "continuing"
  }

  private func isFinished(_ project: String, year: Int, knownPosition: Int?) -> Bool {
    let declared = projects.filter { declared in
      declared.code == project && declared.date <= "\(year)-12-31"
        && (knownPosition.map { declared.position <= $0 } ?? true)
    }
    return declared.max { ($0.date, $0.position) < ($1.date, $1.position) }?.isFinished ?? false
  }

  /// Netted by the bases of the year that is closed.
  private func recordedOpenings(unit: String, closing year: Int, knownPosition: Int?) -> [SlowLot] {
    let next = movementsOfYear(year + 1, unit: unit, knownPosition: knownPosition).filter(\.isOpening)
    return next.reduce(into: []) { openings, movement in
      let basis = basis(ofFund: movement.line.fund, unit: unit, year: year, knownPosition: knownPosition)
      guard let pool = Self.pool(of: movement.line, basis: basis) else { return }
      let isSurplus = movement.sums["surplusIn", default: 0] != 0
      openings.add(
        SlowLot(
          pool: pool, kind: isSurplus ? "surplus" : "continuing", from: movement.line.from ?? year + 1,
          fen: movement.sums["carriedIn", default: 0]))
    }
  }
}

// MARK: - Money of pools that cover this one

extension SlowModel {
  /// What a pool is short is set against the pools that cover it; what remains is a negative lot of the year.
  private static func borrow(
    for pool: SlowLot.Pool, among pools: inout [SlowLot.Pool: Purse], granted: Set<[String?]>
  ) {
    guard var purse = pools[pool], purse.short > 0 else { return }
    let covering = pools.keys.filter { other in
      other != pool && other.covers(pool) && pools[other]?.isReceipts == purse.isReceipts
        && (other.place == pool.place || !granted.contains(pool.place))
    }
    for other in covering.sorted(by: { $0.isNearer(than: $1, to: pool) }) {
      guard let given = pools[other]?.give(purse.short) else { continue }
      purse.short -= given
    }
    purse.owe()
    pools[pool] = purse
  }
}

extension SlowLot.Pool {
  var place: [String?] { [fund, function, project] }

  func covers(_ other: SlowLot.Pool) -> Bool {
    let parts = [other.part] + (["personnel", "public"].contains(other.part) ? ["basic"] : []) + ["rest"]
    return other.fund.hasPrefix(fund) && (function.map { other.function?.hasPrefix($0) ?? false } ?? true)
      && (project == nil || project == other.project) && parts.contains(part)
  }

  /// Of two pools that cover `pool`, whether this is the more detailed: of its own fund, function and project; else by
  /// project, function, part of spending and fund, in this order.
  func isNearer(than other: SlowLot.Pool, to pool: SlowLot.Pool) -> Bool {
    let (mine, others) = (detail(for: pool), other.detail(for: pool))
    return mine.lexicographicallyPrecedes(others) { $0 > $1 }
  }

  private func detail(for pool: SlowLot.Pool) -> [Int] {
    let part = self.part == pool.part ? 2 : self.part == "basic" ? 1 : 0
    return [place == pool.place ? 1 : 0, project == nil ? 0 : 1, function?.utf8.count ?? 0, part, fund.utf8.count]
  }

  static func isBefore(_ one: SlowLot.Pool, _ other: SlowLot.Pool) -> Bool {
    one.order.lexicographicallyPrecedes(other.order)
  }

  var order: [String] {
    let parts = ["personnel", "public", "basic", "project", "rest"]
    return [fund, function ?? "", project ?? "", String(parts.firstIndex(of: part) ?? parts.count)]
  }
}

extension SlowLot {
  func isSameMoney(as other: SlowLot) -> Bool { pool == other.pool && kind == other.kind && from == other.from }

  static func isBefore(_ one: SlowLot, _ other: SlowLot) -> Bool {
    (one.pool.order + [one.kind, String(one.from)])
      .lexicographicallyPrecedes(other.pool.order + [other.kind, String(other.from)])
  }
}

extension [SlowLot] {
  /// As part of a lot of the same money, if there is one.
  fileprivate mutating func add(_ lot: SlowLot) {
    if let index = firstIndex(where: lot.isSameMoney) { self[index].fen += lot.fen } else { append(lot) }
  }
}

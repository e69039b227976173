/// The part of a budget line that belongs to one lot.
struct LotShare {
  let lot: Lot
  /// The line with the sums of the lot alone.
  let state: LineState
}

extension Netting {
  /// Every line told apart by lots: money by its own, spending by the lots that its pool used up. The shares of a line
  /// sum to the line, and the balances of a pool's shares are what is left of its lots.
  ///
  /// - Throws: `Overflow` where a share would leave `Int64`, though the line does not.
  static func shares(of lines: [LineState], _ declarations: Declarations) throws -> [LotShare] {
    let netting = Netting(lines, declarations)
    var shares: [LotShare] = []
    let pools = Dictionary(grouping: lines) { PoolKey($0.line, declarations.basis(of: $0.line)) }
    for (key, lines) in pools {
      guard let pool = key.flatMap({ netting.pools[$0] }) else {
        shares += lines.map { LotShare(lot: Lot(.continuing, $0.line.year), state: $0) }
        continue
      }
      shares += try LotSplit(lines, pool).shares
    }
    return shares
  }
}

/// One pool's lines told apart: money as it came in, spending by the lots it used, and what is set aside by the lots it
/// will use, the oldest first.
private struct LotSplit {
  private let lines: [LineState]
  private let current: Lot
  /// What of each lot no line has been given yet.
  private var unused: [Lot: Fen]
  private var spent: [[Lot: Fen]]
  private var committed: [[Lot: Fen]]
  /// What moved between lots without anybody's spending: a lot below zero is filled from others.
  private var moved: [Lot: Fen] = [:]
  private let basis: Basis

  init(_ lines: [LineState], _ pool: Pool) {
    self.lines = lines.sorted { $0.line.classification < $1.line.classification }
    current = pool.current
    basis = pool.basis
    unused = pool.used
    spent = Array(repeating: [:], count: lines.count)
    committed = spent
    var open = self.lines.map { Fen($0.sums[.disbursed]) }
    for index in open.indices { open[index] -= giveStated(index, open[index]) }
    for index in open.indices { giveOldest(index, open[index]) }
    moved = unused
    setAside(pool.left)
  }

  private mutating func setAside(_ left: [Lot: Fen]) {
    var left = left
    for index in lines.indices {
      var open = Fen(lines[index].sums[.committed])
      let stated = lines[index].line.classification.from.map { Lot(.continuing, $0) }
      let lots = stated.map { [$0] } ?? left.keys.sorted().filter { $0.kind == .continuing }
      for lot in lots where open > 0 {
        let part = min(open, max(0, left[lot] ?? 0))
        committed[index][lot, default: 0] += part
        left[lot, default: 0] -= part
        open -= part
      }
      committed[index][stated ?? current, default: 0] += open
    }
  }

  /// - Returns: how much of the spending is that of the lot it states.
  private mutating func giveStated(_ index: Int, _ amount: Fen) -> Fen {
    guard let from = lines[index].line.classification.from, amount != 0 else { return 0 }
    let lot = Lot(.continuing, from)
    let part = amount < 0 ? amount : min(amount, max(0, unused[lot] ?? 0))
    give(index, lot, part)
    return part
  }

  private mutating func giveOldest(_ index: Int, _ amount: Fen) {
    var open = amount
    for lot in unused.keys.sorted() where open > 0 {
      let part = min(open, max(0, unused[lot] ?? 0))
      give(index, lot, part)
      open -= part
    }
    give(index, current, open)
  }

  private mutating func give(_ index: Int, _ lot: Lot, _ amount: Fen) {
    guard amount != 0 else { return }
    spent[index][lot, default: 0] += amount
    unused[lot, default: 0] -= amount
  }

  var shares: [LotShare] {
    get throws {
      try lines.indices.flatMap { index in
        var sums = try LotSplit.money(of: lines[index], current)
        for (lot, amount) in spent[index] { try add(amount, to: .disbursed, lot, &sums) }
        for (lot, amount) in committed[index] { try add(amount, to: .committed, lot, &sums) }
        if index == 0 {
          let measure = basis == .receipts ? SummedMeasure.received : .adjusted
          for (lot, amount) in moved { try add(-amount, to: measure, lot, &sums) }
        }
        if sums.isEmpty { sums[current] = Sums() }
        return sums.map { lot, sums in
          LotShare(lot: lot, state: LineState(line: lines[index].line, month: nil, sums: sums))
        }
      }
    }
  }

  private func add(_ amount: Fen, to measure: SummedMeasure, _ lot: Lot, _ sums: inout [Lot: Sums]) throws {
    guard amount != 0 else { return }
    sums[lot, default: Sums()][measure] = try Money(Fen(sums[lot]?[measure] ?? 0) + amount).fen
  }

  /// All sums of the line but what was spent.
  private static func money(of entry: LineState, _ current: Lot) throws -> [Lot: Sums] {
    let stated = entry.line.classification.from.map { Lot(.continuing, $0) }
    var continuing = Sums()
    var surplus = Sums()
    var rest = entry.sums
    for measure in [
      SummedMeasure.carriedIn, .surplusIn, .openingAdjusted, .surplusAdjusted, .disbursed, .committed,
    ] {
      rest[measure] = 0
    }
    surplus[.carriedIn] = entry.sums[.surplusIn]
    surplus[.surplusIn] = entry.sums[.surplusIn]
    surplus[.openingAdjusted] = entry.sums[.surplusAdjusted]
    surplus[.surplusAdjusted] = entry.sums[.surplusAdjusted]
    func without(_ part: SummedMeasure, _ whole: SummedMeasure) throws -> Int64 {
      try Money(Fen(entry.sums[whole]) - Fen(entry.sums[part])).fen
    }
    continuing[.carriedIn] = try without(.surplusIn, .carriedIn)
    continuing[.openingAdjusted] = try without(.surplusAdjusted, .openingAdjusted)
    // What is foreseen from carried money, and contracted on it, belongs to that money.
    for measure in [SummedMeasure.foreseen, .contracted] where stated != nil {
      continuing[measure] = rest[measure]
      rest[measure] = 0
    }
    if stated != nil {
      continuing[.appropriated] = continuing[.foreseen]
      rest[.appropriated] = try without(.foreseen, .appropriated)
    }
    var sums: [Lot: Sums] = [:]
    for (lot, part) in [
      (stated ?? current, continuing), (Lot(.surplus, stated?.from ?? current.from), surplus), (current, rest),
    ] where part != Sums() {
      guard sums[lot, default: Sums()].add(part) else { throw Overflow() }
    }
    return sums
  }
}

import GRDB

/// A state at two dates, from the projections: months that lie before the as-of date as a whole, days of the month it
/// falls into; of what was known at an earlier time the runs that were full by then, and the events of one run.
extension BookReader {
  /// - Parameter years: only lines of these budget years; empty: of any.
  func state(at horizon: Horizon, byMonth: Bool, years: [Int] = []) throws -> LedgerState {
    let end = try lastPosition(knownAt: horizon.knownAt)
    let blocks = try lineBlocks(of: years)
    // Up to here the rows tell, and from there on the events.
    let kept = try end < projectedPosition() ? runs.full(at: end) * runs.length : projectedPosition()
    let isFolded = kept < end
    var totals = try projectedTotals(
      of: blocks, among: isFolded ? 1..<head.budgetLines + 1 : lineNumbers(of: blocks), asOf: horizon.asOf,
      through: kept, byMonth: byMonth)
    var position = try lastPosition(upTo: horizon.asOf, through: kept)
    if isFolded {
      let found = try fold(kept + 1...end, asOf: horizon.asOf, byMonth: byMonth, onto: totals)
      totals = found.totals
      position = max(position, found.position)
    }
    return LedgerState(lines: try lineStates(totals, blocks.map(\.block), years: years), position: position)
  }

  /// The same from the events alone.
  func foldedState(at horizon: Horizon, byMonth: Bool) throws -> LedgerState {
    let end = try lastPosition(knownAt: horizon.knownAt)
    let found: EventFold.Folded =
      end > 0 ? try fold(1...end, asOf: horizon.asOf, byMonth: byMonth, onto: [:]) : ([:], 0)
    return LedgerState(lines: try lineStates(found.totals, Array(0..<blockCount), years: []), position: found.position)
  }

  /// Folds the events of these positions onto what has been added up before.
  private func fold(
    _ positions: ClosedRange<Int>, asOf: Day, byMonth: Bool, onto totals: MonthlySums.Totals
  ) throws -> EventFold.Folded {
    if let path, positions.count >= runs.fewestForTwo,
      let found = EventFold.halves(of: positions, self, path: path, asOf: asOf, byMonth: byMonth, onto: totals)
    {
      return found
    }
    var fold = EventFold(self, asOf: asOf, byMonth: byMonth, totals: totals)
    try fold.run(positions)
    return (fold.totals, fold.position)
  }

  /// The last position known at a time.
  func lastPosition(knownAt: KnownAt) throws -> Int {
    switch knownAt {
    case .everything: return head.position
    case .position(let position): return min(position, head.position)
    case .time(let time):
      guard time < head.recorded else { return head.position }
      // Recorded times do not fall from one position to the next.
      return try (1..<head.position).firstByHalving { try recordedTime(at: $0) > time } - 1
    }
  }

  /// The newest budget year of the lines; `nil` where no money has moved.
  func newestYear() throws -> Int? { try lineBlocks().map(\.lastYear).max() }

  /// The blocks with lines of these years; of any, where there are none.
  private func lineBlocks(of years: [Int]) throws -> [LineBlockRow] {
    try lineBlocks().filter { row in
      years.isEmpty || years.contains { row.firstYear <= $0 && $0 <= row.lastYear }
    }
  }

  /// From the first line of these blocks to their last.
  private func lineNumbers(of blocks: [LineBlockRow]) -> Range<Int> {
    guard let first = blocks.first, let last = blocks.last else { return 1..<1 }
    return lineNumbers(inBlock: first.block).lowerBound..<lineNumbers(inBlock: last.block).upperBound + 1
  }

  private func lineBlocks() throws -> [LineBlockRow] {
    try numberedRows(
      LineBlockRow.select + " WHERE block >= ? ORDER BY block", of: "line_blocks", count: blockCount,
      number: \.block, LineBlockRow.init)
  }

  /// - Parameters:
  ///   - lines: what the totals are of: at least the lines of these blocks.
  ///   - end: the last position that counts.
  private func projectedTotals(
    of blocks: [LineBlockRow], among lines: Range<Int>, asOf: Day, through end: Int, byMonth: Bool
  ) throws -> MonthlySums.Totals {
    let full = try fullRuns(at: end)
    let isMonthEnd = asOf.day == Day.days(inMonth: asOf.month, of: asOf.year)
    let month = Int(asOf.number) / 100
    var sums = MonthlySums(lines: lines, byMonth: byMonth)
    for block in blocks {
      // How many days each row of the as-of month is made of.
      var partly: [(run: Int, days: Int)] = []
      try LineMonthRow.forEach(of: block, database) { key, days, bytes in
        if !isMonthEnd, key.period == month { partly.append((key.run, days)) }
        guard key.run < full, isMonthEnd ? key.period <= month : key.period < month else { return }
        sums.turn(to: key.period)
        try sums.current.add(block: block.block, packed: bytes)
      }
      guard !partly.isEmpty else { continue }
      sums.turn(to: month)
      try LineDayRow.forEach(of: block.block, month * 100...month * 100 + 99, counted: partly, database) { key, bytes in
        if key.run < full, key.period <= Int(asOf.number) {
          try sums.current.add(block: block.block, packed: bytes)
        }
      }
    }
    return sums.totals
  }

  private func lineStates(_ totals: MonthlySums.Totals, _ blocks: [Int], years: [Int]) throws -> [LineState] {
    let found = try budgetLines(inBlocks: blocks)
    var states: [LineState] = []
    states.reserveCapacity(found.reduce(0) { $0 + $1.lines.count })
    for (month, sums) in totals.sorted(by: { $0.key < $1.key }) {
      let text = month == 0 ? nil : Day(number: month * 100 + 1)?.monthText
      for (first, lines) in found {
        for index in lines.indices where sums.isMoved(first + index) {
          guard years.isEmpty || years.contains(lines[index].year) else { continue }
          states.append(LineState(line: lines[index], month: text, sums: sums[first + index]))
        }
      }
    }
    return states
  }

  /// How many runs count whole up to a position: at the end of the projections also the last one, full or not.
  private func fullRuns(at end: Int) throws -> Int { try end == projectedPosition() ? .max : runs.full(at: end) }

  /// The last event dated on or before a day; 0 if there is none.
  /// - Parameter end: the last position that counts. Of a run that is not full by then nothing is said.
  private func lastPosition(upTo date: Day, through end: Int) throws -> Int {
    let full = try fullRuns(at: end)
    return try runRows().reversed().lazy.filter { $0.run < full }.compactMap { $0.lastPosition(upTo: date) }.first ?? 0
  }
}

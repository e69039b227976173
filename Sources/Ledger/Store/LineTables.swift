import GRDB

/// The sums of budget lines in a book while events are appended: changed in memory, written at the end of the batch, in
/// the same transaction as the events.
struct LineTables {
  /// What is known of a block that the batch has touched.
  private struct Block {
    var row: LineBlockRow
    /// Over all days, so that a sum that would leave `Int64` is noticed at its event.
    var totals = BlockSums()
    var isChanged = false
  }

  private let database: Database
  private let runs: PositionRuns
  private var blocks: [Int: Block] = [:]
  /// What is not yet written, by day.
  private var changes: [BlockPeriod: BlockSums] = [:]

  init(_ database: Database, _ runs: PositionRuns) {
    self.database = database
    self.runs = runs
  }

  /// - Parameters:
  ///   - number: of the budget line, whose year this is.
  ///   - position: of the event.
  /// - Throws: `Overflow` where a sum would leave `Int64`.
  mutating func add(_ sums: Sums, line number: Int, of year: Int, on date: Day, at position: Int) throws {
    let block = BlockSums.block(ofLine: number)
    let index = BlockSums.index(ofLine: number)
    try load(block, year: year)
    try blocks[block]?.totals.add(sums, at: index)
    let key = BlockPeriod(block: block, period: Int(date.number), run: runs.run(of: position))
    try changes[key, default: BlockSums()].add(sums, at: index)
  }

  private mutating func load(_ number: Int, year: Int) throws {
    if let known = blocks[number]?.row {
      if known.firstYear <= year, year <= known.lastYear { return }
      blocks[number]?.row.firstYear = min(known.firstYear, year)
      blocks[number]?.row.lastYear = max(known.lastYear, year)
      blocks[number]?.isChanged = true
      return
    }
    guard let row = try storedBlock(number) else {
      let row = LineBlockRow(block: number, months: 0, firstYear: year, lastYear: year)
      blocks[number] = Block(row: row, isChanged: true)
      return
    }
    var block = Block(row: row)
    try forEachMonth(of: number) { _, _, sums in try block.totals.add(sums) }
    blocks[number] = block
    try load(number, year: year)
  }

  private func storedBlock(_ number: Int) throws -> LineBlockRow? {
    let statement = try RawStatement(database, LineBlockRow.select + " WHERE block = ?")
    defer { statement.reset() }
    statement.bind(number, at: 1)
    return try statement.step() ? LineBlockRow(statement) : nil
  }

  private func forEachMonth(of block: Int, _ body: (BlockPeriod, _ days: Int, BlockSums) throws -> Void) throws {
    let statement = try RawStatement(database, LineMonthRow.select + " WHERE block = ?")
    defer { statement.reset() }
    statement.bind(block, at: 1)
    while try statement.step() {
      let (key, days, bytes) = try LineMonthRow.read(statement)
      guard let sums = BlockSums(bytes: bytes) else { throw DamagedRow(table: "line_months", row: key.name) }
      try body(key, days, sums)
    }
  }

  /// What moved one of these lines on a day, in order of days; a day may come more than once.
  /// - Parameter lines: numbers of budget lines.
  func forEachDay(of lines: [Int], _ body: (_ line: Int, Day, Sums) throws -> Void) throws {
    for (block, lines) in Dictionary(grouping: lines, by: BlockSums.block).sorted(by: { $0.key < $1.key }) {
      func tell(_ period: Int, _ sums: BlockSums) throws {
        guard let day = Day(number: period) else {
          throw DamagedRow(table: "line_days", row: "\(block), \(period)")
        }
        for line in lines {
          if let sums = sums[BlockSums.index(ofLine: line)] { try body(line, day, sums) }
        }
      }
      let statement = try RawStatement(database, LineDayRow.select + " WHERE block = ? ORDER BY date, run")
      defer { statement.reset() }
      statement.bind(block, at: 1)
      while try statement.step() {
        let (key, bytes) = try LineDayRow.read(statement)
        guard let sums = BlockSums(bytes: bytes) else { throw DamagedRow(table: "line_days", row: key.name) }
        try tell(key.period, sums)
      }
      for (key, sums) in changes where key.block == block { try tell(key.period, sums) }
    }
  }

  // MARK: Writing

  /// Writes what has changed.
  /// - Throws: `Overflow`.
  mutating func flush() throws {
    var months: [BlockPeriod: (newDays: Int, change: BlockSums)] = [:]
    for (key, change) in changes.sorted(by: { $0.key < $1.key }) {
      var sums = change
      let stored = try storedDay(key)
      if let stored { try sums.add(stored) }
      try LineDayRow.write(database, key, sums)
      months[key.month, default: (0, BlockSums())].newDays += stored == nil ? 1 : 0
      try months[key.month]?.change.add(change)
    }
    for (key, month) in months.sorted(by: { $0.key < $1.key }) {
      var sums = month.change
      let stored = try storedMonth(key)
      if let stored {
        try sums.add(stored.sums)
      } else {
        blocks[key.block]?.row.months += 1
        blocks[key.block]?.isChanged = true
      }
      try LineMonthRow.write(database, key, days: month.newDays + (stored?.days ?? 0), sums)
    }
    for block in blocks.keys.sorted() where blocks[block]?.isChanged == true {
      try blocks[block]?.row.write(database)
      blocks[block]?.isChanged = false
    }
    changes = [:]
  }

  private func storedDay(_ key: BlockPeriod) throws -> BlockSums? {
    let statement = try RawStatement(database, LineDayRow.select + " WHERE block = ? AND date = ? AND run = ?")
    defer { statement.reset() }
    statement.bind(key)
    guard try statement.step() else { return nil }
    guard let sums = BlockSums(bytes: try LineDayRow.read(statement).sums) else {
      throw DamagedRow(table: "line_days", row: key.name)
    }
    return sums
  }

  private func storedMonth(_ key: BlockPeriod) throws -> (days: Int, sums: BlockSums)? {
    let statement = try RawStatement(database, LineMonthRow.select + " WHERE block = ? AND month = ? AND run = ?")
    defer { statement.reset() }
    statement.bind(key)
    guard try statement.step() else { return nil }
    let (_, days, bytes) = try LineMonthRow.read(statement)
    guard let sums = BlockSums(bytes: bytes) else { throw DamagedRow(table: "line_months", row: key.name) }
    return (days, sums)
  }
}

extension RawStatement {
  fileprivate func bind(_ key: BlockPeriod) {
    bind(key.block, at: 1)
    bind(key.period, at: 2)
    bind(key.run, at: 3)
  }
}

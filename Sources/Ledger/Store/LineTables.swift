import GRDB

/// The sums of budget lines in a book while events are appended: changed in memory, written at the end of the batch, in
/// the same transaction as the events.
struct LineTables {
  /// What is known of a block that the batch has touched.
  private struct Block {
    var row: LineBlockRow
    var isChanged = false
    /// Where the changes of the day last added to stand.
    var last: (key: BlockPeriod, place: Int)?
  }

  private let connection: Connection
  private let runs: PositionRuns
  /// By number; `nil` for a block that is not known yet.
  private var blocks: [Block?] = []
  /// Over all days, by number of the block, so that a sum that would leave `Int64` is noticed at its event. Apart from
  /// what else is known of a block, which is asked at every event and would be copied with them.
  private var totals: [BlockSums] = []
  /// As many as these are written before the end, so that a history of many years takes no more memory. What is written
  /// does not depend on it.
  private static let mostChanges = 4_096

  /// What is not yet written, by day.
  private var changes: [(key: BlockPeriod, sums: BlockSums)] = []
  private var places: [BlockPeriod: Int] = [:]

  init(_ connection: Connection, _ runs: PositionRuns) {
    self.connection = connection
    self.runs = runs
  }

  /// - Parameters:
  ///   - number: of the budget line, whose year this is.
  ///   - position: of the event.
  /// - Throws: `Overflow` where a sum would leave `Int64`.
  mutating func add(_ sums: Sums, line number: Int, of year: Int, on date: Day, at position: Int) throws {
    let (block, index, place) = try places(of: number, year, date, position)
    try totals[block].add(sums, at: index)
    try changes[place].sums.add(sums, at: index)
  }

  /// The same of an amount.
  /// - Parameters:
  ///   - size: without its sign, in fen.
  ///   - change: what one fen does.
  mutating func add(
    _ size: Int64, by change: UnitChange, line number: Int, of year: Int, on date: Day, at position: Int
  ) throws {
    let (block, index, place) = try places(of: number, year, date, position)
    try totals[block].add(size, by: change, at: index)
    try changes[place].sums.add(size, by: change, at: index)
  }

  /// The block of a line, its place there, and where the changes of the day stand.
  private mutating func places(
    of number: Int, _ year: Int, _ date: Day, _ position: Int
  ) throws -> (block: Int, index: Int, changes: Int) {
    let block = BlockSums.block(ofLine: number)
    try load(block, year: year)
    if changes.count >= LineTables.mostChanges { try flush() }
    let key = BlockPeriod(block: block, period: Int(date.number), run: runs.run(of: position))
    return (block, BlockSums.index(ofLine: number), place(of: key))
  }

  /// Most events are of the day of the one before.
  private mutating func place(of key: BlockPeriod) -> Int {
    if let last = blocks[key.block]?.last, last.key == key { return last.place }
    let place = places[key] ?? changes.count
    if place == changes.count {
      changes.append((key, BlockSums()))
      places[key] = place
    }
    blocks[key.block]?.last = (key, place)
    return place
  }

  private mutating func load(_ number: Int, year: Int) throws {
    while blocks.count <= number {
      blocks.append(nil)
      totals.append(BlockSums())
    }
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
    totals[number] = try storedTotal(of: row)
    blocks[number] = Block(row: row)
    try load(number, year: year)
  }

  private func storedBlock(_ number: Int) throws -> LineBlockRow? {
    let statement = try RawStatement(connection.database, LineBlockRow.select + " WHERE block = ?")
    defer { statement.reset() }
    statement.bind(number, at: 1)
    return try statement.step() ? LineBlockRow(statement) : nil
  }

  private func storedTotal(of block: LineBlockRow) throws -> BlockSums {
    var total = BlockSums()
    try LineMonthRow.forEach(of: block, connection.database) { _, _, bytes in try total.add(packed: bytes) }
    return total
  }

  /// What moved these lines over all days, of those that were moved.
  /// - Parameter lines: numbers of budget lines.
  func forEachTotal(of lines: [Int], _ body: (_ line: Int, Sums) throws -> Void) throws {
    for (block, lines) in Dictionary(grouping: lines, by: BlockSums.block) {
      let isKnown = block < blocks.count && blocks[block] != nil
      let total = try isKnown ? totals[block] : storedBlock(block).map(storedTotal) ?? BlockSums()
      for line in lines { if let sums = total[BlockSums.index(ofLine: line)] { try body(line, sums) } }
    }
  }

  /// What moved one of these lines on a day. Days come in no order, and one may come more than once.
  /// - Parameters:
  ///   - lines: numbers of budget lines.
  ///   - date: only on days after it; `nil`: on any.
  func forEachDay(
    of lines: [Int], after date: Day? = nil, _ body: (_ line: Int, Day, Sums) throws -> Void
  ) throws {
    let date = date.map { Int($0.number) } ?? 0
    for (block, lines) in Dictionary(grouping: lines, by: BlockSums.block).sorted(by: { $0.key < $1.key }) {
      func tell(_ key: BlockPeriod, _ index: Int, _ sums: Sums) throws {
        guard let day = Day(number: key.period) else { throw DamagedRow(table: "line_days", row: key.name) }
        try body(block * BlockSums.size + index + 1, day, sums)
      }
      let asked = lines.reduce(0 as BlockSums.Lines) { $0 | 1 << BlockSums.index(ofLine: $1) }
      try forEachStoredDay(of: block, after: date) { key, bytes in
        try PackedSumsReader.forEachLine(of: bytes, among: asked) { try tell(key, $0, $1) }
      }
      for (key, sums) in changes where key.block == block && key.period > date {
        for index in 0..<BlockSums.size where asked >> index & 1 == 1 {
          if let sums = sums[index] { try tell(key, index, sums) }
        }
      }
    }
  }

  /// The days stand by run, so that those after a date are next to each other only within one. All of its month are
  /// read, since it is known how many days a month has.
  /// - Parameter date: `20210914`.
  private func forEachStoredDay(
    of block: Int, after date: Int, _ body: (BlockPeriod, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let row = try storedBlock(block) else { return }
    let month = date / 100
    var counted: [(run: Int, days: Int)] = []
    try LineMonthRow.forEach(of: row, connection.database) { key, days, _ in
      guard key.period >= month else { return }
      if counted.last?.run != key.run { counted.append((key.run, 0)) }
      counted[counted.count - 1].days += days
    }
    try LineDayRow.forEach(
      of: block, month * 100...BlockPeriod.lastPeriod, counted: counted, connection.database
    ) { key, bytes in if key.period > date { try body(key, bytes) } }
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
      try LineDayRow.write(connection.database, key, sums)
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
      try LineMonthRow.write(connection.database, key, days: month.newDays + (stored?.days ?? 0), sums)
    }
    for block in blocks.indices where blocks[block]?.isChanged == true {
      try blocks[block]?.row.write(connection.database)
      blocks[block]?.isChanged = false
    }
    for (key, _) in changes { blocks[key.block]?.last = nil }
    changes = []
    places = [:]
  }

  private func storedDay(_ key: BlockPeriod) throws -> BlockSums? {
    let statement = try RawStatement(connection.database, LineDayRow.select + " WHERE place = ?")
    defer { statement.reset() }
    statement.bind(key.place, at: 1)
    guard try statement.step() else { return nil }
    guard let sums = BlockSums(bytes: try LineDayRow.read(statement).sums) else {
      throw DamagedRow(table: "line_days", row: key.name)
    }
    return sums
  }

  private func storedMonth(_ key: BlockPeriod) throws -> (days: Int, sums: BlockSums)? {
    let statement = try RawStatement(connection.database, LineMonthRow.select + " WHERE place = ?")
    defer { statement.reset() }
    statement.bind(key.place, at: 1)
    guard try statement.step() else { return nil }
    let (_, days, bytes) = try LineMonthRow.read(statement)
    guard let sums = BlockSums(bytes: bytes) else { throw DamagedRow(table: "line_months", row: key.name) }
    return (days, sums)
  }
}

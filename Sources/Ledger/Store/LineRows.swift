import GRDB

/// How the history is cut: into runs of so many positions. What was known at an earlier time is the runs that were full
/// by then, and the events of one run.
struct PositionRuns: Equatable {
  let length: Int
  /// As many events are folded on two cores; with fewer, opening the book a second time takes longer than it saves.
  var fewestForTwo = 20_000

  /// So many events at most are left to the tail; see `BookReader.projectedPosition`.
  var mostInTail = 512

  /// So many events of a running batch at least are known without being looked up. An ordinary batch has fewer; of a
  /// larger one the oldest are left to the book.
  var leastRecent = 8_192

  /// As every book is kept: about as many as can be folded while a person does not notice. A test takes fewer.
  static let usual = PositionRuns(length: 131_072)

  func run(of position: Int) -> Int { (position - 1) / length }

  /// How many runs are full at a position.
  func full(at position: Int) -> Int { position / length }
}

/// What a block of lines has in the projections: how many months, over all runs, and the years of its lines.
struct LineBlockRow: Equatable {
  let block: Int
  var months: Int
  var firstYear: Int
  var lastYear: Int

  init(block: Int, months: Int, firstYear: Int, lastYear: Int) {
    self.block = block
    self.months = months
    self.firstYear = firstYear
    self.lastYear = lastYear
  }

  static let select = "SELECT block, months, first_year, last_year, checksum FROM line_blocks"

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    self.init(
      block: Int(row.integer(0)), months: Int(row.integer(1)), firstYear: Int(row.integer(2)),
      lastYear: Int(row.integer(3)))
    guard checksum == row.integer(4) else { throw DamagedRow(table: "line_blocks", row: String(block)) }
  }

  func write(_ database: Database) throws {
    let statement = try RawStatement(database, "INSERT OR REPLACE INTO line_blocks VALUES (?, ?, ?, ?, ?)")
    for (index, value) in [block, months, firstYear, lastYear].enumerated() {
      statement.bind(value, at: Int32(index + 1))
    }
    statement.bind(checksum, at: 5)
    try statement.run()
  }

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(block)
    sum.add(months)
    sum.add(firstYear)
    sum.add(lastYear)
    return sum.value
  }
}

/// Which sums a row holds: of a block of lines, in a period, from the events of one run.
struct BlockPeriod: Hashable, Comparable {
  let block: Int
  /// `20210914` of a day, `202109` of a month.
  let period: Int
  let run: Int

  var month: BlockPeriod { BlockPeriod(block: block, period: period / 100, run: run) }

  /// All three as one number, by which the tables keep them: `12 00003 20210914` without the spaces.
  var place: Int {
    precondition(run < BlockPeriod.runs, "a file of SQLite ends before so many events")
    return (block * BlockPeriod.runs + run) * BlockPeriod.periods + period
  }

  private static let runs = 100_000
  private static let periods = 100_000_000

  /// The places of a block, in all runs.
  static func places(ofBlock block: Int) -> ClosedRange<Int> {
    let first = block * runs * periods
    return first...first + runs * periods - 1
  }

  static func < (left: BlockPeriod, right: BlockPeriod) -> Bool { left.place < right.place }

  /// The places of a block in one run, in a range of periods.
  static func places(ofBlock block: Int, run: Int, _ periods: ClosedRange<Int>) -> ClosedRange<Int> {
    BlockPeriod(block: block, period: periods.lowerBound, run: run)
      .place...BlockPeriod(block: block, period: periods.upperBound, run: run).place
  }

  /// No day or month is later.
  static let lastPeriod = periods - 1

  var name: String { "\(block), \(period), \(run)" }
}

extension BlockPeriod {
  /// - Parameter place: as a table has it.
  init(place: Int) {
    let (rest, period) = place.quotientAndRemainder(dividingBy: BlockPeriod.periods)
    let (block, run) = rest.quotientAndRemainder(dividingBy: BlockPeriod.runs)
    self.init(block: block, period: period, run: run)
  }
}

/// The sums of a block of lines on one day.
enum LineDayRow {
  static let select = "SELECT place, sums, checksum FROM line_days"

  /// The sums as bytes, which stay for as long as the statement stands at the row.
  /// - Throws: `DamagedRow`.
  static func read(_ row: RawStatement) throws -> (key: BlockPeriod, sums: UnsafeRawBufferPointer) {
    let key = BlockPeriod(place: Int(row.integer(0)))
    let sums = row.bytes(1)
    guard checksum(key, sums) == row.integer(2) else { throw DamagedRow(table: "line_days", row: key.name) }
    return (key, sums)
  }

  /// The days of a block in a range of periods, from the events of some runs.
  /// - Parameter counted: how many there are of each run. A missing row has no checksum to fail.
  /// - Throws: `DamagedRow`, also where `body` finds the sums malformed.
  static func forEach(
    of block: Int, _ periods: ClosedRange<Int>, counted: [(run: Int, days: Int)], _ database: Database,
    _ body: (BlockPeriod, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let statement = try RawStatement(database, select + " WHERE place BETWEEN ? AND ?")
    defer { statement.reset() }
    for (run, days) in counted {
      statement.reset()
      statement.bind(BlockPeriod.places(ofBlock: block, run: run, periods), at: 1)
      var count = 0
      while try statement.step() {
        let (key, sums) = try read(statement)
        count += 1
        do { try body(key, sums) } catch is PackedReader.Malformed {
          throw DamagedRow(table: "line_days", row: key.name)
        }
      }
      guard count == days else {
        throw DamagedRow(table: "line_days", row: "\(block), \(periods.lowerBound / 100)")
      }
    }
  }

  static func write(_ database: Database, _ key: BlockPeriod, _ sums: BlockSums) throws {
    let statement = try RawStatement(
      database, "INSERT OR REPLACE INTO line_days (place, sums, checksum) VALUES (?, ?, ?)")
    let bytes = sums.bytes
    statement.bind(key.place, at: 1)
    statement.bind(bytes, at: 2)
    statement.bind(bytes.withUnsafeBytes { checksum(key, $0) }, at: 3)
    try statement.run()
  }

  private static func checksum(_ key: BlockPeriod, _ sums: UnsafeRawBufferPointer) -> Int64 {
    var sum = RowChecksum()
    sum.add(key.block)
    sum.add(key.period)
    sum.add(key.run)
    sum.add(sums)
    return sum.value
  }
}

/// The sums of a block of lines over one month, and how many days they are made of.
enum LineMonthRow {
  static let select = "SELECT place, days, sums, checksum FROM line_months"

  /// The sums as bytes, which stay for as long as the statement stands at the row.
  /// - Throws: `DamagedRow`.
  static func read(_ row: RawStatement) throws -> (key: BlockPeriod, days: Int, sums: UnsafeRawBufferPointer) {
    let key = BlockPeriod(place: Int(row.integer(0)))
    let days = Int(row.integer(1))
    let sums = row.bytes(2)
    guard checksum(key, days, sums) == row.integer(3) else {
      throw DamagedRow(table: "line_months", row: key.name)
    }
    return (key, days, sums)
  }

  /// All months of a block, which says how many there are, run by run.
  /// - Throws: `DamagedRow`, also where `body` finds the sums malformed.
  static func forEach(
    of block: LineBlockRow, _ database: Database,
    _ body: (BlockPeriod, _ days: Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let statement = try RawStatement(database, select + " WHERE place BETWEEN ? AND ?")
    defer { statement.reset() }
    statement.bind(BlockPeriod.places(ofBlock: block.block), at: 1)
    var count = 0
    while try statement.step() {
      let (key, days, sums) = try read(statement)
      count += 1
      do { try body(key, days, sums) } catch is PackedReader.Malformed {
        throw DamagedRow(table: "line_months", row: key.name)
      }
    }
    guard count == block.months else { throw DamagedRow(table: "line_months", row: String(block.block)) }
  }

  static func write(_ database: Database, _ key: BlockPeriod, days: Int, _ sums: BlockSums) throws {
    let statement = try RawStatement(
      database, "INSERT OR REPLACE INTO line_months (place, days, sums, checksum) VALUES (?, ?, ?, ?)")
    let bytes = sums.bytes
    statement.bind(key.place, at: 1)
    statement.bind(days, at: 2)
    statement.bind(bytes, at: 3)
    statement.bind(bytes.withUnsafeBytes { checksum(key, days, $0) }, at: 4)
    try statement.run()
  }

  private static func checksum(_ key: BlockPeriod, _ days: Int, _ sums: UnsafeRawBufferPointer) -> Int64 {
    var sum = RowChecksum()
    sum.add(key.block)
    sum.add(key.period)
    sum.add(key.run)
    sum.add(days)
    sum.add(sums)
    return sum.value
  }
}

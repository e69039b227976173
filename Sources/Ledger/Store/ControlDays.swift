import GRDB

/// What changes on a day at 128 control keys together. The keys of a unit are numbered together, so a block is about
/// what a day's recording touches.
struct ControlDays {
  private struct Key: Hashable, Comparable {
    let block: Int
    let date: Int

    /// Both as one number, by which the table keeps them: `12 20210914` without the space.
    var place: Int { block * Key.dates + date }
    private static let dates = 100_000_000

    static func places(ofBlock block: Int) -> ClosedRange<Int> { block * dates...(block + 1) * dates - 1 }

    init(place: Int) { (block, date) = place.quotientAndRemainder(dividingBy: Key.dates) }

    init(block: Int, date: Int) {
      self.block = block
      self.date = date
    }

    var name: String { "\(block), \(date)" }

    static func < (left: Key, right: Key) -> Bool { left.place < right.place }
  }

  fileprivate static let size = 128

  /// The changes of a day by the place of the key in its block.
  private typealias DayChanges = [Int64?]

  /// What is to be written, each key and day once.
  private var changes: [(key: Key, place: Int, change: Int64)] = []

  mutating func set(_ change: Int64, key number: Int, on date: Day) {
    let (block, place) = (number - 1).quotientAndRemainder(dividingBy: ControlDays.size)
    changes.append((Key(block: block, date: Int(date.number)), place, change))
  }

  /// What is available at the keys of a block, day by day.
  /// - Throws: `DamagedRow`.
  fileprivate static func timelines(_ database: Database, ofBlock block: Int) throws -> [Timeline] {
    var found: [(place: Int, day: Day, change: Int64)] = []
    var counts = [Int](repeating: 0, count: size)
    let statement = try RawStatement(database, select + " WHERE place BETWEEN ? AND ? ORDER BY place")
    defer { statement.reset() }
    statement.bind(Key.places(ofBlock: block), at: 1)
    var days = 0
    while try statement.step() {
      try forEachChange(statement) { place, change, day in
        found.append((place, day, change))
        counts[place] += 1
      }
      days += 1
    }
    // A missing row has no checksum to fail.
    guard try ControlBlockRow.read(database, block).days == days else {
      throw DamagedRow(table: "control_days", row: String(block))
    }
    // A key has hundreds of days: none of its changes is moved again.
    var changes = counts.map { count -> [Timeline.Change] in
      var changes: [Timeline.Change] = []
      changes.reserveCapacity(count)
      return changes
    }
    for (place, day, change) in found { changes[place].append((day, Fen(change))) }
    return changes.map(Timeline.init)
  }

  static let select = "SELECT place, changes, checksum FROM control_days"

  /// What a row is called where it is damaged.
  static func name(ofPlace place: Int) -> String { Key(place: place).name }

  /// Every change of a row, with the place of its key in the block.
  /// - Throws: `DamagedRow`.
  static func forEachChange(_ row: RawStatement, _ body: (_ place: Int, Int64, Day) -> Void) throws {
    let key = Key(place: Int(row.integer(0)))
    let bytes = row.bytes(1)
    do {
      guard checksum(key, bytes) == row.integer(2), let day = Day(number: key.date) else {
        throw PackedReader.Malformed()
      }
      var reader = PackedReader(bytes)
      while !reader.isAtEnd {
        let place = Int(try reader.byte())
        guard place < size else { throw PackedReader.Malformed() }
        body(place, try reader.signed(), day)
      }
    } catch { throw DamagedRow(table: "control_days", row: key.name) }
  }

  /// Puts the changes in place of those stored.
  /// - Throws: `DamagedRow`.
  func write(_ database: Database) throws {
    var newDays: [Int: Int] = [:]
    let sorted = changes.sorted { $0.key < $1.key }
    var next = 0
    while next < sorted.count {
      let key = sorted[next].key
      var day = DayChanges(repeating: nil, count: ControlDays.size)
      if try !ControlDays.read(database, key, into: &day) { newDays[key.block, default: 0] += 1 }
      while next < sorted.count, sorted[next].key == key {
        day[sorted[next].place] = sorted[next].change
        next += 1
      }
      try ControlDays.write(database, key, day)
    }
    for (block, days) in newDays.sorted(by: { $0.key < $1.key }) {
      var row = try ControlBlockRow.read(database, block)
      row.days += days
      try row.write(database)
    }
  }

  private static func write(_ database: Database, _ key: Key, _ day: DayChanges) throws {
    var writer = PackedWriter()
    for (place, change) in day.enumerated() {
      guard let change else { continue }
      writer.add(byte: UInt8(place))
      writer.add(signed: change)
    }
    let statement = try RawStatement(
      database, "INSERT OR REPLACE INTO control_days (place, changes, checksum) VALUES (?, ?, ?)")
    statement.bind(key.place, at: 1)
    statement.bind(writer.bytes, at: 2)
    statement.bind(writer.bytes.withUnsafeBytes { ControlDays.checksum(key, $0) }, at: 3)
    try statement.run()
  }

  /// - Returns: `false` if there is no row.
  private static func read(_ database: Database, _ key: Key, into day: inout DayChanges) throws -> Bool {
    let statement = try RawStatement(database, select + " WHERE place = ?")
    defer { statement.reset() }
    statement.bind(key.place, at: 1)
    guard try statement.step() else { return false }
    try forEachChange(statement) { place, change, _ in day[place] = change }
    return true
  }

  private static func checksum(_ key: Key, _ bytes: UnsafeRawBufferPointer) -> Int64 {
    var sum = RowChecksum()
    sum.add(key.block)
    sum.add(key.date)
    sum.add(bytes)
    return sum.value
  }
}

/// What is available at keys as stored. Most blocks have keys of several units, which ask one after another: so a block
/// is read once for all of them.
struct StoredTimelines {
  /// By block and place; `nil`: taken.
  private var blocks: [Int: [Timeline?]] = [:]

  /// - Throws: `DamagedRow`.
  mutating func take(_ number: Int, _ database: Database) throws -> Timeline {
    let (block, place) = (number - 1).quotientAndRemainder(dividingBy: ControlDays.size)
    if let timeline = blocks[block]?[place] {
      blocks[block]?[place] = nil
      return timeline
    }
    let timelines = try ControlDays.timelines(database, ofBlock: block)
    blocks[block] = timelines
    blocks[block]?[place] = nil
    return timelines[place]
  }
}

/// How many days a block of control keys has.
struct ControlBlockRow {
  let block: Int
  var days: Int

  static let select = "SELECT block, days, checksum FROM control_blocks"

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    block = Int(row.integer(0))
    days = Int(row.integer(1))
    guard checksum == row.integer(2) else { throw DamagedRow(table: "control_blocks", row: String(block)) }
  }

  private init(block: Int) {
    self.block = block
    days = 0
  }

  static func read(_ database: Database, _ block: Int) throws -> ControlBlockRow {
    let statement = try RawStatement(database, select + " WHERE block = ?")
    defer { statement.reset() }
    statement.bind(block, at: 1)
    return try statement.step() ? ControlBlockRow(statement) : ControlBlockRow(block: block)
  }

  func write(_ database: Database) throws {
    let statement = try RawStatement(database, "INSERT OR REPLACE INTO control_blocks VALUES (?, ?, ?)")
    statement.bind(block, at: 1)
    statement.bind(days, at: 2)
    statement.bind(checksum, at: 3)
    try statement.run()
  }

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(block)
    sum.add(days)
    return sum.value
  }
}

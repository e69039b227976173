import GRDB

/// What happened in a run of positions: the last event of each day, and how many events there are of each type that a
/// book has few of.
struct RunRow: Equatable {
  /// The types that `Schema.isRare` names, in its order.
  static let rareTypes: [EventType] = [
    .unit, .project, .code, .policy, .close, .appropriation, .cap, .reversal, .assertion, .indicator,
  ]

  let run: Int
  private(set) var counts = [Int](repeating: 0, count: RunRow.rareTypes.count)
  /// The last position dated on a day, by the number of the day.
  private(set) var lastPositions: [Int32: Int] = [:]

  init(run: Int) { self.run = run }

  mutating func add(_ type: EventType, on date: Day, at position: Int) {
    lastPositions[date.number] = position
    if let index = RunRow.rareTypes.firstIndex(of: type) { counts[index] += 1 }
  }

  /// The last position of all; 0 if there is none.
  var lastPosition: Int { lastPositions.values.max() ?? 0 }

  func count(of type: EventType) -> Int { RunRow.rareTypes.firstIndex(of: type).map { counts[$0] } ?? 0 }

  /// The last event dated on or before a day; `nil` if there is none.
  func lastPosition(upTo date: Day) -> Int? {
    lastPositions.lazy.filter { $0.key <= date.number }.map(\.value).max()
  }

  // MARK: As stored

  static let select = "SELECT run, days, checksum FROM runs"

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    run = Int(row.integer(0))
    let bytes = row.bytes(1)
    guard RunRow.checksum(run, bytes) == row.integer(2) else { throw DamagedRow(table: "runs", row: String(run)) }
    do {
      var reader = PackedReader(bytes)
      for index in counts.indices { counts[index] = Int(try reader.unsigned()) }
      while !reader.isAtEnd {
        let date = Int32(truncatingIfNeeded: try reader.unsigned())
        lastPositions[date] = Int(truncatingIfNeeded: try reader.unsigned())
      }
    } catch { throw DamagedRow(table: "runs", row: String(run)) }
  }

  func write(_ database: Database) throws {
    var writer = PackedWriter()
    for count in counts { writer.add(UInt64(count)) }
    for (date, position) in lastPositions.sorted(by: { $0.key < $1.key }) {
      writer.add(UInt64(date))
      writer.add(UInt64(position))
    }
    let statement = try RawStatement(database, "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)")
    statement.bind(run, at: 1)
    statement.bind(writer.bytes, at: 2)
    statement.bind(writer.bytes.withUnsafeBytes { RunRow.checksum(run, $0) }, at: 3)
    try statement.run()
  }

  private static func checksum(_ run: Int, _ bytes: UnsafeRawBufferPointer) -> Int64 {
    var sum = RowChecksum()
    sum.add(run)
    sum.add(bytes)
    return sum.value
  }
}

/// The runs of a book while events are appended.
struct RunTable {
  private let connection: Connection
  private let runs: PositionRuns
  private var current: RunRow?
  private var isChanged = false

  init(_ connection: Connection, _ runs: PositionRuns) {
    self.connection = connection
    self.runs = runs
  }

  mutating func add(_ type: EventType, on date: Day, at position: Int) throws {
    let run = runs.run(of: position)
    if current?.run != run {
      try flush()
      current = try stored(run) ?? RunRow(run: run)
    }
    current?.add(type, on: date, at: position)
    isChanged = true
  }

  private func stored(_ run: Int) throws -> RunRow? {
    let statement = try RawStatement(connection.database, RunRow.select + " WHERE run = ?")
    defer { statement.reset() }
    statement.bind(run, at: 1)
    return try statement.step() ? RunRow(statement) : nil
  }

  mutating func flush() throws {
    if isChanged { try current?.write(connection.database) }
    isChanged = false
  }
}

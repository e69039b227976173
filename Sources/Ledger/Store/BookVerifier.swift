import Foundation
import GRDB

/// What a full check of a book found.
public struct VerifyReport: Sendable {
  public var events = 0
  public var budgetLines = 0
  /// Of the last event; `nil` for a journal without hashes.
  public var hash: ChainHash? = ChainHash.start
  public private(set) var lastPosition = 0
  /// The last event that has a hash, where later ones have none.
  public private(set) var hashedTo: Int?
  /// Hashes of a journal that cannot be checked, because it is a part of one.
  public private(set) var unlinkedHashes = 0
  /// Everything that is not as it was written, with its place.
  public var findings: [Problem] = []

  /// Whether everything there was to check has been checked and found as written.
  public var isSound: Bool { findings.isEmpty && unlinkedHashes == 0 }

  init() {}

  /// Of a journal, which was checked as it was read.
  public init(of history: History) {
    events = history.events.count
    var lines: Set<BudgetLine> = []
    history.posted { _, _, postings in lines.formUnion(postings.map(\.line)) }
    budgetLines = lines.count
    let hashed = history.events.last { $0.hash != nil }
    hash = hashed?.hash
    hashedTo = hashed?.position
    lastPosition = history.events.last?.position ?? 0
    unlinkedHashes = history.unlinkedHashes
  }
}

extension Book {
  /// Checks everything the book holds: SQLite's own structure, the schema, every row against its checksum, the chain
  /// recomputed from the stored columns, and the projections against a replay of all events.
  ///
  /// - Parameter progress: told the number of events done, now and then.
  public func verify(progress: (Int) -> Void = { _ in }) throws -> VerifyReport {
    try StoreFailure.translating(path) {
      try queue.read { database in
        var verifier = Verifier(database, runs, path: path)
        try verifier.run(progress)
        return verifier.report
      }
    }
  }
}

private struct Verifier {
  private let database: Database
  private let runs: PositionRuns
  private let place: SourceLocation
  private(set) var report = VerifyReport()
  private var lines: [BudgetLine] = []

  init(_ database: Database, _ runs: PositionRuns, path: String) {
    self.database = database
    self.runs = runs
    place = SourceLocation(file: path, line: nil, column: nil)
  }

  mutating func run(_ progress: (Int) -> Void) throws {
    checkStructure()
    let expected = try Verifier.emptyBook()
    var head: Head?
    attempt("book") { head = try Head.read($0.database) }
    attempt("budget_lines") { try $0.checkBudgetLines(head) }
    attempt("events") { try $0.checkEvents(head, replayingInto: expected, progress) }
    // Without sound events there is nothing to compare with; a changed row still shows by its checksum.
    let fresh = report.isSound ? expected : nil
    for table in Schema.projectionTables { attempt(table) { try $0.compare(table, with: fresh) } }
  }

  private mutating func add(table: String, row: String) {
    let problem = Problem(.bookDamaged, at: place, detail: .damagedRow(table: table, row: row))
    if !report.findings.contains(problem) { report.findings.append(problem) }
  }

  /// Runs one part; what stops it is a finding, and the other parts still run.
  private mutating func attempt(_ table: String, _ part: (inout Verifier) throws -> Void) {
    do { try part(&self) } catch let damage as DamagedRow {
      add(table: damage.table, row: damage.row)
    } catch let error as DatabaseError {
      report.findings.append(
        Problem(.bookDamaged, at: place, detail: .storeSaid("\(table): \(error.message ?? "\(error.resultCode)")")))
    } catch {
      report.findings.append(Problem(.bookDamaged, at: place, detail: .storeSaid("\(table): \(error)")))
    }
  }

  private static func emptyBook() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { try Schema.migrate($0, from: 0) }
    return queue
  }

  private mutating func checkStructure() {
    attempt("integrity_check") { verifier in
      for message in try String.fetchAll(verifier.database, sql: "PRAGMA integrity_check") where message != "ok" {
        verifier.report.findings.append(Problem(.bookDamaged, at: verifier.place, detail: .storeSaid(message)))
      }
    }
  }

  private mutating func checkBudgetLines(_ head: Head?) throws {
    var numbers: [BudgetLine: Int] = [:]
    let statement = try RawStatement(database, LineRow.select + " ORDER BY budget_line")
    defer { statement.reset() }
    while try statement.step() {
      let line = try LineRow(statement)
      if line.number != lines.count + 1 || numbers.updateValue(line.number, forKey: line.line) != nil {
        add(table: "budget_lines", row: String(line.number))
      }
      lines.append(line.line)
    }
    report.budgetLines = lines.count
    if let head, head.budgetLines != lines.count { add(table: "book", row: "budget_lines") }
  }

  private mutating func checkEvents(
    _ head: Head?, replayingInto expected: DatabaseQueue, _ progress: (Int) -> Void
  ) throws {
    var hash = ChainHash.start
    var last = Instant(milliseconds: .min)
    var declarations = Declarations()
    let rows = try RawStatement(ofItsOwn: database, EventRow.select + " ORDER BY position")
    defer { rows.reset() }
    while try rows.step() {
      report.events += 1
      if report.events % 10_000 == 0 { progress(report.events) }
      let position = Int(rows.integer(0))
      if position != report.events { add(table: "events", row: String(report.events)) }
      guard let event = soundEvent(rows, position) else {
        // The rest of the chain is checked from the hash that stands here, so that one change is one finding.
        hash = ChainHash(bytes: EventRow.hash(of: rows)) ?? hash
        continue
      }
      let recorded = event.recorded
      let link = hash.next(CanonicalWriter.bytes(of: recorded.event))
      let time = recorded.event.recorded ?? last
      if link != recorded.hash || time < last { add(table: "events", row: String(position)) }
      hash = recorded.hash ?? link
      last = time
      let target = try target(of: recorded.event)
      if target != recorded.ofPosition || target ?? 0 >= position { add(table: "events", row: String(position)) }
      declarations.apply(recorded)
    }
    report.hash = hash
    try checkNoLineIsSurplus()
    guard let head else { return }
    if head.position != report.events || head.hash != hash || head.declarations != declarations.count {
      add(table: "book", row: "1")
    }
    if report.isSound {
      let reader = try BookReader(Connection(database), runs)
      // What cannot be told is told by the comparison with all events.
      let projected = (try? reader.projectedPosition()) ?? reader.head.position
      try expected.write { try ProjectionReplay.run(reader, through: projected, into: Connection($0)) }
    }
  }

  /// Lines that belong to no event would be read by nothing, and so be noticed by nothing.
  private mutating func checkNoLineIsSurplus() throws {
    let surplus = try Row.fetchAll(
      database,
      sql: """
        SELECT position, ordinal FROM event_lines AS line WHERE NOT EXISTS
          (SELECT 1 FROM events WHERE position = line.position AND line.ordinal BETWEEN 1 AND line_count - 1)
        """)
    for row in surplus { add(table: "event_lines", row: Verifier.name(of: row, in: "event_lines", keys: 2)) }
  }

  private mutating func soundEvent(_ row: RawStatement, _ position: Int) -> EventRow? {
    do { return try EventRow(row, budgetLines: lines, database) } catch let damage as DamagedRow {
      add(table: damage.table, row: damage.row)
    } catch { add(table: "events", row: String(position)) }
    return nil
  }

  private func target(of event: Event) throws -> Int? {
    switch event.of {
    case nil: nil
    case .position(let position): position
    case .id(let id):
      try Int.fetchOne(
        database.cachedStatement(sql: "SELECT position FROM events WHERE id = ?"), arguments: [id])
    }
  }

  /// Every row of a projection, byte by byte against the replay.
  private mutating func compare(_ table: String, with expected: DatabaseQueue?) throws {
    let sql = "SELECT * FROM \(table)"
    guard let expected else { return try checkRows(of: table) }
    let fresh = try expected.read { try Row.fetchAll($0, sql: sql) }
    let keys = try database.primaryKey(table).columns.count
    func name(_ row: Row) -> String { Verifier.name(of: row, in: table, keys: keys) }
    var missing = Dictionary(fresh.map { (name($0), $0) }) { first, _ in first }
    for row in try Row.fetchAll(database, sql: sql) {
      let name = name(row)
      if missing.removeValue(forKey: name) != row { add(table: table, row: name) }
    }
    for row in fresh {
      let name = name(row)
      if missing[name] != nil { add(table: table, row: name) }
    }
  }

  /// Every row by its checksum alone.
  private func checkRows(of table: String) throws {
    switch table {
    case "line_blocks": try forEachRow(LineBlockRow.select) { _ = try LineBlockRow($0) }
    case "line_months": try forEachRow(LineMonthRow.select) { _ = try LineMonthRow.read($0) }
    case "line_days": try forEachRow(LineDayRow.select) { _ = try LineDayRow.read($0) }
    case "runs": try forEachRow(RunRow.select) { _ = try RunRow($0) }
    case "projects": try forEachRow(ProjectRow.select) { _ = try ProjectRow($0) }
    case "control_blocks": try forEachRow(ControlBlockRow.select) { _ = try ControlBlockRow($0) }
    case "control_days": try forEachRow(ControlDays.select) { try ControlDays.forEachChange($0) { _, _, _ in } }
    default: try forEachRow(StoredKey.select) { _ = try StoredKey($0) }
    }
  }

  private func forEachRow(_ sql: String, _ body: (RawStatement) throws -> Void) throws {
    let statement = try RawStatement(database, sql)
    defer { statement.reset() }
    while try statement.step() { try body(statement) }
  }

  /// The key columns, which come first, or what one of them stands for.
  private static func name(of row: Row, in table: String, keys: Int) -> String {
    if let place = row["place"] as Int? {
      return table == "control_days" ? ControlDays.name(ofPlace: place) : BlockPeriod(place: place).name
    }
    return row.databaseValues.prefix(keys).map { "\($0.storage.value ?? "NULL")" }.joined(separator: ", ")
  }
}

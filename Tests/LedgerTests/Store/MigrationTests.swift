import Foundation
import GRDB
import Ledger
import Testing

/// A book of an earlier version is brought up to date when it is first opened, without a change to what was recorded.
@Suite struct MigrationTests {
  /// Events as versions 1 and 2 kept them, with the checksum of then.
  private static let oldEvents = [
    """
    CREATE TABLE old_events (
      position INTEGER PRIMARY KEY,
      type TEXT NOT NULL, date INTEGER NOT NULL, recorded_ms INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
      unit TEXT, year INTEGER,
      budget_line INTEGER, amount_fen INTEGER, line_count INTEGER NOT NULL,
      of_position INTEGER,
      doc TEXT, payee TEXT, contract TEXT, by TEXT, approval TEXT, memo TEXT, source TEXT,
      details TEXT, hash BLOB NOT NULL, checksum INTEGER NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO old_events SELECT position, type, date, recorded_ms, id, unit, year, budget_line, amount_fen, line_count,
      of_position, doc, payee, contract, by, approval, memo, source, details, hash, 0 FROM events
    """,
  ]

  private static let oldGuards = [
    "DROP TABLE events", "ALTER TABLE old_events RENAME TO events",
    "CREATE INDEX events_referring ON events (of_position) WHERE of_position IS NOT NULL",
    """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TRIGGER events_in_order BEFORE INSERT ON events
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
    BEGIN SELECT RAISE(ABORT, 'events are appended in order'); END
    """,
  ]

  private static let newProjections = [
    "line_blocks", "line_months", "line_days", "runs", "projects", "control_keys", "control_blocks", "control_days",
  ].map { "DROP TABLE \($0)" }

  /// The projections of older versions, whose rows do not matter: they are made again.
  private static let oldProjections = [
    "CREATE TABLE line_totals (\(measures("budget_line INTEGER PRIMARY KEY, days INTEGER NOT NULL"))) STRICT",
    """
    CREATE TABLE line_days (\(measures("budget_line INTEGER NOT NULL, date INTEGER NOT NULL")),
      PRIMARY KEY (budget_line, date)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE control_keys (
      control_key INTEGER PRIMARY KEY,
      unit TEXT NOT NULL, year INTEGER NOT NULL, fund TEXT, function TEXT, project TEXT,
      since_position INTEGER, days INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX control_keys_by_year ON control_keys (unit, year)",
    """
    CREATE TABLE control_days (
      control_key INTEGER NOT NULL, date INTEGER NOT NULL, available_fen INTEGER NOT NULL,
      checksum INTEGER NOT NULL, PRIMARY KEY (control_key, date)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  private static let indexes = [
    1: ["CREATE INDEX events_declaring ON events (position) WHERE type IN ('unit', 'project', 'code', 'policy')"],
    2: [
      "CREATE INDEX events_declaring ON events (position) WHERE type IN ('unit', 'project', 'code', 'policy', 'close')",
      "CREATE INDEX events_capping ON events (position) WHERE type = 'cap'",
      "CREATE INDEX events_under_contract ON events (contract) WHERE contract IS NOT NULL",
    ],
  ]

  /// The checksum that version 2 kept of a row of `events`: over its columns in order, without the last.
  private static func checksum2(_ row: Row) -> Int64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func add(_ number: Int64) {
      state = ((state << 23 | state >> 41) ^ UInt64(bitPattern: number)) &* 0xD6E8_FEB8_6659_FD93
    }
    func add(_ bytes: [UInt8]) {
      add(Int64(bytes.count))
      for start in stride(from: 0, to: bytes.count, by: 8) {
        add(Int64(bitPattern: bytes[start..<min(start + 8, bytes.count)].reduce(0) { $0 << 8 | UInt64($1) }))
      }
    }
    let optionalNumbers: Set = ["year", "budget_line", "amount_fen", "of_position"]
    for (name, value) in row where name != "checksum" {
      switch value.storage {
      case .int64(let number):
        if optionalNumbers.contains(name) { add(2) }
        add(number)
      case .null: add(optionalNumbers.contains(name) ? 1 : -1)
      case .string(let text): add(Array(text.utf8))
      case .blob(let data): add(Array(data))
      case .double: Issue.record("no such column")
      }
    }
    return Int64(bitPattern: state ^ state >> 29)
  }

  private static func measures(_ head: String) -> String {
    let names = [
      "appropriated", "foreseen", "adjusted", "carried_in", "surplus_in", "opening_adjusted", "capped", "planned",
      "estimated", "received", "collected", "contracted", "committed", "disbursed", "lapsed", "surplus_used",
      "allocated", "adjustment_counted",
    ]
    return "\(head), " + names.map { "\($0)_fen INTEGER NOT NULL" }.joined(separator: ", ")
      + ", checksum INTEGER NOT NULL"
  }

  /// - Returns: the export and the state before, in a book that looks as this version left it.
  private func older(
    _ folder: TemporaryFolder, version: Int
  ) throws -> (export: String, state: [String: [String: Int]]) {
    let book = try folder.book(recording: RandomHistory.journal(seed: 3, events: 80))
    let before = (try folder.export(book), try MigrationTests.state(book))
    try book.close()
    let queue = try DatabaseQueue(path: folder.path("a.book"))
    try queue.write { database in
      func run(_ statements: [String]) throws { for statement in statements { try database.execute(sql: statement) } }
      try run(MigrationTests.oldEvents)
      for row in try Row.fetchAll(database, sql: "SELECT * FROM old_events") {
        try database.execute(
          sql: "UPDATE old_events SET checksum = ? WHERE position = ?",
          arguments: [MigrationTests.checksum2(row), row["position"] as Int])
      }
      try run(MigrationTests.oldGuards + MigrationTests.newProjections + MigrationTests.oldProjections)
      try run(MigrationTests.indexes[version] ?? [])
      try run(["PRAGMA user_version = \(version)"])
    }
    try queue.close()
    return before
  }

  private static func state(_ book: Book) throws -> [String: [String: Int]] {
    let source = LedgerSource.book(book)
    return try source.state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
      .measures(source.declarations())
  }

  @Test(arguments: [Book.Access.read, .write], [1, 2])
  func anOlderBookIsBroughtUpToDate(access: Book.Access, version: Int) throws {
    let folder = try TemporaryFolder()
    let before = try older(folder, version: version)
    let book = try Book.open(at: folder.path("a.book"), for: access)
    #expect(try book.verify().findings == [])
    #expect(try folder.export(book) == before.export)
    #expect(try MigrationTests.state(book) == before.state)
    try book.close()
    let again = try Book.open(at: folder.path("a.book"), for: .write)
    let added = try again.importing([
      #"{"type":"assertion","date":"2021-12-31","unit":"101001","id":"later","measure":"budget","equals":"1.00"}"#
    ])
    #expect(added.added == 1)
    #expect(try again.verify().findings == [])
  }

  /// What versions 3 to 6 kept by the columns of a key. Of versions 3 to 5 the period came before the run, and the rows
  /// do not matter: they are made again. Those of version 6 are taken over.
  private static func keyed(version: Int) -> [String] {
    let order = version < 6 ? ("block, month, run", "block, date, run") : ("block, run, month", "block, run, date")
    return [
      "ALTER TABLE line_months RENAME TO months", "ALTER TABLE line_days RENAME TO days",
      "ALTER TABLE control_days RENAME TO changes",
      """
      CREATE TABLE line_months (
        block INTEGER NOT NULL, month INTEGER NOT NULL, run INTEGER NOT NULL, days INTEGER NOT NULL,
        sums BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (\(order.0))
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE line_days (
        block INTEGER NOT NULL, date INTEGER NOT NULL, run INTEGER NOT NULL,
        sums BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (\(order.1))
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE control_days (
        block INTEGER NOT NULL, date INTEGER NOT NULL, changes BLOB NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (block, date)
      ) STRICT, WITHOUT ROWID
      """,
      "INSERT INTO line_months SELECT block, month, run, days, sums, checksum FROM months",
      "INSERT INTO line_days SELECT block, date, run, sums, checksum FROM days",
      "INSERT INTO control_days SELECT block, date, changes, checksum FROM changes",
      "DROP TABLE months", "DROP TABLE days", "DROP TABLE changes",
    ]
  }

  /// Versions 3 and 4 find events of rare types by an index made otherwise.
  private static let rareIndex3 = [
    "DROP INDEX events_of_rare_types",
    "CREATE INDEX events_of_rare_types ON events (type, position) WHERE type IN ('unit', 'project', 'code', 'policy', "
      + "'close', 'appropriation', 'cap', 'reversal', 'assertion', 'indicator')",
  ]

  /// Versions 3 to 6 keep events as they are kept today, and other projections.
  @Test(arguments: [Book.Access.read, .write], [3, 4, 5, 6])
  func aBookOfOtherProjectionsIsBroughtUpToDate(access: Book.Access, old: Int) throws {
    let folder = try TemporaryFolder()
    let made = try folder.book(recording: RandomHistory.journal(seed: 4, events: 80))
    let before = (export: try folder.export(made), state: try MigrationTests.state(made))
    try made.close()
    func changed(_ statements: [String]) throws -> (version: Int?, schema: Set<String>) {
      let queue = try DatabaseQueue(path: folder.path("a.book"))
      defer { try? queue.close() }
      return try queue.write { database in
        for statement in statements { try database.execute(sql: statement) }
        let schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
        return (
          try Int.fetchOne(database, sql: "PRAGMA user_version"),
          Set(try String.fetchAll(database, sql: schema))
        )
      }
    }
    let new = try changed([])
    let older = try changed(
      MigrationTests.keyed(version: old) + (old < 5 ? MigrationTests.rareIndex3 : [])
        + ["PRAGMA user_version = \(old)"])
    #expect(older.version == old)
    #expect(older.schema.subtracting(new.schema).count == (old < 5 ? 4 : 3))
    let book = try Book.open(at: folder.path("a.book"), for: access)
    #expect(try book.verify().findings == [])
    #expect(try folder.export(book) == before.export)
    #expect(try MigrationTests.state(book) == before.state)
    try book.close()
    let brought = try changed([])
    #expect(brought.version == 7)
    #expect(brought.schema == new.schema)
  }

  /// A payment that named a contract before there were commitments says nothing of `settled`. Its export is the same
  /// book again, hash by hash, and its file is known.
  @Test func aPaymentWithoutSettledKeepsItsHash() throws {
    let time = #""recorded":"2021-06-01T00:00:00.000Z""#
    let stated = [
      #"{"date":"2021-01-01","id":"u","kind":"administrative","name":"示例单位",\#(time),"type":"unit","unit":"001"}"#,
      #"{"amount":"100.00","date":"2021-01-10","fund":"111","id":"b",\#(time),"type":"appropriation","unit":"001","year":2021}"#,
      #"{"amount":"40.00","contract":"HT-1","date":"2021-02-01","fund":"111","id":"p",\#(time),"type":"disbursement","unit":"001","year":2021}"#,
    ]
    var hash = ChainHash.start
    let exported = stated.enumerated().map { index, line in
      let event = JournalFile(text: Data(line.utf8), name: nil).events[0].event
      hash = hash.next(CanonicalWriter.bytes(of: event))
      let recorded = RecordedEvent(position: index + 1, event: event, hash: hash, ofPosition: nil)
      return String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self)
    }
    let folder = try TemporaryFolder()
    let book = try Book.create(at: folder.path("a.book"))
    let options = RecordingOptions(
      ids: .derived, origin: .journal(now: Instant(milliseconds: 0)), expectedPosition: nil, dryRun: false)
    let text = exported.joined(separator: "\n") + "\n"
    _ = try book.record({ JournalFile(text: Data(text.utf8), name: "export", fundNames: $0) }, options: options)
    #expect(try folder.export(book) == text)
    #expect(try book.importing(exported).added == 0)
    #expect(try book.verify().findings == [])
  }
}

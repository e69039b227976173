import Foundation
import GRDB
import Ledger
import Testing

/// A book of an earlier version is brought up to date when it is first opened, without a change to what was recorded.
@Suite struct MigrationTests {
  /// The projections of version 1, whose rows do not matter: they are made again.
  private static let version1 = [
    "DROP TABLE line_totals", "DROP TABLE line_days", "DROP TABLE control_keys", "DROP TABLE control_days",
    "DROP INDEX events_declaring", "DROP INDEX events_capping", "DROP INDEX events_under_contract",
    "CREATE INDEX events_declaring ON events (position) WHERE type IN ('unit', 'project', 'code', 'policy')",
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
    "PRAGMA user_version = 1",
  ]

  private static func measures(_ head: String) -> String {
    let names = [
      "appropriated", "foreseen", "adjusted", "carried_in", "surplus_in", "opening_adjusted", "capped", "planned",
      "estimated", "received", "collected", "contracted", "committed", "disbursed", "lapsed", "surplus_used",
      "allocated", "adjustment_counted",
    ]
    return "\(head), " + names.map { "\($0)_fen INTEGER NOT NULL" }.joined(separator: ", ")
      + ", checksum INTEGER NOT NULL"
  }

  /// - Returns: the export and the state before, in a book that looks as version 1 left it.
  private func older(_ folder: TemporaryFolder) throws -> (export: String, state: [String: [String: Int]]) {
    let book = try folder.book(recording: RandomHistory.journal(seed: 3, events: 80))
    let before = (try folder.export(book), try MigrationTests.state(book))
    try book.close()
    let queue = try DatabaseQueue(path: folder.path("a.book"))
    try queue.write { database in
      for statement in MigrationTests.version1 { try database.execute(sql: statement) }
    }
    try queue.close()
    return before
  }

  private static func state(_ book: Book) throws -> [String: [String: Int]] {
    let source = LedgerSource.book(book)
    return try source.state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
      .measures(source.declarations())
  }

  @Test(arguments: [Book.Access.read, .write])
  func anOlderBookIsBroughtUpToDate(access: Book.Access) throws {
    let folder = try TemporaryFolder()
    let before = try older(folder)
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

import Foundation
import GRDB
import Ledger
import Testing

/// One stored value changed behind the book's back: `verify` names the place, and no report prints a wrong figure.
@Suite struct TamperTests {
  private static let history = RandomHistory.journal(seed: 11, events: 40)

  private static let tables = [
    "book", "events", "event_lines", "budget_lines", "line_blocks", "line_months", "line_days", "runs", "projects",
    "control_keys", "control_blocks", "control_days",
  ]

  /// Every column of some rows of every table.
  @Test(arguments: tables)
  func aChangedValueIsFound(table: String) throws {
    let folder = try TemporaryFolder()
    let sound = try folder.book("sound.book", recording: TamperTests.history)
    let reports = try TamperTests.reports(on: sound)
    try sound.close()
    let (rows, columns) = try TamperTests.shape(of: table, in: folder.path("sound.book"))
    #expect(rows > 0, "no row of \(table) to change")
    var random = SeededRandom(seed: 5)
    for column in columns {
      let row = Int.random(in: 0..<rows, using: &random)
      let path = folder.path("\(table)-\(column).book")
      try FileManager.default.copyItem(atPath: folder.path("sound.book"), toPath: path)
      try TamperTests.change(column, ofRow: row, in: table, of: path)
      let book = try Book.open(at: path, for: .read)
      let findings = try book.verify().findings
      #expect(!findings.isEmpty, "\(table).\(column) row \(row): verify found nothing")
      #expect(
        findings.contains { $0.detail?.english.contains(table) ?? false },
        "\(table).\(column): verify does not name the table: \(findings.map { $0.detail?.english ?? "" })")
      do {
        let changed = try TamperTests.reports(on: book)
        #expect(changed == reports, "\(table).\(column) row \(row): a report printed other figures")
      } catch let problems as Problems {
        #expect(problems.list.allSatisfy { $0.code == .bookDamaged }, "\(table).\(column)")
      }
      try book.close()
    }
  }

  @Test(arguments: tables.filter { $0 != "book" })
  func aMissingRowIsFound(table: String) throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: TamperTests.history)
    let reports = try TamperTests.reports(on: book)
    try book.close()
    try TamperTests.write(to: folder.path("a.book")) { database in
      let keys = try database.primaryKey(table).columns.joined(separator: ", ")
      let last = "SELECT \(keys) FROM \(table) ORDER BY \(keys.replacing(",", with: " DESC,")) DESC LIMIT 1"
      try database.execute(sql: "DELETE FROM \(table) WHERE (\(keys)) = (\(last))")
    }
    let damaged = try Book.open(at: folder.path("a.book"), for: .read)
    #expect(try !damaged.verify().findings.isEmpty)
    do { #expect(try TamperTests.reports(on: damaged) == reports) } catch let problems as Problems {
      #expect(problems.list.allSatisfy { $0.code == .bookDamaged })
    }
  }

  /// What has been paid is asked of the months and of the days after the refund's own.
  @Test(arguments: ["line_months WHERE month = 202102", "line_days WHERE date = 20210303"])
  func noRefundRestsOnAMissingRow(row: String) throws {
    func money(_ type: String, _ date: String, _ amount: String) -> String {
      #"{"type":"\#(type)","date":"\#(date)","id":"\#(date)","fund":"111","function":"2130599","amount":"\#(amount)"}"#
    }
    let folder = try TemporaryFolder()
    let setup = [
      #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"示例单位"}"#,
      money("appropriation", "2021-01-02", "100.00"), money("disbursement", "2021-02-01", "10.00"),
      money("disbursement", "2021-03-03", "10.00"),
    ]
    let refund = money("refund", "2021-02-15", "5.00")
    try folder.book("sound.book", recording: setup).close()
    try FileManager.default.copyItem(atPath: folder.path("sound.book"), toPath: folder.path("a.book"))
    #expect(try Book.open(at: folder.path("sound.book"), for: .write).importing([refund]).added == 1)
    try TamperTests.write(to: folder.path("a.book")) { try $0.execute(sql: "DELETE FROM \(row)") }
    let damaged = try Book.open(at: folder.path("a.book"), for: .write)
    let problems = #expect(throws: Problems.self) { try damaged.importing([refund]) }
    #expect(problems?.list.map(\.code) == [.bookDamaged])
  }

  @Test(arguments: ["events", "event_lines", "budget_lines"])
  func triggersRefuseEverythingButAppending(table: String) throws {
    let folder = try TemporaryFolder()
    try folder.book(recording: TamperTests.history).close()
    let queue = try DatabaseQueue(path: folder.path("a.book"))
    for sql in [
      "UPDATE \(table) SET checksum = checksum", "DELETE FROM \(table)",
      "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table) LIMIT 1",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try queue.write { try $0.execute(sql: sql) } }
    }
    try queue.close()
    #expect(try Book.open(at: folder.path("a.book"), for: .read).verify().findings == [])
  }

  /// A program that appends does not ask the triggers, so it asks itself.
  @Test(arguments: [
    "DELETE FROM events WHERE position = (SELECT max(position) FROM events)",
    "UPDATE events SET position = position + 7 WHERE position = (SELECT max(position) FROM events)",
  ])
  func nothingIsAppendedBehindAGap(sql: String) throws {
    let folder = try TemporaryFolder()
    try folder.book(recording: TamperTests.history).close()
    try TamperTests.write(to: folder.path("a.book")) { try $0.execute(sql: sql) }
    let book = try Book.open(at: folder.path("a.book"), for: .write)
    let line = #"{"type":"unit","date":"2021-12-31","id":"after","unit":"009","name":"某单位"}"#
    let problems = #expect(throws: Problems.self) { try book.importing([line]) }
    #expect(problems?.list.map(\.code) == [.bookDamaged])
  }

  // MARK: How

  private static func reports(on book: Book) throws -> [String] {
    let source = LedgerSource.book(book)
    var texts: [String] = []
    for (by, asOf) in [
      ([Dimension.line(.project)], Day.last), ([.line(.fund), .month], Day.last),
      ([.unit, .year, .line(.function)], Day(year: 2021, month: 6, day: 30) ?? .last),
    ] {
      for known in [KnownAt.everything, .position(25)] {
        let query = MeasureQuery(by: by, depth: nil, units: [], years: [], filter: LineFilter())
        let horizon = Horizon(asOf: asOf, knownAt: known)
        texts.append(try MeasureReport(query, from: [source], at: horizon, priorYear: nil).json(named: "state"))
      }
    }
    try source.forEachEvent { recorded, _ in
      texts.append(String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self))
    }
    return texts
  }

  private static func shape(of table: String, in path: String) throws -> (rows: Int, columns: [String]) {
    try DatabaseQueue(path: path).read { database in
      (
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0,
        // Those that are not computed from others.
        try String.fetchAll(
          database, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 AND name <> 'only'",
          arguments: [table])
      )
    }
  }

  private static func write(to path: String, _ body: (Database) throws -> Void) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try body(database)
      for trigger in triggers { try database.execute(sql: trigger["sql"]) }
      _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try queue.close()
  }

  /// Another value of the same kind: one more for a number, one changed byte for text and bytes.
  private static func change(_ column: String, ofRow index: Int, in table: String, of path: String) throws {
    try write(to: path) { database in
      let key = try database.primaryKey(table).columns
      let columns = key.joined(separator: ", ")
      guard
        let row = try Row.fetchOne(database, sql: "SELECT * FROM \(table) ORDER BY \(columns) LIMIT 1 OFFSET \(index)")
      else { return }
      let value: DatabaseValue =
        switch (row[column] as DatabaseValue).storage {
        case .int64(let number): (number + 1_000).databaseValue
        case .string(let text): (String(text.dropLast()) + (text.hasSuffix("9") ? "8" : "9")).databaseValue
        case .blob(let data): Data(data.enumerated().map { $0 == data.count / 2 ? $1 ^ 1 : $1 }).databaseValue
        default:
          ["id", "type"].contains(column)
            ? "x".databaseValue
            : (column.hasSuffix("year") || column.hasSuffix("position") || column.hasSuffix("fen")
              || column == "budget_line" ? 1.databaseValue : "9".databaseValue)
        }
      let condition = key.map { "\($0) IS ?" }.joined(separator: " AND ")
      try database.execute(
        sql: "UPDATE \(table) SET \(column) = ? WHERE \(condition)",
        arguments: [value] + StatementArguments(key.map { row[$0] as DatabaseValue }))
    }
  }
}

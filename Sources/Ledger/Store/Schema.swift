import GRDB

/// The tables of a book, and how they came to be.
///
/// Append-only: `events`, `event_lines`, `budget_lines`; triggers refuse everything but appending. Projections, which
/// can always be thrown away and rebuilt: `line_blocks`, `line_months`, `line_days`, `runs`, `projects`,
/// `control_keys`, `control_blocks`, `control_days`. `book` is the head: where the chain stands.
enum Schema {
  /// "LDGR": tells a book from any other SQLite file.
  static let applicationID = 0x4C44_4752

  /// What brings a book from one version to the next.
  private enum Step {
    case run([String])
    /// Events as version 2 kept them into the table of version 3.
    case copyEvents
  }

  /// Each brings a book from the version before it; the last is the current one. One that changes projections leaves
  /// them empty, to be rebuilt from the events.
  private static let migrations: [[Step]] = [
    [.run(kept1 + events1 + projections1)],
    [
      .run(
        ["line_totals", "line_days", "control_keys", "control_days"].map { "DROP TABLE \($0)" }
          + ["DROP INDEX events_declaring"] + indexes2 + projections2)
    ],
    [
      .run(
        ["line_totals", "line_days", "control_keys", "control_days"].map { "DROP TABLE \($0)" }
          + ["events_declaring", "events_capping", "events_under_contract", "events_referring"].map {
            "DROP INDEX \($0)"
          }
          + ["events_no_update", "events_no_delete", "events_in_order"].map { "DROP TRIGGER \($0)" }
          + ["ALTER TABLE events RENAME TO events_2", eventTable3]),
      .copyEvents,
      .run(["DROP TABLE events_2"] + eventGuards3 + projections3),
    ],
    // Version 4 looks the same: but its projections may end before its events, which a program of version 3 would not
    // notice.
    [],
    [.run(["DROP INDEX events_of_rare_types", rareIndex5])],
    [.run(["DROP TABLE line_months", "DROP TABLE line_days"] + linePeriods6)],
    [
      .run(["line_months", "line_days", "control_days"].map { "ALTER TABLE \($0) RENAME TO \($0)_6" }),
      .run(linePeriods7 + [controlDays7] + copies7),
      .run(["line_months", "line_days", "control_days"].map { "DROP TABLE \($0)_6" }),
    ],
  ]

  /// From this version on the projections say what they say today.
  static let firstWithProjections = 6

  /// What a book of the current version consists of.
  private static let current = kept1 + [eventTable3] + eventIndexes5 + eventTriggers3 + projections7

  static let projectionTables = [
    "line_blocks", "line_months", "line_days", "runs", "projects", "control_keys", "control_blocks", "control_days",
  ]

  static var version: Int { migrations.count }

  /// Brings a new or older book to the current version, in the caller's transaction.
  static func migrate(_ database: Database, from version: Int) throws {
    if version == 0 {
      for statement in current { try database.execute(sql: statement) }
    } else {
      for step in migrations.dropFirst(version).joined() { try run(step, database) }
    }
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(self.version)")
  }

  private static func run(_ step: Step, _ database: Database) throws {
    switch step {
    case .run(let statements): for statement in statements { try database.execute(sql: statement) }
    case .copyEvents: try EventRow.copyFromVersion2(database)
    }
  }

  /// Whether a book of the current version has these tables and triggers and no others. SQLite keeps the statements
  /// as they were given.
  static func isIntact(_ database: Database) throws -> Bool {
    let rows = try Row.fetchAll(
      database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    let found = try rows.map { row in
      try ["type", "name", "tbl_name", "sql"].map { try row.column($0) as String }
    }
    return Set(found) == Set(current.map(entry))
  }

  /// What SQLite's schema table says of a statement.
  private static func entry(_ statement: String) -> [String] {
    let words = statement.split { $0 == " " || $0 == "\n" }.map(String.init)
    let table = words[1] == "TABLE" ? words[2] : words[(words.firstIndex(of: "ON") ?? 1) + 1]
    return [words[1].lowercased(), words[2], table, statement]
  }

  /// What version 1 kept of a line. Written out: what an old book looks like does not follow the program of today.
  private static let measures1 = columns([
    "appropriated_fen", "foreseen_fen", "adjusted_fen", "carried_in_fen", "surplus_in_fen", "opening_adjusted_fen",
    "capped_fen", "planned_fen", "estimated_fen", "received_fen", "collected_fen", "contracted_fen", "committed_fen",
    "disbursed_fen", "lapsed_fen", "surplus_used_fen", "allocated_fen", "adjustment_counted_fen",
  ])
  private static let measures2 = measures1 + ", " + columns(["surplus_adjusted_fen"])

  private static func columns(_ names: [String]) -> String {
    names.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")
  }

  /// What every version keeps beside events.
  private static let kept1 =
    [
      """
      CREATE TABLE book (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        position INTEGER NOT NULL, hash BLOB NOT NULL, recorded_ms INTEGER NOT NULL,
        budget_lines INTEGER NOT NULL, declarations INTEGER NOT NULL, checksum INTEGER NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE event_lines (
        position INTEGER NOT NULL, ordinal INTEGER NOT NULL, budget_line INTEGER NOT NULL,
        amount_fen INTEGER NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (position, ordinal)
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE budget_lines (
        budget_line INTEGER PRIMARY KEY,
        unit TEXT NOT NULL, year INTEGER NOT NULL, fund TEXT, function TEXT, economic TEXT, government TEXT,
        project TEXT, nature TEXT, procurement TEXT, from_year INTEGER, category TEXT, checksum INTEGER NOT NULL
      ) STRICT
      """,
      "CREATE INDEX budget_lines_by_year ON budget_lines (unit, year)",
    ] + ["event_lines", "budget_lines"].flatMap(appendOnly)
    + [
      // REPLACE would delete a row without asking the triggers above.
      """
      CREATE TRIGGER event_lines_once BEFORE INSERT ON event_lines
      WHEN EXISTS (SELECT 1 FROM event_lines WHERE position = NEW.position AND ordinal = NEW.ordinal)
      BEGIN SELECT RAISE(ABORT, 'event_lines are append-only'); END
      """,
      """
      CREATE TRIGGER budget_lines_in_order BEFORE INSERT ON budget_lines
      WHEN NEW.budget_line IS NOT (SELECT coalesce(max(budget_line), 0) + 1 FROM budget_lines)
      BEGIN SELECT RAISE(ABORT, 'budget_lines are appended in order'); END
      """,
    ]

  /// Events as versions 1 and 2 kept them.
  private static let events1 =
    [
      """
      CREATE TABLE events (
        position INTEGER PRIMARY KEY,
        type TEXT NOT NULL, date INTEGER NOT NULL, recorded_ms INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        unit TEXT, year INTEGER,
        budget_line INTEGER, amount_fen INTEGER, line_count INTEGER NOT NULL,
        of_position INTEGER,
        doc TEXT, payee TEXT, contract TEXT, by TEXT, approval TEXT, memo TEXT, source TEXT,
        details TEXT, hash BLOB NOT NULL, checksum INTEGER NOT NULL
      ) STRICT
      """,
      "CREATE INDEX events_referring ON events (of_position) WHERE of_position IS NOT NULL",
      "CREATE INDEX events_declaring ON events (position) WHERE type IN ('unit', 'project', 'code', 'policy')",
    ] + appendOnly("events") + [eventsInOrder]

  // REPLACE would delete a row without asking the triggers above.
  private static let eventsInOrder = """
    CREATE TRIGGER events_in_order BEFORE INSERT ON events
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)
    BEGIN SELECT RAISE(ABORT, 'events are appended in order'); END
    """

  private static let projections1 = [
    """
    CREATE TABLE line_totals (
      budget_line INTEGER PRIMARY KEY, days INTEGER NOT NULL, last_date INTEGER NOT NULL,
      \(measures1), checksum INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE line_days (
      budget_line INTEGER NOT NULL, date INTEGER NOT NULL, \(measures1), checksum INTEGER NOT NULL,
      PRIMARY KEY (budget_line, date)
    ) STRICT, WITHOUT ROWID
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

  /// What version 2 adds: indexes by which closes, caps and the events of a contract are found.
  private static let indexes2 = [
    "CREATE INDEX events_declaring ON events (position) WHERE type IN ('unit', 'project', 'code', 'policy', 'close')",
    "CREATE INDEX events_capping ON events (position) WHERE type = 'cap'",
    "CREATE INDEX events_under_contract ON events (contract) WHERE contract IS NOT NULL",
  ]

  /// The types that declare something.
  static let declaringTypes: [EventType] = [.unit, .project, .code, .policy, .close]

  /// Version 3: what a fold reads stands first, under a checksum of its own, so that folding need not decode the rest.
  private static let eventTable3 = """
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      type TEXT NOT NULL, date INTEGER NOT NULL, budget_line INTEGER, amount_fen INTEGER, line_count INTEGER NOT NULL,
      of_position INTEGER, contract TEXT, details TEXT, fold_checksum INTEGER NOT NULL,
      recorded_ms INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, unit TEXT, year INTEGER,
      doc TEXT, payee TEXT, by TEXT, approval TEXT, memo TEXT, source TEXT,
      hash BLOB NOT NULL, checksum INTEGER NOT NULL
    ) STRICT
    """

  private static let eventTriggers3 = appendOnly("events") + [eventsInOrder]
  private static let referringIndex3 =
    "CREATE INDEX events_referring ON events (of_position) WHERE of_position IS NOT NULL"
  private static let contractIndex3 =
    "CREATE INDEX events_under_contract ON events (contract) WHERE contract IS NOT NULL"

  private static let eventGuards3 =
    [
      referringIndex3,
      """
      CREATE INDEX events_of_rare_types ON events (type, position) WHERE type IN ('unit', 'project', 'code', 'policy', \
      'close', 'appropriation', 'cap', 'reversal', 'assertion', 'indicator')
      """,
      contractIndex3,
    ] + eventTriggers3

  /// The types of which a book has few among its many payments: what declares, limits, asserts or corrects. An index
  /// leads to them; a query that is to use it names this condition.
  ///
  /// Of a list (`IN`), as versions before 5 had it, SQLite makes a table for every row that is inserted, which took longer
  /// than all the rest of the insertion.
  static let isRare = """
    (type = 'unit' OR type = 'project' OR type = 'code' OR type = 'policy' OR type = 'close' OR type = 'appropriation' \
    OR type = 'cap' OR type = 'reversal' OR type = 'assertion' OR type = 'indicator')
    """

  /// Version 5: the same index by another condition.
  private static let rareIndex5 = "CREATE INDEX events_of_rare_types ON events (type, position) WHERE \(isRare)"
  private static let eventIndexes5 = [referringIndex3, rareIndex5, contractIndex3]

  /// Version 2: control at any level, and surplus among the opening adjustments.
  private static let projections2 =
    [
      """
      CREATE TABLE line_totals (
        budget_line INTEGER PRIMARY KEY, days INTEGER NOT NULL, last_date INTEGER NOT NULL,
        \(measures2), checksum INTEGER NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE line_days (
        budget_line INTEGER NOT NULL, date INTEGER NOT NULL, \(measures2), checksum INTEGER NOT NULL,
        PRIMARY KEY (budget_line, date)
      ) STRICT, WITHOUT ROWID
      """,
    ] + controlKeys2 + [
      """
      CREATE TABLE control_days (
        control_key INTEGER NOT NULL, date INTEGER NOT NULL, available_fen INTEGER NOT NULL,
        checksum INTEGER NOT NULL, PRIMARY KEY (control_key, date)
      ) STRICT, WITHOUT ROWID
      """
    ]

  /// What version 2 keeps of a control key.
  private static let controlKeys2 = [
    """
    CREATE TABLE control_keys (
      control_key INTEGER PRIMARY KEY,
      unit TEXT NOT NULL, year INTEGER NOT NULL, level TEXT NOT NULL, fund TEXT, function TEXT, economic TEXT,
      government TEXT, project TEXT, nature TEXT, procurement TEXT, from_year INTEGER, category TEXT,
      since_position INTEGER, budgets INTEGER NOT NULL, until_position INTEGER, days INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX control_keys_by_year ON control_keys (unit, year, level)",
  ]

  /// Version 3: sums of 64 lines together, by day and by month, for each run of positions, so that a state at any two
  /// dates is a few blocks of bytes; and what is available at 64 control keys together, by day.
  private static let projections3 = lineBlocks3 + linePeriods3 + otherProjections3 + [controlDays3]

  private static let lineBlocks3 = [
    """
    CREATE TABLE line_blocks (
      block INTEGER PRIMARY KEY, months INTEGER NOT NULL, first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT
    """
  ]

  private static let linePeriods3 = linePeriods { "block, \($0), run" }

  /// Version 6: 128 lines, and 128 control keys. A run comes before its months and days, so that those of a block that a
  /// batch has to do with stand together, dated back or not.
  private static let linePeriods6 = linePeriods { "block, run, \($0)" }

  /// - Parameter key: the columns of the key, by the name of the period's.
  private static func linePeriods(key: (String) -> String) -> [String] {
    [
      """
      CREATE TABLE line_months (
        block INTEGER NOT NULL, month INTEGER NOT NULL, run INTEGER NOT NULL, days INTEGER NOT NULL,
        sums BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (\(key("month")))
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE line_days (
        block INTEGER NOT NULL, date INTEGER NOT NULL, run INTEGER NOT NULL,
        sums BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (\(key("date")))
      ) STRICT, WITHOUT ROWID
      """,
    ]
  }

  private static let otherProjections3 = [
    "CREATE TABLE runs (run INTEGER PRIMARY KEY, days BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE projects (
      project TEXT NOT NULL, position INTEGER NOT NULL, date INTEGER NOT NULL, name TEXT NOT NULL, nature TEXT NOT NULL,
      status TEXT NOT NULL, is_key INTEGER NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (project, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE control_keys (
      control_key INTEGER PRIMARY KEY,
      unit TEXT NOT NULL, year INTEGER NOT NULL, level TEXT NOT NULL, fund TEXT, function TEXT, economic TEXT,
      government TEXT, project TEXT, nature TEXT, procurement TEXT, from_year INTEGER, category TEXT,
      since_position INTEGER, budgets INTEGER NOT NULL, until_position INTEGER, checksum INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX control_keys_by_year ON control_keys (unit, year, level)",
    """
    CREATE TABLE control_blocks (
      block INTEGER PRIMARY KEY, days INTEGER NOT NULL, checksum INTEGER NOT NULL
    ) STRICT
    """,
  ]

  private static let controlDays3 = """
    CREATE TABLE control_days (
      block INTEGER NOT NULL, date INTEGER NOT NULL, changes BLOB NOT NULL, checksum INTEGER NOT NULL,
      PRIMARY KEY (block, date)
    ) STRICT, WITHOUT ROWID
    """

  /// Version 7: the columns of a key in one number, see `BlockPeriod.place`. So a row of up to 4,000 bytes stands whole
  /// in its page, where of one without a row number a quarter of that did and the rest had a page of its own. Columns that
  /// are computed tell a person what the number says; they take no room.
  private static let projections7 = lineBlocks3 + linePeriods7 + otherProjections3 + [controlDays7]

  private static let linePeriods7 = [
    """
    CREATE TABLE line_months (
      place INTEGER PRIMARY KEY, days INTEGER NOT NULL, sums BLOB NOT NULL, checksum INTEGER NOT NULL,
      block INTEGER AS (place / 10000000000000), run INTEGER AS (place / 100000000 % 100000),
      month INTEGER AS (place % 100000000)
    ) STRICT
    """,
    """
    CREATE TABLE line_days (
      place INTEGER PRIMARY KEY, sums BLOB NOT NULL, checksum INTEGER NOT NULL,
      block INTEGER AS (place / 10000000000000), run INTEGER AS (place / 100000000 % 100000),
      date INTEGER AS (place % 100000000)
    ) STRICT
    """,
  ]

  private static let controlDays7 = """
    CREATE TABLE control_days (
      place INTEGER PRIMARY KEY, changes BLOB NOT NULL, checksum INTEGER NOT NULL,
      block INTEGER AS (place / 100000000), date INTEGER AS (place % 100000000)
    ) STRICT
    """

  /// Rows are the same by their checksums.
  private static let copies7 = [
    """
    INSERT INTO line_months (place, days, sums, checksum)
    SELECT (block * 100000 + run) * 100000000 + month, days, sums, checksum FROM line_months_6 ORDER BY 1
    """,
    """
    INSERT INTO line_days (place, sums, checksum)
    SELECT (block * 100000 + run) * 100000000 + date, sums, checksum FROM line_days_6 ORDER BY 1
    """,
    """
    INSERT INTO control_days (place, changes, checksum)
    SELECT block * 100000000 + date, changes, checksum FROM control_days_6 ORDER BY 1
    """,
  ]

  private static func appendOnly(_ table: String) -> [String] {
    ["UPDATE", "DELETE"].map { change in
      """
      CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(table) are append-only'); END
      """
    }
  }
}

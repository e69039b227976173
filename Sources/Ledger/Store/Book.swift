import CSQLite
import Foundation
import GRDB

/// A book (账套): one SQLite file with the events of one or more units, append-only and chained by hashes, and the
/// projections kept with them.
///
/// A book opened for reading never writes; only `Recorder` appends.
public final class Book {
  /// As the person named it.
  public let path: String
  let queue: DatabaseQueue

  let access: Access
  /// How the history is cut, the same for as long as a book is there.
  var runs = PositionRuns.usual
  /// What the last batch left, for the next.
  var memory: BatchMemory?
  private let cache = BookCache()
  private var connection: Connection?
  private let checkpointer: Checkpointer?

  private init(path: String, queue: DatabaseQueue, access: Access) {
    self.access = access
    self.path = path
    self.queue = queue
    checkpointer = access == .write ? Checkpointer(Book.fileName(path), Book.configuration(.read)) : nil
    if let checkpointer { queue.inDatabase { checkpointer.attend($0) } }
  }

  /// Statements go before their database.
  deinit { memory = nil }

  public enum Access: Sendable { case read, write }

  /// Makes an empty book.
  /// - Throws: `Problems`: `book.exists` where a file of that name is, `file.failed`.
  public static func create(at path: String) throws -> Book {
    guard !path.isEmpty else { throw Problems(Problem(.usage, value: path, expected: .expectedFileName)) }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problems(Problem(.bookExists, at: SourceLocation(file: path, line: nil, column: nil)))
    }
    return try StoreFailure.translating(path) {
      let queue = try DatabaseQueue(path: fileName(path), configuration: configuration(.write))
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.inTransaction(.exclusive) {
          try Schema.migrate(database, from: 0)
          try Head().write(database)
          return .commit
        }
      }
      return Book(path: path, queue: queue, access: .write)
    }
  }

  /// - Throws: `Problems`: `file.not-found`, `book.not-a-book`, `book.newer`, `book.damaged`, `file.failed`.
  public static func open(at path: String, for access: Access) throws -> Book {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problems(Problem(.fileNotFound, at: SourceLocation(file: path, line: nil, column: nil)))
    }
    return try StoreFailure.translating(path) {
      let book = Book(path: path, queue: try openQueue(path, access), access: access)
      try book.checkVersion()
      return book
    }
  }

  private static func openQueue(_ path: String, _ access: Access) throws -> DatabaseQueue {
    do {
      let queue = try DatabaseQueue(path: fileName(path), configuration: configuration(access))
      _ = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
      return queue
    } catch let error as DatabaseError
      where access == .read && (error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY)
    {
      // In a folder where nothing can be written there is no writer, so the file stands still.
      guard !FileManager.default.fileExists(atPath: path + "-wal") else { throw error }
      let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
      guard let escaped = fileName(path).addingPercentEncoding(withAllowedCharacters: allowed) else { throw error }
      return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration(access))
    }
  }

  /// The absolute name, which SQLite takes for nothing but a file: it reads `:memory:` and `file:…` otherwise.
  private static func fileName(_ path: String) -> String { URL(fileURLWithPath: path).path }

  private static func configuration(_ access: Access) -> Configuration {
    var configuration = Configuration()
    // A reader opens for writing too and then only reads: so the last one to close tidies up the write-ahead log, and
    // one file is the whole book.
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // In KiB. What a day's recording touches and what a report at one date reads both fit.
      try database.execute(sql: "PRAGMA cache_size = -16384")
      try database.execute(sql: access == .write ? "PRAGMA synchronous = FULL" : "PRAGMA query_only = ON")
      // They keep other programs from changing what is recorded. For one that only appends they would take a quarter of
      // the time of every row; it asks before each batch that the last event is where the head says.
      guard access == .write, let handle = database.sqliteConnection else { return }
      let code = ResultCode(rawValue: ledger_disable_triggers(handle))
      guard code == .SQLITE_OK else { throw DatabaseError(resultCode: code) }
    }
    return configuration
  }

  private func checkVersion() throws {
    let place = SourceLocation(file: path, line: nil, column: nil)
    let (application, version) = try queue.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      )
    }
    guard application == Schema.applicationID else { throw Problems(Problem(.bookNotABook, at: place)) }
    guard version <= Schema.version else {
      throw Problems(
        Problem(.bookNewer, at: place, value: String(version), expected: .expectedAtMost(String(Schema.version))))
    }
    let damaged = Problem(.bookDamaged, at: place, detail: .damagedRow(table: "sqlite_schema", row: "*"))
    guard version > 0 else { throw Problems(damaged) }
    guard version < Schema.version else {
      if try !queue.read(Schema.isIntact) { throw Problems(damaged) }
      return
    }
    // What reads a book of an older version first brings it up to date: its projections are not what they were.
    guard access == .write else { return try Book.open(at: path, for: .write).close() }
    try queue.inDatabase { database in
      try database.inTransaction(.immediate) {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version < Schema.version else { return .commit }  // Another program was faster.
        try Schema.migrate(database, from: version)
        if version < Schema.firstWithProjections { try Book.rebuildProjections(database) }
        return .commit
      }
    }
  }

  /// Moves what the write-ahead log holds into the file and closes it, so that one file is the whole book. Where another
  /// program has the book open, that one does so when it closes it.
  public func close() throws {
    // If it fails, the events are there all the same, and whoever reads them adds them up.
    try? endTail()
    memory = nil
    checkpointer?.close()
    connection?.close()
    try StoreFailure.translating(path) {
      if access == .write {
        try queue.inDatabase { database in
          // Whoever was refused because another program writes has waited long enough.
          try database.execute(sql: "PRAGMA busy_timeout = 0")
          _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
      }
      try queue.close()
    }
  }

  /// The one connection of the book.
  func connection(_ database: Database) -> Connection {
    if let connection { return connection }
    let past = access == .write ? PastReader(Book.fileName(path), Book.configuration(.read)) : nil
    let made = Connection(database, past: past)
    connection = made
    return made
  }

  /// One consistent reading of the book.
  func read<Value>(_ body: (BookReader) throws -> Value) throws -> Value {
    try StoreFailure.translating(path) {
      try queue.read { try body(BookReader(connection($0), runs, cache: cache, path: path)) }
    }
  }
}

/// What SQLite and damaged rows say, in the terms of this library.
enum StoreFailure {
  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    let place = SourceLocation(file: path, line: nil, column: nil)
    do { return try body() } catch let damage as DamagedRow {
      throw Problems(
        Problem(.bookDamaged, at: place, detail: .damagedRow(table: damage.table, row: damage.row)))
    } catch let error as DatabaseError {
      throw Problems(Problem(code(of: error), at: place, detail: .storeSaid(error.message ?? "\(error.resultCode)")))
    } catch let error as RowDecodingError {
      throw Problems(Problem(.bookDamaged, at: place, detail: .storeSaid(error.description)))
    }
  }

  private static func code(of error: DatabaseError) -> ProblemCode {
    switch error.resultCode {
    case .SQLITE_NOTADB: .bookNotABook
    case .SQLITE_CORRUPT, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA, .SQLITE_ERROR: .bookDamaged
    case .SQLITE_BUSY, .SQLITE_LOCKED: .bookLocked
    case .SQLITE_READONLY: .bookReadOnly
    default: .fileFailed
    }
  }
}

import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Moves what the write-ahead log of a book holds into its file, on another core, while the next batch goes on.
///
/// SQLite does so by itself, but within the commit that makes the log long enough, and whoever commits waits for it and
/// for two `fsync`s. After a large commit that may as well be done meanwhile. But the log begins anew only where a batch
/// finds all of it in the file already; so at four times that length a commit waits, and after a small one, which would
/// have to wait for the same disk, it is done as SQLite does it.
final class Checkpointer: Sendable {
  /// In pages: so many as SQLite takes.
  private static let usual: Int32 = 1_000
  private static let most: Int32 = 4 * usual

  private struct State {
    var connection: DatabaseQueue?
    var isAtWork = false
    /// How long the log was after the last commit.
    var pages: Int32 = 0
  }

  private let file: String
  private let configuration: Configuration
  private let state = Mutex(State())
  /// One checkpoint after another.
  private let work = DispatchQueue(label: "checkpoint")

  /// - Parameters:
  ///   - file: of the book, as SQLite takes it.
  ///   - configuration: of a connection of its own, which is made when it is first needed.
  init(_ file: String, _ configuration: Configuration) {
    self.file = file
    self.configuration = configuration
  }

  /// Looks after the log of a connection that writes, for as long as both are there.
  func attend(_ database: Database) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_wal_hook(
      database.sqliteConnection,
      { context, database, _, pages in
        guard let context else { return SQLITE_OK }
        Unmanaged<Checkpointer>.fromOpaque(context).takeUnretainedValue().hasCommitted(database, pages: pages)
        return SQLITE_OK
      }, context)
  }

  /// If it cannot be done now, there will be a commit after this one; no event is in danger meanwhile.
  private func hasCommitted(_ database: OpaquePointer?, pages: Int32) {
    let added = state.withLock { state in
      defer { state.pages = pages }
      return pages < state.pages ? pages : pages - state.pages
    }
    guard pages >= Checkpointer.usual else { return }
    if pages < Checkpointer.most, added >= Checkpointer.usual / 2 {
      startCheckpoint()
    } else {
      work.sync {}
      sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }
  }

  private func startCheckpoint() {
    let isFirst = state.withLock { state in
      defer { state.isAtWork = true }
      return !state.isAtWork
    }
    if isFirst { work.async { self.checkpoint() } }
  }

  private func checkpoint() {
    let connection = state.withLock { state in
      if state.connection == nil { state.connection = try? DatabaseQueue(path: file, configuration: configuration) }
      return state.connection
    }
    try? connection?.inDatabase { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    state.withLock { $0.isAtWork = false }
  }

  /// Waits for what it is at, and gives up its connection.
  func close() {
    work.sync {}
    state.withLock { $0.connection = nil }
  }
}

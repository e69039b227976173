import GRDB

/// The database of a book, for one who reads and writes it while rows of events are being put into it on another core.
///
/// SQLite lets one thread at a time use a connection. So whoever asks for the database has it alone until the next rows
/// are handed over: the worker stops after the rows it is at. What a batch asks for most is in memory — sums, control,
/// kinds of events — or was in the book before it, and of that `earlier` tells while rows are being written.
final class Connection {
  private let handle: Database
  private let past: PastReader?
  let worker = RowWorker()

  /// - Parameter past: tells what was in the book before a batch; `nil`: the database does.
  init(_ database: Database, past: PastReader? = nil) {
    handle = database
    self.past = past
  }

  var database: Database {
    worker.pause()
    return handle
  }

  /// Looks something up that has been in the book since before the running batch. What the batch adds may be seen or
  /// not.
  func earlier<Found>(_ body: (Database) throws -> Found) throws -> Found {
    if let past, !worker.isIdle { return try past.read(body) }
    return try body(database)
  }

  /// Leaves the book to others.
  func close() { past?.close() }

  /// The batch is over, or about to be committed.
  func endBatch() {
    worker.abandon()
    past?.end()
  }
}

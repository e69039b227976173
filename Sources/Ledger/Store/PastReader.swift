import GRDB

/// A book as it was before the running batch, on a connection of its own, for look-ups that need not see the batch.
///
/// It reads in one transaction, from the first look-up to the end of the batch. While the batch writes nobody else does,
/// so that is what the batch began with. It ends before the batch is committed: a reader that stays holds up the
/// write-ahead log.
final class PastReader {
  private let file: String
  private var configuration: Configuration
  /// Made when it is first needed.
  private var queue: DatabaseQueue?
  private var isReading = false

  /// - Parameter file: of the book, as SQLite takes it.
  init(_ file: String, _ configuration: Configuration) {
    self.file = file
    self.configuration = configuration
    // It goes on from one look-up to the next.
    self.configuration.allowsUnsafeTransactions = true
  }

  /// - Throws: what SQLite says.
  func read<Found>(_ body: (Database) throws -> Found) throws -> Found {
    let queue = try self.queue ?? DatabaseQueue(path: file, configuration: configuration)
    self.queue = queue
    return try queue.inDatabase { database in
      if !isReading { try RawStatement(database, "BEGIN").run() }
      isReading = true
      return try body(database)
    }
  }

  func close() { queue = nil }

  /// The batch is over.
  func end() {
    guard isReading else { return }
    isReading = false
    // A connection that cannot end its transaction is given up: it would go on telling of the past.
    do { try queue?.inDatabase { try RawStatement($0, "COMMIT").run() } } catch { queue = nil }
  }
}

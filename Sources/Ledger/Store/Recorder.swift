import GRDB

/// What came of one stated event.
public struct RecordingResult: Sendable {
  public let recorded: RecordedEvent
  /// `false`: the book already had it.
  public let isNew: Bool
  /// What is left at the control keys the event drew on, in fen.
  public let left: [(key: ControlKey, available: Fen)]
}

/// What came of one batch. Nothing of it is recorded unless all of it is.
public struct BatchResult: Sendable {
  /// Event by event, where the options ask for it.
  public var results: [RecordingResult] = []
  /// How many events were recorded.
  public var added = 0
  /// How many the book had already.
  public var known = 0
  public var warnings: [Problem] = []
  /// Position and hash after it.
  public var position = 0
  public var hash = ChainHash.start

  public init() {}
}

/// How a batch is recorded.
public struct RecordingOptions: Sendable {
  public enum Ids: Sendable {
    /// From date and content, so that the same file twice adds nothing.
    case derived
    /// Made by the caller for an event that has none.
    case fresh(@Sendable () -> String)
  }

  public enum Origin: Sendable {
    /// Stamped max(now, last recorded).
    case now(Instant)
    /// As the journal has it (`replay --into`): recorded times and hashes are kept.
    case journal(now: Instant)
  }

  public let ids: Ids
  public let origin: Origin
  /// The position the caller believes the book to be at.
  public let expectedPosition: Int?
  /// Checks and reports, and records nothing.
  public let dryRun: Bool
  /// The mode for every event of the batch; `nil`: that of the policy in force for each.
  public let control: ControlMode?
  /// Whether the batch is a reversal and the event that takes its place, which control weighs together.
  public let isCorrection: Bool
  /// Whether the result tells of each event; a large import only counts them.
  public let tellsEach: Bool

  public init(
    ids: Ids, origin: Origin, expectedPosition: Int?, dryRun: Bool, control: ControlMode? = nil,
    isCorrection: Bool = false, tellsEach: Bool = true
  ) {
    self.tellsEach = tellsEach
    self.control = control
    self.isCorrection = isCorrection
    self.ids = ids
    self.origin = origin
    self.expectedPosition = expectedPosition
    self.dryRun = dryRun
  }
}

extension RecordingOptions {
  /// The same, but recording nothing.
  var rehearsing: RecordingOptions {
    RecordingOptions(
      ids: ids, origin: origin, expectedPosition: expectedPosition, dryRun: true, control: control,
      isCorrection: isCorrection, tellsEach: tellsEach)
  }
}

extension Book {
  /// What recording several files one after the other would come to. Records nothing.
  /// - Throws: `Problems`, those of the first file that would not be recorded.
  public func rehearse(
    _ makeFiles: [(FundNames) throws -> JournalFile], options: RecordingOptions
  ) throws -> [BatchResult] {
    try StoreFailure.translating(path) {
      var results: [BatchResult] = []
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          // What one file adds, the next finds in this transaction alone.
          let connection = Connection(database)
          defer { connection.endBatch() }
          for makeFile in makeFiles {
            let reader = try BookReader(connection, runs)
            try reader.checkEnd()
            var batch = try Batch(reader, options: options)
            results.append(try batch.record(try makeFile(batch.declarations.fundNames)) { _ in })
          }
          return .rollback
        }
      }
      return results
    }
  }

  /// Records the events of a file as one batch: intake, control, then the store, all or nothing.
  ///
  /// - Parameter progress: told the number of events done, now and then.
  /// - Throws: `Problems`, all of the file's; the book is then as before.
  public func record(
    _ makeFile: (FundNames) throws -> JournalFile, options: RecordingOptions, progress: (Int) -> Void = { _ in }
  ) throws -> BatchResult {
    try record(
      reading: { _, declarations in try makeFile(declarations.fundNames) }, options: options, progress: progress)
  }

  /// Records a journal as one batch, as it is read: of a file of any size only a part is in memory at a time.
  public func record(
    _ source: JournalBytes, options: RecordingOptions, progress: (Int) -> Void = { _ in }
  ) throws -> BatchResult {
    try inBatch(options) { _, batch in try batch.record(source, progress: progress) }
  }

  /// Records what a file says that is made from the book itself, in one transaction with the reading.
  func record(
    reading makeFile: (BookReader, Declarations) throws -> JournalFile, options: RecordingOptions,
    progress: (Int) -> Void = { _ in }
  ) throws -> BatchResult {
    try inBatch(options) { reader, batch in
      try batch.record(try makeFile(reader, batch.declarations), progress: progress)
    }
  }

  /// Writes the projections of events that wait for them.
  func endTail() throws {
    guard access == .write, var ending = memory else { return }
    memory = nil
    try queue.inDatabase { database in
      // A reader who is in the way is not waited for.
      try database.execute(sql: "PRAGMA busy_timeout = 0")
      try database.inTransaction(.immediate) { try ending.endTail(database) ? .commit : .rollback }
    }
  }

  private func inBatch(
    _ options: RecordingOptions, _ body: (BookReader, inout Batch) throws -> BatchResult
  ) throws -> BatchResult {
    try StoreFailure.translating(path) {
      var result = BatchResult()
      var after: BatchMemory?
      try queue.inDatabase { database in
        try database.inBatchTransaction {
          let connection = connection(database)
          defer { connection.endBatch() }
          let version = try BatchMemory.version(database)
          // A batch that fails may have left anything in it.
          var known = memory.take()
          let head = known?.head(at: version)
          let reader = try BookReader(connection, runs, head: head)
          if head == nil { try reader.checkEnd() }
          if known?.holds(for: reader.head, version: version) == false { known = nil }
          // Whoever still had it would make the batch copy what it changes.
          var batch = try Batch(reader, options: options, memory: known.take())
          result = try body(reader, &batch)
          if options.dryRun { return .rollback }
          after = batch.memory(at: version)
          return .commit
        }
      }
      memory = after
      return result
    }
  }
}

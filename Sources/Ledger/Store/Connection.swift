import Foundation
import GRDB

/// The database of a book, for one who reads and writes it while rows of events are being put into it on another core.
///
/// SQLite lets one thread at a time use a connection. So whoever asks for the database has it alone until the next rows
/// are handed over: the worker stops after the rows it is at. What a batch asks for most — sums, control, kinds of events
/// — is in memory, and so the two seldom meet.
final class Connection {
  private let handle: Database
  let worker = RowWorker()

  init(_ database: Database) { handle = database }

  var database: Database {
    worker.pause()
    return handle
  }
}

/// Events to be written, and who writes them.
struct RowJob {
  let rows: EventRows
  let events: PendingEvents
}

/// Writes events on another core, in the order in which they are handed over.
///
/// Shared between two threads: all that changes is guarded by the condition, and what a job has is touched by one of them
/// at a time.
final class RowWorker: @unchecked Sendable {
  /// Enough to go on with while the other thread looks something up, and little to wait for.
  private static let mostJobs = 3

  private let condition = NSCondition()
  private var jobs: [RowJob] = []
  private var isAtWork = false
  private var isPaused = false
  /// What came of a job that failed. Nothing more is written then.
  private var failure: (any Error)?

  /// How many jobs are not done.
  var pending: Int { condition.withLock { jobs.count } }

  /// - Throws: what an earlier job failed with.
  func hand(over job: RowJob) throws {
    try condition.withLock {
      resume()
      while jobs.count >= RowWorker.mostJobs, failure == nil { condition.wait() }
      if let failure { throw failure }
      jobs.append(job)
      resume()
    }
  }

  /// Waits until nothing is being written; it goes on with the next job handed over.
  func pause() {
    condition.withLock {
      isPaused = true
      while isAtWork { condition.wait() }
    }
  }

  /// Waits until everything is written.
  /// - Throws: what a job failed with.
  func finish() throws {
    try condition.withLock {
      resume()
      while isAtWork { condition.wait() }
      if let failure { throw failure }
    }
  }

  /// Waits until nothing is being written, and forgets what is not: its transaction is over.
  func abandon() {
    condition.withLock {
      isPaused = true
      while isAtWork { condition.wait() }
      jobs = []
      failure = nil
    }
  }

  private func resume() {
    isPaused = false
    guard !isAtWork, !jobs.isEmpty, failure == nil else { return }
    isAtWork = true
    DispatchQueue.global().async { self.work() }
  }

  private func work() {
    condition.lock()
    while !isPaused, failure == nil, let job = jobs.first {
      condition.unlock()
      let outcome = Result { try job.rows.write(job.events) }
      condition.lock()
      jobs.removeFirst()
      if case .failure(let error) = outcome { failure = error }
      condition.broadcast()
    }
    isAtWork = false
    condition.broadcast()
    condition.unlock()
  }
}

import Foundation

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
  /// Enough to go on with while the other thread is at lines that take it long. Who has handed over so many waits until
  /// half of them are done: to be woken for each costs both threads.
  private static let mostJobs = 16
  /// Fewer events than this wait to be written.
  static let most = (mostJobs + 2) * EventRows.atOnce

  private let condition = NSCondition()
  private var jobs: [RowJob] = []
  private var isAtWork = false
  private var isPaused = false
  /// What came of a job that failed. Nothing more is written then.
  private var failure: (any Error)?

  /// Whether everything handed over is written.
  var isIdle: Bool { condition.withLock { jobs.isEmpty } }

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
      if jobs.count == RowWorker.mostJobs / 2 { condition.broadcast() }
    }
    isAtWork = false
    condition.broadcast()
    condition.unlock()
  }
}

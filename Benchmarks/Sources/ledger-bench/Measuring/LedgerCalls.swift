import Foundation
import Ledger

/// What is called of the library: the one place to change when it changes.
enum LedgerCalls {
  /// How a commit is made to last, as the book's connection is set up; printed beside every durable figure.
  static let durability = "wal, synchronous=FULL"

  /// The newest position of a book.
  static func headPosition(_ book: Book) throws -> Int {
    try LedgerSource.book(book).state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false).position
  }

  /// The state at the last date, from the events alone.
  static func foldedState(_ book: Book) throws -> LedgerState {
    try LedgerSource.book(book).foldedState(at: Horizon(asOf: .last, knownAt: .everything))
  }

  /// Execution by project in the year of the date, as `ledgerctl execution --as-of` shows it.
  static func execution(_ book: Book, at horizon: Horizon) throws -> MeasureReport {
    let query = MeasureQuery(
      by: [.line(.project)], depth: nil, units: [], years: [horizon.asOf.year], filter: LineFilter())
    return try MeasureReport(query, from: [.book(book)], at: horizon, priorYear: nil)
  }

  /// The sums by project of one budget year at two dates, by going through every event: slow, and independent of what
  /// the book keeps to be fast.
  static func slowSums(_ book: Book, at horizon: Horizon) throws -> [String?: Sums] {
    var sums: [String?: Sums] = [:]
    try LedgerSource.book(book).forEachPosted { recorded, _, postings in
      guard horizon.includes(recorded) else { return }
      for posting in postings where posting.line.year == horizon.asOf.year {
        _ = sums[posting.line.classification.project?.text, default: Sums()].add(posting.sums)
      }
    }
    return sums
  }

  /// Records lines of a journal as one durable batch under full control.
  static func record(_ text: Data, into book: Book, at time: Instant) throws {
    let options = RecordingOptions(
      ids: .derived, origin: .now(time), expectedPosition: nil, dryRun: false, tellsEach: false)
    _ = try book.record(JournalBytes(text: text, name: "journal"), options: options)
  }

  static func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

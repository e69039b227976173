import Foundation
import GRDB
import Testing

@testable import Ledger

/// A journal recorded as it is read, with plain lines taken the short way, against the same lines each taken as a line
/// that was typed. A failure names its seed.
@Suite struct PlainImportTests {
  /// The same books, projections and all, whatever the batches, and however much of a batch is looked up in the book.
  @Test(arguments: 1...150 as ClosedRange<UInt64>)
  func theShortWayRecordsTheSame(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 3_571)
    let lines = PlainImportTests.named(
      RandomHistory.journal(
        seed: seed, events: Int.random(in: 20...(seed % 30 == 0 ? 1_600 : 160), using: &random)))
    let folder = try TemporaryFolder()
    let typed = try Book.create(at: folder.path("typed.book"))
    let read = try Book.create(at: folder.path("read.book"))
    typed.runs.leastRecent = 1
    for _ in 0..<3 {
      let part = lines.prefix(Int.random(in: 0...lines.count, using: &random))
      try PlainImportTests.compare(Array(part), typed, read, "seed \(seed)")
    }
    try PlainImportTests.compare(lines, typed, read, "seed \(seed)")
    #expect(try folder.export(read) == folder.export(typed), "seed \(seed)")
    #expect(try read.verify().findings == [], "seed \(seed)")
  }

  /// The same refusals, at the same places and in the same order, where budgets are tight.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func theShortWayRefusesTheSame(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let (setup, attempts) = RandomHistory.tightAttempts(seed: seed, count: 60)
    let folder = try TemporaryFolder()
    let typed = try Book.create(at: folder.path("typed.book"))
    let read = try Book.create(at: folder.path("read.book"))
    try PlainImportTests.compare(PlainImportTests.named(setup), typed, read, "seed \(seed), setup")
    let named = PlainImportTests.named(attempts, "attempt")
    try PlainImportTests.compare(named, typed, read, "seed \(seed), all")
    for start in stride(from: 0, to: named.count, by: 7) {
      let part = Array(named[start..<min(start + 7, named.count)])
      try PlainImportTests.compare(part, typed, read, "seed \(seed), from \(start)")
      for line in part.shuffled(using: &random) {
        try PlainImportTests.compare([line], typed, read, "seed \(seed), \(line)")
      }
    }
    #expect(try folder.export(read) == folder.export(typed), "seed \(seed)")
    #expect(try read.verify().findings == [], "seed \(seed)")
  }

  /// Events of one kind are charged at the level that is in force on their days, whichever was found before.
  @Test func theLevelOfTheDayCounts() throws {
    let line = #""unit":"001","fund":"111","function":"2013101","economic":"30201""#
    func payment(_ number: Int, _ date: String) -> String {
      #"{"type":"disbursement","date":"\#(date)","id":"p\#(number)",\#(line),"amount":"10"}"#
    }
    let lines = [
      #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"某单位"}"#,
      #"{"type":"policy","date":"2021-01-01","id":"l1","level":["fund"]}"#,
      #"{"type":"policy","date":"2021-07-01","id":"l2","level":["fund","function","economic"]}"#,
      #"{"type":"appropriation","date":"2021-01-02","id":"b",\#(line),"amount":"35"}"#,
      payment(1, "2021-03-01"), payment(2, "2021-03-02"), payment(3, "2021-08-01"), payment(4, "2021-03-03"),
      payment(5, "2021-08-02"),
    ]
    for size in [1, 3, lines.count] {
      let folder = try TemporaryFolder()
      let typed = try Book.create(at: folder.path("typed.book"))
      let read = try Book.create(at: folder.path("read.book"))
      for start in stride(from: 0, to: lines.count, by: size) {
        let part = Array(lines[start..<min(start + size, lines.count)])
        try PlainImportTests.compare(part, typed, read, "\(size) at a time")
      }
      #expect(try folder.export(read) == folder.export(typed), "\(size) at a time")
      #expect(try read.verify().findings == [], "\(size) at a time")
    }
  }

  /// An event that control let through and the file does not take: nothing of its batch stays, and the next is recorded
  /// as if there had been none.
  @Test(arguments: [3, 40, 200, 399])
  func aRowThatCannotBeWrittenLeavesNothing(position: Int) throws {
    let line = #""unit":"001","fund":"111","function":"2013101","economic":"30201""#
    let lines =
      [
        #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"某单位"}"#,
        #"{"type":"appropriation","date":"2021-01-02","id":"b",\#(line),"amount":"4000"}"#,
      ]
      + (100_000..<100_400).map {
        #"{"type":"disbursement","date":"2021-03-01","id":"p\#($0)",\#(line),"amount":"10"}"#
      }
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: Array(lines.prefix(2)))
    // Behind the back of the open book, which has found its tables as they should be.
    let other = try DatabaseQueue(path: folder.path("a.book"))
    try other.write {
      try $0.execute(
        sql: "CREATE INDEX no_room ON events (CASE position WHEN \(position) THEN abs(-9223372036854775808) END)")
    }
    let text = JournalBytes(text: Data(lines.joined(separator: "\n").utf8), name: "f")
    let refused = PlainImportTests.outcome { try book.record(text, options: $0) }
    #expect(refused.count == 1 && refused[0].contains("integer overflow"), "\(refused)")
    try other.write { try $0.execute(sql: "DROP INDEX no_room") }
    #expect(try book.verify().findings == [])
    let recorded = PlainImportTests.outcome { try book.record(text, options: $0) }
    #expect(recorded.first?.hasPrefix("400 2 402 ") == true, "\(recorded)")
    #expect(try book.verify().findings == [])
  }

  // MARK: How

  /// Only an event with an id of its own goes the short way.
  private static func named(_ lines: [String], _ prefix: String = "n") -> [String] {
    lines.enumerated().map { index, line in
      line.contains(#""id":"#) ? line : #"{"id":"\#(prefix)-\#(100_000 + index)",\#(line.dropFirst())"#
    }
  }

  private static func compare(_ lines: [String], _ typed: Book, _ read: Book, _ note: Comment) throws {
    let text = Data(lines.joined(separator: "\n").utf8)
    let typed = outcome { try typed.record({ JournalFile(text: text, name: "f", fundNames: $0) }, options: $0) }
    let read = outcome { try read.record(JournalBytes(text: text, name: "f"), options: $0) }
    #expect(read == typed, note)
  }

  private static func outcome(_ record: (RecordingOptions) throws -> BatchResult) -> [String] {
    let now = Instant(milliseconds: 1_700_000_000_000)
    let options = RecordingOptions(
      ids: .derived, origin: .now(now), expectedPosition: nil, dryRun: false, tellsEach: false)
    do {
      let result = try record(options)
      return ["\(result.added) \(result.known) \(result.position) \(result.hash.hexadecimal)"]
        + result.warnings.map { $0.text(in: .english) }
    } catch let problems as Problems {
      return problems.list.map { $0.text(in: .english) }
    } catch { return ["\(error)"] }
  }
}

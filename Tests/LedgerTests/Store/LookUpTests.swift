import Foundation
import Testing

@testable import Ledger

/// What a batch looks up while its rows are being written on another core: in the book, among its own events, and in
/// what another file of the same rehearsal adds.
@Suite struct LookUpTests {
  private static let line = #""unit":"001","fund":"111","function":"2013101","economic":"30201""#

  private static let budget = [
    #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"示例单位"}"#,
    #"{"type":"appropriation","date":"2021-01-02","id":"a",\#(line),"amount":"100000"}"#,
  ]

  private static func payments(_ numbers: Range<Int>) -> [String] {
    numbers.map { #"{"type":"disbursement","date":"2021-03-01","id":"p\#($0 + 10_000)",\#(line),"amount":"10"}"# }
  }

  /// A refund of a payment, in whole; a second one must be refused.
  private static func refund(of number: Int, _ id: String) -> String {
    #"{"type":"refund","date":"2021-03-02","id":"\#(id)","of":"p\#(number + 10_000)",\#(line),"amount":"10"}"#
  }

  /// After every forty payments, refunds of the first and the last of them, and of one of the numbers given.
  private static func batch(_ numbers: Range<Int>, refunding earlier: [Int]) -> [String] {
    var lines: [String] = []
    for (index, number) in earlier.enumerated() {
      let part = payments(numbers.lowerBound + index * 40..<numbers.lowerBound + (index + 1) * 40)
      let first = numbers.lowerBound + index * 40
      lines += part + [refund(of: first, "r\(first)"), refund(of: first + 39, "r\(first + 39)")]
      lines.append(refund(of: number, "r\(number)"))
    }
    return lines
  }

  private static let options = RecordingOptions(
    ids: .derived, origin: .now(Instant(milliseconds: 1_700_000_000_000)), expectedPosition: nil, dryRun: false,
    tellsEach: false)

  private static func source(_ lines: [String]) -> JournalBytes {
    JournalBytes(text: Data(lines.joined(separator: "\n").utf8), name: "f")
  }

  @Test(arguments: [1, 600])
  func paymentsAreFoundWhereverTheyAre(leastRecent: Int) throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: LookUpTests.budget + LookUpTests.payments(0..<100))
    book.runs.leastRecent = leastRecent
    let earlier = Array(5..<45)
    let lines = LookUpTests.batch(100..<1_700, refunding: earlier)
    let result = try book.record(LookUpTests.source(lines), options: LookUpTests.options)
    #expect(result.added == 1_720)
    // The same file adds nothing, and what is paid back is paid back.
    let again = try book.record(LookUpTests.source(lines), options: LookUpTests.options)
    #expect(again.added == 0 && again.known == 1_720)
    let twice = LookUpTests.payments(2_000..<2_040) + [5, 100, 1_699].map { LookUpTests.refund(of: $0, "again\($0)") }
    let problems = #expect(throws: Problems.self) {
      try book.record(LookUpTests.source(twice), options: LookUpTests.options)
    }
    #expect(problems?.list.map(\.at.line) == [41, 42, 43])
    #expect(try book.verify().findings == [])
    try book.close()
    for ending in ["-wal", "-shm"] {
      #expect(!FileManager.default.fileExists(atPath: folder.path("a.book") + ending), "one file is the whole book")
    }
  }

  /// What a refund in the second file names stands in the first, and in no book.
  @Test func filesThatAreRehearsedTogetherKnowEachOther() throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: LookUpTests.budget)
    let files = [LookUpTests.payments(0..<100), LookUpTests.batch(100..<500, refunding: Array(5..<15))]
    let results = try book.rehearse(
      files.map { lines in
        { JournalFile(text: Data(lines.joined(separator: "\n").utf8), name: "f", fundNames: $0) }
      }, options: LookUpTests.options)
    #expect(results.map(\.added) == [100, 430])
    #expect(try book.read { $0.head.position } == 2)
    #expect(try book.verify().findings == [])
  }
}

import Crypto
import Foundation
import Ledger
import Testing

@Suite struct JournalTests {
  private static let unit =
    #"{"date":"2021-01-01","name":"示例单位","type":"unit","unit":"001"}"#

  @Test func writesCanonicallyWhateverTheOrderAndSpelling() throws {
    let text = #"""
      {"type":"disbursement", "amount" : "29.49万元", "fund":"一般公共预算财政拨款", "date":"2021-09-14", "memo":"差旅\u8d39 \"A\"\/b\n"}
      """#
    let file = JournalFile(text: Data(text.utf8), name: "a.jsonl")
    #expect(file.problems == [])
    let event = try #require(file.events.first).event
    let written = String(decoding: CanonicalWriter.bytes(of: event), as: UTF8.self)
    #expect(
      written
        == #"{"amount":"294900.00","date":"2021-09-14","fund":"111","memo":"差旅费 \"A\"/b\n","type":"disbursement"}"#)
  }

  @Test func oneLineIsWrittenFlatAndSeveralEachWithAllFields() throws {
    func written(_ lines: String) throws -> String {
      let text = #"{"type":"receipt","date":"2021-01-02","fund":"111","function":"213","lines":[\#(lines)]}"#
      let file = JournalFile(text: Data(text.utf8), name: nil)
      return String(decoding: CanonicalWriter.bytes(of: try #require(file.events.first).event), as: UTF8.self)
    }
    #expect(
      try written(#"{"amount":"1"}"#)
        == #"{"amount":"1.00","date":"2021-01-02","function":"213","fund":"111","type":"receipt"}"#)
    #expect(
      try written(#"{"amount":"1"},{"function":"208","amount":"2"}"#)
        == #"{"date":"2021-01-02","lines":[{"amount":"1.00","function":"213","fund":"111"},"#
        + #"{"amount":"2.00","function":"208","fund":"111"}],"type":"receipt"}"#)
  }

  /// The chain as an auditor recomputes it, with nothing of this library but the exported text.
  @Test func theChainCanBeRecomputedFromTheExportedText() throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: RandomHistory.journal(seed: 7, events: 60))
    var link = [UInt8](repeating: 0, count: 32)
    for line in try folder.export(book).split(separator: "\n") {
      let stated = try #require(line.firstMatch(of: /"hash":"([0-9a-f]{64})",/))
      let bare = line.replacing(/"hash":"[0-9a-f]{64}",/, with: "").replacing(/"position":[0-9]+,/, with: "")
      link = Array(SHA256.hash(data: Data(link) + Data(bare.utf8)))
      #expect(link.map { String(format: "%02x", $0) }.joined() == stated.1)
    }
  }

  @Test func everyProblemOfAFileIsReportedWithItsPlace() throws {
    let text = """
      \(JournalTests.unit)
      {"type":"disbursement","date":"2021-02-30","fund":"111","amount":"1,23","colour":"red"}

      {"type":"payment","date":"2021-02-03"}
      {"type":"disbursement","date":"2021-02-03","fund":"111","amount":"1.00"
      """
    let file = JournalFile(text: Data(text.utf8), name: "a.jsonl")
    let found = file.problems.map { "\($0.at.line ?? 0):\($0.at.column ?? 0) \($0.code.rawValue)" }
    #expect(
      Set(found) == [
        "2:31 date.no-such-day", "2:66 amount.unreadable", "2:73 field.unknown", "4:9 type.unknown",
        "5:72 journal.syntax",
      ])
  }

  @Test func columnsCountCharactersNotBytes() {
    let text = #"{"memo":"差旅费","type":"disbursement","date":"2021-02-03","fund":"111","amount":"x"}"#
    let file = JournalFile(text: Data(text.utf8), name: "a.jsonl")
    #expect(file.problems.map(\.at.column) == [79])
  }

  /// Two spellings that look alike are two codes: the hash covers what was typed.
  @Test func textsAreComparedByTheirBytes() throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: [
      JournalTests.unit,
      "{\"type\":\"project\",\"date\":\"2021-01-01\",\"project\":\"P\u{E9}\",\"name\":\"a\",\"nature\":\"targeted\"}",
    ])
    let other =
      "{\"type\":\"receipt\",\"date\":\"2021-01-02\",\"fund\":\"111\",\"project\":\"Pe\u{301}\",\"amount\":\"1\"}"
    #expect { try book.importing([other]) } throws: { ($0 as? Problems)?.list.map(\.code) == [.projectUndeclared] }
    func memo(_ text: String) -> String {
      "{\"type\":\"receipt\",\"date\":\"2021-01-02\",\"fund\":\"111\",\"amount\":\"1\",\"id\":\"r\",\"memo\":\"\(text)\"}"
    }
    _ = try book.importing([memo("\u{5140}")])
    #expect { try book.importing([memo("\u{FA0C}")]) } throws: { ($0 as? Problems)?.list.map(\.code) == [.idTaken] }
    #expect(try book.verify().findings == [])
  }

  @Test func aHashTakenAwayDoesNotHideAChange() throws {
    let folder = try TemporaryFolder()
    let book = try folder.book(recording: RandomHistory.journal(seed: 3, events: 6))
    var lines = try folder.export(book).split(separator: "\n").map(String.init)
    #expect(throws: Never.self) { try folder.journal(lines) }
    // New events may stand below an export.
    #expect(throws: Never.self) {
      try folder.journal(lines + [lines[5].replacing(/"(hash|id)":"[^"]*",|"position":[0-9]+,/, with: "")])
    }
    lines[3] = lines[3].replacing(/"hash":"[0-9a-f]*",/, with: "")
    #expect { try folder.journal(lines) } throws: {
      ($0 as? Problems)?.list.contains { $0.code == .hashMissing } ?? false
    }
  }
}

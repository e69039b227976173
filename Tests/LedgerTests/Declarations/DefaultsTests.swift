import Foundation
import Ledger
import Testing

/// Defaults are filled in once, when an event is recorded, and stored with it.
@Suite struct DefaultsTests {
  private static let declared = [
    #"{"type":"unit","date":"2021-01-01","unit":"001","name":"示例单位"}"#,
    #"{"type":"policy","date":"2021-01-01","control":"off"}"#,
    #"{"type":"project","date":"2021-01-01","project":"T","name":"专项","nature":"targeted"}"#,
    #"{"type":"project","date":"2021-01-01","project":"B","name":"工资","nature":"basic"}"#,
  ]

  private func recorded(_ line: String, after more: [String] = []) throws -> Event {
    let book = try TemporaryFolder().book(recording: DefaultsTests.declared + more)
    return try #require(try book.importing([line]).results.last).recorded.event
  }

  @Test(
    arguments: [
      (#""economic":"30101""#, Nature.personnel), (#""economic":"303""#, .personnel), (#""economic":"30201""#, .public),
      (#""economic":"310""#, .public), (#""nature":"basic","economic":"301""#, .personnel),
      (#""nature":"basic""#, .basic), (#""project":"T""#, .targeted), (#""project":"T","economic":"30101""#, .targeted),
      (#""project":"B","economic":"30101""#, .personnel), (#""project":"T","nature":"operating""#, .operating),
      (#""function":"213""#, nil),
    ] as [(String, Nature?)])
  func natureComesFromTheLineTheProjectOrTheEconomicClass(fields: String, nature: Nature?) throws {
    let line = #"{"type":"disbursement","date":"2021-02-01","fund":"111",\#(fields),"amount":"1"}"#
    #expect(try recorded(line).entries[0].classification.nature == nature)
  }

  @Test func aLaterDeclarationDoesNotAlterAnOldEvent() throws {
    let folder = try TemporaryFolder()
    let payment = #"{"type":"disbursement","date":"2021-02-01","fund":"111","project":"T","amount":"1","id":"p"}"#
    let book = try folder.book(recording: DefaultsTests.declared + [payment])
    _ = try book.importing([
      #"{"type":"project","date":"2021-01-01","project":"T","name":"专项","nature":"operating"}"#,
      #"{"type":"unit","date":"2021-01-01","unit":"002","name":"第二单位"}"#,
    ])
    let stored = try #require(try LedgerSource.book(book).event(withID: "p"))
    #expect(stored.event.entries[0].classification.nature == .targeted)
    // The same payment again is still the same: completed as it was then, when there was one unit.
    #expect(try book.importing([payment]).added == 0)
  }

  @Test func carryOverKeepsOrTakesItsSourceYear() throws {
    func from(_ fields: String) throws -> Int? {
      let line = #"{"type":"carry-over","date":"2021-01-01","fund":"111",\#(fields)"amount":"1"}"#
      return try recorded(line).entries[0].classification.from
    }
    #expect(try from("") == 2020)
    #expect(try from(#""from":2018,"#) == 2018)
    #expect(throws: Problems.self) { try from(#""from":2021,"#) }
  }

  @Test func fromOfTheYearIsKeptOnSpendingOnly() throws {
    func from(_ type: String) throws -> Int? {
      let line = #"{"type":"\#(type)","date":"2021-03-01","fund":"111","from":2021,"amount":"1"}"#
      return try recorded(line).entries[0].classification.from
    }
    #expect(try from("disbursement") == 2021)
    #expect(try from("appropriation") == nil)
    #expect(try from("receipt") == nil)
  }
}

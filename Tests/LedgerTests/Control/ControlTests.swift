import Foundation
import Ledger
import Testing

/// 无预算不得支出, at the level of fund, function and project.
@Suite struct ControlTests {
  private let folder: TemporaryFolder
  private let book: Book

  init() throws {
    folder = try TemporaryFolder()
    book = try folder.book(recording: [
      #"{"type":"unit","date":"2021-01-01","unit":"001","name":"示例单位"}"#,
      #"{"type":"project","date":"2021-01-01","project":"K","name":"专项","nature":"targeted"}"#,
    ])
  }

  private func record(_ type: String, _ date: String, _ fields: String, _ amount: String, id: String? = nil) throws {
    let key = id.map { #","id":"\#($0)""# } ?? ""
    let line = #"{"type":"\#(type)","date":"\#(date)","fund":"111",\#(fields),"amount":"\#(amount)"\#(key)}"#
    _ = try book.importing([line])
  }

  private func refusal(_ body: () throws -> Void) -> [ProblemCode] {
    do { try body() } catch { return (error as? Problems)?.list.map(\.code) ?? [] }
    return []
  }

  @Test func aPaymentBelowABudgetedParentIsChargedThere() throws {
    try record("appropriation", "2021-01-10", #""function":"213""#, "100")
    try record("disbursement", "2021-02-01", #""function":"2130501","economic":"30201""#, "100")
    #expect(refusal { try record("disbursement", "2021-02-02", #""function":"2130502""#, "0.01") } == [.budgetExceeded])
    #expect(refusal { try record("disbursement", "2021-02-02", #""function":"208""#, "0.01") } == [.budgetNone])
  }

  @Test func aBackdatedPaymentMayNotMakeALaterDateNegative() throws {
    try record("appropriation", "2021-01-10", #""function":"213""#, "100")
    try record("disbursement", "2021-06-01", #""function":"213""#, "80")
    do {
      try record("disbursement", "2021-03-01", #""function":"213""#, "30")
      Issue.record("recorded")
    } catch let problems as Problems {
      #expect(problems.list.map(\.code) == [.budgetExceeded])
      #expect(problems.list[0].detail?.english.contains("2021-06-01") == true)
    }
    try record("disbursement", "2021-03-01", #""function":"213""#, "20")
  }

  @Test func aBudgetTakenBackLeavesLaterSpendingToTheNext() throws {
    try record("appropriation", "2021-01-10", #""function":"213""#, "100")
    try record("appropriation", "2021-01-10", #""function":"213","project":"K""#, "10", id: "slip")
    try record("disbursement", "2021-02-01", #""function":"213","project":"K""#, "4", id: "early")
    #expect(
      refusal { try record("disbursement", "2021-02-02", #""function":"213","project":"K""#, "7") } == [.budgetExceeded]
    )
    _ = try book.importing([#"{"type":"reversal","date":"2021-03-01","of":"early"}"#])
    _ = try book.importing([#"{"type":"reversal","date":"2021-03-01","of":"slip"}"#])
    try record("disbursement", "2021-03-02", #""function":"213","project":"K""#, "7")
    #expect(refusal { try record("disbursement", "2021-03-03", #""function":"213""#, "93.01") } == [.budgetExceeded])
    // Granted anew, it answers for what comes from then on, and the general budget keeps what it paid.
    try record("appropriation", "2021-03-04", #""function":"213","project":"K""#, "5")
    try record("disbursement", "2021-03-05", #""function":"213","project":"K""#, "5")
    try record("disbursement", "2021-03-05", #""function":"213""#, "93")
    #expect(try book.verify().findings == [])
  }

  /// Spent without a budget after the last one was taken back, and given back: the money goes where it came from.
  @Test func whatIsSpentAfterABudgetWasTakenBackStaysThere() throws {
    try record("appropriation", "2021-01-05", #""function":"213","project":"K""#, "100", id: "slip")
    _ = try book.importing([#"{"type":"reversal","date":"2021-01-05","of":"slip"}"#])
    #expect(
      refusal { try record("disbursement", "2021-02-05", #""function":"213","project":"K""#, "1") } == [.budgetExceeded]
    )
    _ = try book.importing([
      #"{"type":"policy","date":"2021-02-01","control":"off"}"#, #"{"type":"policy","date":"2021-03-01"}"#,
    ])
    try record("disbursement", "2021-02-05", #""function":"213","project":"K""#, "50", id: "pay")
    try record("appropriation", "2021-03-05", #""function":"213""#, "100")
    try record("disbursement", "2021-03-06", #""function":"213","project":"K""#, "100")
    _ = try book.importing([#"{"type":"reversal","date":"2021-03-07","of":"pay"}"#])
    #expect(refusal { try record("disbursement", "2021-03-08", #""function":"213""#, "0.01") } == [.budgetExceeded])
    #expect(try book.verify().findings == [])
  }

  @Test func moneyBudgetedLaterPaysForNothingEarlier() throws {
    try record("appropriation", "2021-06-01", #""function":"213""#, "100")
    #expect(refusal { try record("disbursement", "2021-05-31", #""function":"213""#, "1") } == [.budgetExceeded])
    try record("disbursement", "2021-06-01", #""function":"213""#, "1")
  }

  @Test func aFinerBudgetDoesNotTakeOverWhatWasChargedBefore() throws {
    try record("appropriation", "2021-01-10", #""function":"213""#, "100")
    try record("disbursement", "2021-02-01", #""function":"2130501""#, "60", id: "early")
    try record("adjustment", "2021-03-01", #""function":"2130501""#, "50")
    try record("disbursement", "2021-03-02", #""function":"2130501""#, "50")
    #expect(refusal { try record("disbursement", "2021-03-03", #""function":"2130501""#, "1") } == [.budgetExceeded])
    // Reversed, the early payment frees the budget it was taken from.
    _ = try book.importing([#"{"type":"reversal","date":"2021-04-01","of":"early"}"#])
    #expect(refusal { try record("disbursement", "2021-04-02", #""function":"2130501""#, "1") } == [.budgetExceeded])
    try record("disbursement", "2021-04-02", #""function":"2130502""#, "100")
    #expect(try book.verify().findings == [])
  }

  @Test func moneyEarmarkedForAProjectIsNotForOthers() throws {
    try record("appropriation", "2021-01-10", #""function":"213","project":"K""#, "100")
    #expect(refusal { try record("disbursement", "2021-02-01", #""function":"213""#, "1") } == [.budgetNone])
    try record("disbursement", "2021-02-01", #""function":"213","project":"K""#, "100")
  }

  @Test func surplusOfTheTreasuryIsNotAvailable() throws {
    let line =
      #"{"type":"carry-over","date":"2021-01-01","kind":"surplus","fund":"111","function":"213","amount":"50"}"#
    _ = try book.importing([line])
    #expect(refusal { try record("disbursement", "2021-02-01", #""function":"213""#, "1") } == [.budgetExceeded])
  }

  @Test func whatWasSpentWithoutABudgetWaitsForTheFirstThatCoversIt() throws {
    _ = try book.importing([#"{"type":"policy","date":"2021-01-01","control":"warn"}"#])
    let warned = try book.importing([
      #"{"type":"disbursement","date":"2021-02-01","fund":"111","function":"2130501","amount":"30"}"#
    ])
    #expect(warned.warnings.map(\.code) == [.budgetNone] && warned.added == 1)
    _ = try book.importing([#"{"type":"policy","date":"2021-02-02","control":"refuse"}"#])
    try record("appropriation", "2021-02-02", #""function":"213""#, "100")
    #expect(refusal { try record("disbursement", "2021-02-03", #""function":"213""#, "71") } == [.budgetExceeded])
    try record("disbursement", "2021-02-03", #""function":"213""#, "70")
    #expect(try book.verify().findings == [])
  }

  @Test func aRefusedBatchRecordsNothing() throws {
    let before = try folder.export(book)
    let codes = refusal {
      _ = try book.importing([
        #"{"type":"appropriation","date":"2021-01-10","fund":"111","function":"213","amount":"10"}"#,
        #"{"type":"disbursement","date":"2021-01-11","fund":"111","function":"213","amount":"4"}"#,
        #"{"type":"disbursement","date":"2021-01-12","fund":"111","function":"213","amount":"7"}"#,
        #"{"type":"disbursement","date":"2021-01-13","fund":"111","function":"213","amount":"6"}"#,
        #"{"type":"disbursement","date":"2021-01-14","fund":"111","function":"213","amount":"1"}"#,
      ])
    }
    #expect(codes == [.budgetExceeded, .budgetExceeded])
    #expect(try folder.export(book) == before)
  }
}

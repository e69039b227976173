import Foundation
import Testing

@testable import Ledger

/// Tables imported by rules. A failure names its seed.
@Suite struct TableImportTests {
  private static let rulesText = """
    [fields]
    date = { column = "支付日期" }
    fund = { column = "资金性质", values = { "一般公共预算资金" = "111", "政府性基金" = "12" } }
    function = { column = "功能科目", pattern = '^\\d{7}' }
    payee = { column = "收款人" }
    doc = { column = "凭证号" }

    [[event]]
    type = "refund"
    when = { column = "金额", amount = "negative" }
    fields.amount = { column = "金额", sign = "drop" }

    [[event]]
    type = "disbursement"
    fields.amount = { column = "金额" }

    [[total]]
    column = "凭证号"
    is = "小计"
    of = "group"

    [[total]]
    column = "凭证号"
    matches = "^合计|总计$"
    """

  private static let setup = [
    #"{"type":"unit","date":"2021-01-01","unit":"01","name":"示例中心"}"#,
    #"{"type":"appropriation","date":"2021-01-01","fund":"111","function":"2130501","amount":"1亿"}"#,
    #"{"type":"appropriation","date":"2021-01-01","fund":"12","function":"2130599","amount":"1亿"}"#,
  ]

  private static let options = RecordingOptions(
    ids: .derived, origin: .now(Instant(milliseconds: 1_700_000_000_000)), expectedPosition: nil, dryRun: false,
    tellsEach: false)

  private static let firstOnes = 4

  /// One payment as a person would write it into a journal, and as three programs export it.
  private struct Payment {
    let number: Int
    let day: Day
    let fund: Bool
    let fen: Int64

    init(_ number: Int, _ random: inout SeededRandom) {
      self.number = number
      // The first ones pay out of both funds, so that later ones can come back.
      let isFirst = number < TableImportTests.firstOnes
      let month = isFirst ? 1 : Int.random(in: 2...12, using: &random)
      day = Day(year: 2021, month: month, day: Int.random(in: 1...28, using: &random)) ?? .last
      fund = isFirst ? number % 2 == 0 : random.chance(percent: 70)
      let size = isFirst ? 10_000_000 : Int64.random(in: 1...99_999, using: &random)
      fen = !isFirst && random.chance(percent: 10) ? -min(size, 1_000) : size
    }

    var line: String {
      let type = fen < 0 ? "refund" : "disbursement"
      let (fund, function) = fund ? ("111", "2130501") : ("12", "2130599")
      return
        #"{"type":"\#(type)","date":"\#(day)","fund":"\#(fund)","function":"\#(function)","payee":"第 \#(number) 户","doc":"P\#(number)","amount":"\#(Money(fen: abs(fen)))"}"#
    }

    func cells(_ random: inout SeededRandom) -> [String] {
      let dates = [
        "\(day)", "\(day.year)/\(day.month)/\(day.day)", "\(day.year)年\(day.month)月\(day.day)日",
        day.description.replacing("-", with: ""),
      ]
      let plain = Money(fen: fen).description
      let amounts = [plain, "\"\(DisplayUnit.yuan.text(Int128(fen)))\"", " \(plain) "]
      let (fund, function) = fund ? ("一般公共预算资金", "2130501 行政运行") : ("政府性基金", "2130599其他")
      return ["P\(number)", random.pick(dates), fund, function, "\"第 \(number) 户\"", random.pick(amounts)]
    }
  }

  private static func table(_ payments: [Payment], _ random: inout SeededRandom) -> String {
    var text = "支付明细表,,,,,\n制表：某单位,,,,,\n凭证号,支付日期,资金性质,功能科目,收款人,金额\n"
    var (all, group) = (Int128(0), Int128(0))
    for payment in payments {
      text += payment.cells(&random).joined(separator: ",") + "\n"
      all += Int128(payment.fen)
      group += Int128(payment.fen)
      if random.chance(percent: 10) {
        text += "小计,,,,,\"\(DisplayUnit.yuan.text(group))\"\n"
        group = 0
      }
      if random.chance(percent: 5) { text += ",,,,,\n" }
    }
    return text + "合计,,,,,\"\(DisplayUnit.yuan.text(all))\"\n"
  }

  private static func rules() throws -> ImportRules { try ImportRules(reading: rulesText, file: "rules.toml") }

  private static func bytes(_ text: String, _ encoding: String = "UTF-8") throws -> JournalBytes {
    JournalBytes(text: Data(try DelimitedRowsTests.encoded(text, encoding)), name: "t.csv")
  }

  /// A table makes the book that a journal of the same events makes, hash and all; and once more with new rows only
  /// these are added.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func aTableIsTheSameBook(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let payments = (0..<Int.random(in: TableImportTests.firstOnes...80, using: &random)).map { Payment($0, &random) }
    let folder = try TemporaryFolder()
    let byTable = try folder.book("table.book", recording: TableImportTests.setup)
    let byJournal = try folder.book("journal.book", recording: TableImportTests.setup)
    let encoding = random.pick(["UTF-8", "UTF-16", "GB18030"])
    let first = payments.prefix(Int.random(in: TableImportTests.firstOnes...payments.count, using: &random))
    for (part, added) in [(Array(first), first.count), (payments, payments.count - first.count)] {
      let found = try byTable.record(
        table: try TableImportTests.bytes(TableImportTests.table(part, &random), encoding),
        by: try TableImportTests.rules(), options: TableImportTests.options, acceptsValid: false)
      #expect(found.result.added == added && found.result.known == part.count - added, "seed \(seed)")
      #expect(found.table.totals.allSatisfy(\.isMet) && !found.table.totals.isEmpty, "seed \(seed)")
      let journal = JournalBytes(text: Data(part.map { $0.line + "\n" }.joined().utf8), name: "t.jsonl")
      let expected = try byJournal.record(journal, options: TableImportTests.options)
      #expect(found.result.hash == expected.hash, "seed \(seed)")
    }
  }

  /// A table that was damaged is read as what it then says, or refused with its name and a place; the book is as before.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func damageIsToldAndLeavesTheBookAlone(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let payments = (0..<20).map { Payment($0, &random) }
    let text = TableImportTests.table(payments, &random)
    var bytes = try DelimitedRowsTests.encoded(text, random.pick(["UTF-8", "UTF-16", "GB18030"]))
    for _ in 0..<Int.random(in: 1...3, using: &random) { TableImportTests.damage(&bytes, &random) }
    for problem in try TableImportTests.problems(of: bytes, named: "t.csv", "seed \(seed)") {
      #expect(problem.at.line ?? 0 > 0, "seed \(seed): \(problem)")
    }
  }

  /// What is told of a table, if it is refused: each problem with its file, and the book as it was.
  private static func problems(of bytes: [UInt8], named name: String, _ note: Comment) throws -> [Problem] {
    let folder = try TemporaryFolder()
    let book = try folder.book("t.book", recording: setup)
    let before = try folder.export(book)
    var found: [Problem] = []
    do {
      _ = try book.record(
        table: JournalBytes(text: Data(bytes), name: name), by: try rules(), options: options, acceptsValid: false)
    } catch let problems as Problems {
      found = problems.list
      #expect(!found.isEmpty, note)
      for problem in found { #expect(problem.at.file == name && problem.code != .defect, note) }
      #expect(try folder.export(book) == before, note)
    }
    #expect(try book.verify().findings == [], note)
    return found
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeLast(bytes.count - max(place, 1))
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(random.pick(Array("\",\n\u{0}=".utf8)), at: place)
    case 4: bytes.insert(contentsOf: bytes[..<min(place, 60)], at: place)
    default: bytes.removeSubrange(place..<min(bytes.count, place + 7))
    }
  }

  /// What is left out with `acceptsValid` is exactly what is refused, and what stays is as if the others had never been
  /// there.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theValidRowsAreRecorded(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let payments = (0..<30).map { Payment($0, &random) }
    var rows: [String] = []
    var valid: [String] = []
    for payment in payments {
      var cells = payment.cells(&random)
      if payment.number >= TableImportTests.firstOnes, random.chance(percent: 30) {
        let (place, text) = random.pick([(1, "2021-02-30"), (2, "自有资金"), (5, "9亿"), (5, "两元"), (3, "行政运行"), (1, "")])
        cells[place] = text
      } else {
        valid.append(payment.line)
      }
      rows.append(cells.joined(separator: ","))
    }
    let text = "凭证号,支付日期,资金性质,功能科目,收款人,金额\n" + rows.joined(separator: "\n")
    let folder = try TemporaryFolder()
    let byTable = try folder.book("table.book", recording: TableImportTests.setup)
    let byJournal = try folder.book("journal.book", recording: TableImportTests.setup)
    let found = try byTable.record(
      table: try TableImportTests.bytes(text), by: try TableImportTests.rules(), options: TableImportTests.options,
      acceptsValid: true)
    let journal = JournalBytes(text: Data((valid.joined(separator: "\n") + "\n").utf8), name: "t.jsonl")
    let expected = try byJournal.record(journal, options: TableImportTests.options)
    #expect(found.result.hash == expected.hash, "seed \(seed)")
    #expect(found.refusedRows == payments.count - valid.count, "seed \(seed)")
  }

  // MARK: Workbooks

  private static let headings = ["凭证号", "支付日期", "资金性质", "功能科目", "收款人", "金额"]

  /// The table as a workbook: amounts as numbers or as texts.
  private static func workbook(_ payments: [Payment], _ random: inout SeededRandom) throws -> Data {
    let rows = payments.map { payment in
      let texts = payment.cells(&random).map { $0.replacing("\"", with: "") }
      let amount: Sheet.Content =
        random.chance(percent: 50)
        ? .number(Rational(fen: Fen(payment.fen)), decimals: 2) : .text(texts[5])
      return texts[..<5].map { Sheet.Cell(.text($0)) } + [Sheet.Cell(amount)]
    }
    let total = payments.reduce(Fen(0)) { $0 + Fen($1.fen) }
    let totalRow =
      [Sheet.Cell(.text("合计"))] + Array(repeating: .empty, count: 4)
      + [Sheet.Cell(.number(Rational(fen: total), decimals: 2))]
    let part = Sheet.Part(
      columns: headings.map { _ in Sheet.Column(kind: .text) }, headings: [headings.map { Sheet.Cell(.text($0)) }],
      rows: rows + [totalRow], sides: [], isNamed: false)
    let sheet = Sheet(title: "支付明细表", number: nil, owner: "某单位", money: nil, parts: [part], notes: [])
    return try Workbook.data(of: [sheet], title: "支付", day: .last)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aWorkbookIsTheSameBook(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let payments = (0..<Int.random(in: TableImportTests.firstOnes...60, using: &random)).map { Payment($0, &random) }
    let folder = try TemporaryFolder()
    let byTable = try folder.book("table.book", recording: TableImportTests.setup)
    let byJournal = try folder.book("journal.book", recording: TableImportTests.setup)
    let found = try byTable.record(
      table: JournalBytes(text: try TableImportTests.workbook(payments, &random), name: "t.xlsx"),
      by: try TableImportTests.rules(), options: TableImportTests.options, acceptsValid: false)
    let journal = JournalBytes(text: Data(payments.map { $0.line + "\n" }.joined().utf8), name: "t.jsonl")
    let expected = try byJournal.record(journal, options: TableImportTests.options)
    #expect(found.result.hash == expected.hash, "seed \(seed)")
    #expect(found.table.totals.allSatisfy(\.isMet) && found.table.totals.count == 1, "seed \(seed)")
  }

  /// A workbook that was damaged anywhere is told as such, or what is left of it reads as it did.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func aDamagedWorkbookLeavesTheBookAlone(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let payments = (0..<12).map { Payment($0, &random) }
    var bytes = Array(try TableImportTests.workbook(payments, &random))
    for _ in 0..<Int.random(in: 1...3, using: &random) { TableImportTests.damage(&bytes, &random) }
    _ = try TableImportTests.problems(of: bytes, named: "t.xlsx", "seed \(seed)")
  }
}

import Foundation
import Testing

@testable import Ledger

/// Texts taken apart into rows and cells, whatever they are encoded in and wherever they are cut.
@Suite struct DelimitedRowsTests {
  /// Random cells, written by another way than they are read, with any separator and line end.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func cellsComeBackAsTheyWere(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let separator = random.pick([",", ";", "\t", "|"])
    let lineEnd = random.pick(["\n", "\r\n", "\r"])
    let rows = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in DelimitedRowsTests.cell(&random) }
    }
    let text = rows.map { row in
      row.map { DelimitedRowsTests.written($0, separator, &random) }.joined(separator: separator)
    }.joined(separator: lineEnd)
    // An empty text at the end is no row of its own.
    let whole = random.chance(percent: 50) || rows.last == [""] ? text + lineEnd : text
    #expect(try DelimitedRowsTests.read(Array(whole.utf8), separator, &random) == rows, "seed \(seed): \(whole)")
  }

  /// The same text in every encoding, found by content, is the same rows.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func everyEncodingIsFound(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text =
      "日期,摘要,金额\n"
      + (0..<Int.random(in: 1...40, using: &random)).map { _ in
        "2021-01-0\(Int.random(in: 1...9, using: &random)),\(random.pick(["办公费", "𠮷田购书", "é, ü", "plain"]).quoted),1.50\n"
      }.joined()
    var expected: [[String]]?
    for encoding in ["UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16LE", "UTF-16BE", "GB18030"] {
      let bytes =
        encoding == "UTF-8 with mark"
        ? [0xEF, 0xBB, 0xBF] + Array(text.utf8) : try DelimitedRowsTests.encoded(text, encoding)
      var rows: [[String]] = []
      let reader = try TableReader(JournalBytes(text: Data(bytes), name: "t.csv"), TableForm())
      try reader.forEachRow { row in
        rows.append(row.cells)
        return true
      }
      if let expected { #expect(rows == expected, "seed \(seed), \(encoding)") }
      expected = expected ?? rows
    }
    #expect(expected?.count == text.split(separator: "\n").count, "seed \(seed)")
  }

  /// A text is the same however it comes in parts: no character is lost between two of them.
  @Test(arguments: ["UTF-8", "UTF-16LE", "GB18030"], [1, 2, 3] as [UInt64])
  func partsMayEndAnywhere(encoding: String, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = String((0..<400).map { _ in random.pick(Array("办公é𠮷,1\n€") as [Character]) })
    let bytes = try DelimitedRowsTests.encoded(text, encoding)
    let known = try #require(
      TextEncoding.allCases.first { $0.rawValue.caseInsensitiveCompare(encoding) == .orderedSame })
    var decoder = TextDecoder(known)
    var decoded: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + Int.random(in: 1...9, using: &random))
      let part = decoder.decode(bytes[at..<end], isLast: end == bytes.count)
      #expect(part.broken == nil, "seed \(seed), at \(at)")
      decoded += part.text
      at = end
    }
    #expect(String(decoding: decoded, as: UTF8.self) == text, "seed \(seed)")
  }

  @Test func whatNoQuoteClosesSaysWhereItBegan() {
    #expect(throws: DelimitedRows.Flaw(kind: .unclosedQuote, row: 2, column: 2)) {
      var random = SeededRandom(seed: 1)
      _ = try DelimitedRowsTests.read(Array("a,b\nc,\"d\ne,f\n".utf8), ",", &random)
    }
    #expect(throws: DelimitedRows.Flaw(kind: .textBehindQuote, row: 1, column: 2)) {
      var random = SeededRandom(seed: 1)
      _ = try DelimitedRowsTests.read(Array("a,\"b\"c\n".utf8), ",", &random)
    }
  }

  // MARK: Helpers

  private static func cell(_ random: inout SeededRandom) -> String {
    let pieces = ["", "a", "支付", "\"", ",", ";", "\t", "|", "\n", "\r\n", " ", "1,234.50"]
    return (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(pieces) }.joined()
  }

  private static func written(_ cell: String, _ separator: String, _ random: inout SeededRandom) -> String {
    let needsQuotes = cell.contains { $0.isNewline || $0 == "\"" || String($0) == separator }
    return needsQuotes || random.chance(percent: 20) ? cell.quoted : cell
  }

  private static func read(_ text: [UInt8], _ separator: String, _ random: inout SeededRandom) throws -> [[String]] {
    var rows = DelimitedRows(separator: separator.utf8.first ?? 0)
    var found: [[String]] = []
    func keep(_ row: TableRow) -> Bool {
      found.append(row.cells)
      #expect(row.number == found.count)
      return true
    }
    var at = 0
    while at < text.count {
      let end = min(text.count, at + Int.random(in: 1...7, using: &random))
      _ = try rows.take(Array(text[at..<end]), keep)
      at = end
    }
    try rows.finish(keep)
    return found
  }

  /// As the system's converter has it.
  static func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
    let converter = try #require(iconv_open(encoding, "UTF-8"))
    defer { iconv_close(converter) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 4 + 8)
    let left = input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var (unread, room) = (input.count, output.count)
        _ = iconv(converter, &from, &unread, &to, &room)
        return (unread, room)
      }
    }
    #expect(left.0 == 0)
    return Array(output.dropLast(left.1))
  }
}

extension String {
  fileprivate var quoted: String { "\"\(replacing("\"", with: "\"\""))\"" }
}

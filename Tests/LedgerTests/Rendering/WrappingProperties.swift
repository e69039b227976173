import Ledger
import Testing

/// Random texts cut into lines. A failure names its seed.
@Suite struct WrappingProperties {
  private static let plain = ["a", "Z", "7", "-", ".", " ", " ", "(", ")", "年", "安", "，", "。", "（", "）", "《", "》"]
  /// Some of several code points, and one that joins what stands before it.
  private static let any = plain + ["“", "”", "é", "e\u{301}", "😀", "👩‍👩‍👧", "½", "ㄱ", "％", "[", "}"]

  private static func text(from pool: [String], _ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...30, using: &random)).map { _ in pool.randomElement(using: &random) ?? "" }.joined()
  }

  /// Nothing but spaces is lost, no line is empty, and none is too long.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func linesFitAndLoseNothing(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = WrappingProperties.text(
      from: seed.isMultiple(of: 2) ? WrappingProperties.plain : WrappingProperties.any, &random)
    let width = Int.random(in: 2...12, using: &random)
    let lines = text.wrapped(to: width)
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " }, "seed \(seed)")
    for line in lines {
      #expect(line.displayWidth <= width, "seed \(seed): \(line)")
      #expect(lines.count == 1 || line.contains { $0 != " " }, "seed \(seed): an empty line")
    }
  }

  /// Where there are no spaces, each line takes as many whole pieces as fit.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func linesAreAsFullAsTheyCanBe(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pool = seed.isMultiple(of: 2) ? WrappingProperties.plain : WrappingProperties.any
    let text = WrappingProperties.text(from: pool.filter { $0 != " " }, &random)
    let width = Int.random(in: 2...12, using: &random)
    #expect(text.wrapped(to: width) == WrappingProperties.slowLines(of: text, width), "seed \(seed): \(text)")
  }

  private static let opening: Set<Character> = ["(", "[", "（", "《", "“"]
  private static let closing: Set<Character> = [")", "}", "）", "》", "”", "，", "。", "％"]

  private static func slowLines(of text: String, _ width: Int) -> [String] {
    var pieces: [String] = []
    for character in text {
      if let last = pieces.last?.last,
        last.isASCII && character.isASCII || opening.contains(last) || closing.contains(character)
      {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    pieces = pieces.flatMap { $0.displayWidth <= width ? [$0] : $0.map { String($0) } }
    return pieces.reduce(into: [""]) { lines, piece in
      let line = lines[lines.count - 1]
      if line.isEmpty || (line + piece).displayWidth <= width {
        lines[lines.count - 1] += piece
      } else {
        lines.append(piece)
      }
    }
  }

  /// Numbers and words that fit a line stay whole, and marks stay with what they open or close.
  @Test(arguments: [
    ("P12-001-1", 4, ["P12-", "001-", "1"]), ("2012年安全保障", 4, ["2012", "年安", "全保", "障"]),
    ("预算12,300.50元", 10, ["预算", "12,300.50", "元"]), ("（一）基本支出", 6, ["（一）", "基本支", "出"]),
    ("决算，完成。", 4, ["决", "算，", "完", "成。"]), ("two words here", 9, ["two words", "here"]),
    ("two   words", 9, ["two words"]), ("two   words", 8, ["two", "words"]), ("  年初 结转", 6, ["  年初", "  结转"]),
    ("", 4, [""]), ("年", 1, ["年"]),
  ])
  func cutsWhereItMay(text: String, width: Int, lines: [String]) { #expect(text.wrapped(to: width) == lines) }
}

/// Reads a table file row by row, as its content says it is written.
struct TableReader {
  /// Why a file cannot be read on, and where that is.
  struct Failure: Error {
    let problem: Problem
  }

  private static let partSize = 1 << 18

  let source: JournalBytes
  /// What a rules file says of it; `nil`: as it is found.
  let encoding: TextEncoding?
  let separator: UInt8?

  /// - Parameter body: returns whether it wants more.
  /// - Throws: `Problems`: `table.not-text`, `table.quote`, `file.failed`; what `body` throws.
  func forEachRow(_ body: (TableRow) throws -> Bool) throws {
    let encoding = try encoding ?? TextEncoding.found(in: source)
    var decoder = TextDecoder(encoding)
    var rows: DelimitedRows?
    var part = [UInt8](repeating: 0, count: TableReader.partSize)
    var offset = 0
    do {
      while true {
        let length = try part.withUnsafeMutableBytes { try source.read(from: offset, into: $0) }
        offset += length
        let isLast = offset >= source.count || length == 0
        let decoded = decoder.decode(part[..<length], isLast: isLast)
        let isFirst = rows == nil
        let text = isFirst ? TableReader.withoutMark(decoded.text) : decoded.text
        var taking = rows ?? DelimitedRows(separator: separator ?? TableReader.separator(of: text))
        defer { rows = taking }
        guard try taking.take(text, body) else { return }
        if let broken = decoded.broken {
          throw Problems(
            Problem(
              .tableNotText, at: place(row: taking.rowNumber, column: taking.column),
              value: "0x" + hexadecimalText(broken), expected: .expectedTextOf(encoding.rawValue)))
        }
        guard isLast else { continue }
        return try taking.finish(body)
      }
    } catch let flaw as DelimitedRows.Flaw {
      throw Problems(
        Problem(
          .tableQuote, at: place(row: flaw.row, column: flaw.column),
          expected: flaw.kind == .unclosedQuote ? .expectedClosingQuote : .expectedSeparatorBehindQuote))
    }
  }

  func place(row: Int, column: Int?) -> SourceLocation { SourceLocation(file: source.name, line: row, column: column) }

  /// Without the mark that says it is UTF-8.
  private static func withoutMark(_ text: [UInt8]) -> [UInt8] {
    text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
  }

  /// What stands most often between cells, outside of quotes.
  private static func separator(of text: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"):
        if !isQuoted { counts[byte, default: 0] += 1 }
      default: break
      }
    }
    // Of two that are as frequent, always the same.
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
  }
}

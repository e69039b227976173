import Foundation

/// Reads a table file row by row, as its content says it is written.
struct TableReader {
  private enum Form {
    case text(TextEncoding, separator: UInt8?)
    case workbook(WorkbookReader)
  }

  private static let partSize = 1 << 18
  private static let zipMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// Of workbooks before XLSX, and of those that have a password.
  private static let oldMark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  private let source: JournalBytes
  private let form: Form

  /// - Throws: `Problems`: `table.not-a-workbook`, `table.sheet-missing`, `file.failed`.
  init(_ source: JournalBytes, _ written: TableForm) throws {
    self.source = source
    var start = [UInt8](repeating: 0, count: 4)
    _ = try start.withUnsafeMutableBytes { try source.read(from: 0, into: $0) }
    switch start {
    case TableReader.zipMark:
      do { form = .workbook(try WorkbookReader(try source.text(), sheet: written.sheet)) } catch {
        throw TableReader.problems(error, source)
      }
    case TableReader.oldMark:
      throw Problems(
        Problem(
          .tableNotAWorkbook, at: SourceLocation(file: source.name, line: nil, column: nil), expected: .expectedWorkbook
        ))
    default:
      // A mark that says UTF-8 knows better than rules that were written for another file.
      let isMarked = start.starts(with: TextEncoding.utf8Mark)
      let encoding = isMarked ? .utf8 : try written.encoding ?? TextEncoding.found(in: source)
      form = .text(encoding, separator: written.separator)
    }
  }

  /// - Parameter body: returns whether it wants more.
  /// - Throws: `Problems`: `table.not-text`, `table.quote`, `table.not-a-workbook`, `file.failed`; what `body` throws.
  func forEachRow(_ body: (TableRow) throws -> Bool) throws {
    switch form {
    case .text(let encoding, let separator): try forEachRow(of: encoding, separator, body)
    case .workbook(let workbook):
      do { try workbook.forEachRow(body) } catch let failure as WorkbookReader.Failure {
        throw TableReader.problems(failure, source)
      }
    }
  }

  func place(row: Int?, column: Int?) -> SourceLocation {
    var sheet: String?
    if case .workbook(let workbook) = form { sheet = workbook.sheetName }
    return SourceLocation(file: source.name, sheet: sheet, line: row, column: column)
  }

  private static func problems(_ error: any Error, _ source: JournalBytes) -> any Error {
    guard let failure = error as? WorkbookReader.Failure else { return error }
    let place = SourceLocation(file: source.name, sheet: failure.sheet, line: failure.row, column: nil)
    return Problems(
      failure.isOfNoSheet
        ? Problem(
          .tableSheetMissing, at: SourceLocation(file: source.name, line: nil, column: nil), field: "file.sheet",
          value: failure.sheet, expected: .expectedSheet(failure.message))
        : Problem(.tableNotAWorkbook, at: place, expected: .expectedWorkbook, detail: .storeSaid(failure.message)))
  }

  /// Among how many rows the headings are looked for.
  static let mostRowsAbove = 100

  /// In which column of a row each of these headings stands, from 0.
  /// - Throws: `Problems`: `table.heading-twice`.
  func places(of headings: Set<String>, in row: TableRow) throws -> [String: Int] {
    let cells = row.cells.map(\.trimmed)
    var places: [String: Int] = [:]
    for heading in headings.sorted() {
      let found = cells.indices.filter { cells[$0] == heading }
      if found.count > 1 {
        throw Problems(
          Problem(
            .tableHeadingTwice, at: place(row: row.number, column: found[1] + 1), field: heading, value: heading,
            expected: .expectedOneColumn))
      }
      places[heading] = found.first
    }
    return places
  }

  // MARK: Text

  private func forEachRow(
    of encoding: TextEncoding, _ separator: UInt8?, _ body: (TableRow) throws -> Bool
  ) throws {
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
        let text = rows == nil ? TableReader.withoutMark(decoded.text) : decoded.text
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

  /// Without the mark that says it is UTF-8.
  private static func withoutMark(_ text: [UInt8]) -> [UInt8] {
    text.starts(with: TextEncoding.utf8Mark) ? Array(text.dropFirst(TextEncoding.utf8Mark.count)) : text
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

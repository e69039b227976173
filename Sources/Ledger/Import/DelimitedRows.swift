/// A row of a table file.
struct TableRow: Equatable {
  /// From 1, as a spreadsheet numbers it: what stands in quotes over several lines is one row.
  let number: Int
  var cells: [String]
  /// Cells of a workbook that are no values by themselves, by column from 0.
  var flaws: [Int: CellFlaw] = [:]

  enum CellFlaw { case formula, merged, error }

  var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
}

/// Takes comma-separated values apart as they come: RFC 4180, with any separator.
struct DelimitedRows {
  /// What a text cannot be read further for.
  struct Flaw: Error, Equatable {
    enum Kind { case unclosedQuote, textBehindQuote }

    let kind: Kind
    let row: Int
    /// The cell, from 1.
    let column: Int
  }

  private enum Place { case start, plain, quoted, quoteInQuoted, behindReturn }

  private let separator: UInt8
  private var place = Place.start
  private var cell: [UInt8] = []
  private var cells: [String] = []
  private(set) var rowNumber = 1
  private var quoteStartedAt = (row: 1, column: 1)

  init(separator: UInt8) { self.separator = separator }

  /// Where the next character stands.
  var column: Int { cells.count + 1 }

  /// Takes in text, row by row as they are complete.
  /// - Parameter body: returns whether it wants more.
  /// - Returns: whether `body` always did.
  /// - Throws: `Flaw`; what `body` throws.
  mutating func take(_ text: [UInt8], _ body: (TableRow) throws -> Bool) throws -> Bool {
    for byte in text {
      if place == .behindReturn {
        place = .start
        if byte == UInt8(ascii: "\n") { continue }
      }
      switch (place, byte) {
      case (.quoted, UInt8(ascii: "\"")): place = .quoteInQuoted
      case (.quoted, _): cell.append(byte)
      case (.quoteInQuoted, UInt8(ascii: "\"")):
        cell.append(byte)
        place = .quoted
      case (_, separator): endCell()
      case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")):
        let goesOn = try endRow(body)
        if byte == UInt8(ascii: "\r") { place = .behindReturn }
        guard goesOn else { return false }
      case (.start, UInt8(ascii: "\"")):
        quoteStartedAt = (rowNumber, column)
        place = .quoted
      case (.quoteInQuoted, _): throw Flaw(kind: .textBehindQuote, row: rowNumber, column: column)
      default:
        cell.append(byte)
        place = .plain
      }
    }
    return true
  }

  /// The text has ended: its last row may lack a line end.
  mutating func finish(_ body: (TableRow) throws -> Bool) throws {
    if place == .quoted {
      throw Flaw(kind: .unclosedQuote, row: quoteStartedAt.row, column: quoteStartedAt.column)
    }
    if !cells.isEmpty || !cell.isEmpty || place == .quoteInQuoted { _ = try endRow(body) }
  }

  private mutating func endCell() {
    cells.append(String(decoding: cell, as: UTF8.self))
    cell.removeAll(keepingCapacity: true)
    place = .start
  }

  private mutating func endRow(_ body: (TableRow) throws -> Bool) throws -> Bool {
    endCell()
    let row = TableRow(number: rowNumber, cells: cells)
    cells.removeAll(keepingCapacity: true)
    rowNumber += 1
    return try body(row)
  }
}

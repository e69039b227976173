import Foundation

/// Reads one sheet of a workbook (XLSX, ECMA-376) row by row.
///
/// Cells come as a spreadsheet shows their values: a date as `2021-09-14`, a number with at most 15 digits. What is no
/// value by itself — a formula, a part of merged cells, an error — is marked as that.
struct WorkbookReader {
  /// What keeps a workbook from being read.
  struct Failure: Error {
    let message: String
    var sheet: String?
    var row: Int?
    /// Whether there is no such sheet; the message then names those that there are.
    var isOfNoSheet = false
  }

  fileprivate static let mostColumns = 16_384

  private let archive: ZipArchive
  private let sheet: (name: String, part: String)
  private let texts: [String]
  /// By number of a cell's style, whether it shows days.
  private let showsDay: [Bool]
  /// Whether days count from 1904, as old workbooks of another system have it.
  private let isFrom1904: Bool

  var sheetName: String { sheet.name }

  /// - Parameter wanted: the name or number of a sheet; `nil`: the first.
  /// - Throws: `Failure`.
  init(_ data: Data, sheet wanted: String?) throws {
    do {
      archive = try ZipArchive(data)
      let book = try WorkbookReader.workbook(archive)
      isFrom1904 = book.isFrom1904
      guard let found = WorkbookReader.chosen(wanted, of: book.sheets) else {
        throw Failure(message: book.sheets.map(\.name).joined(separator: ", "), sheet: wanted, isOfNoSheet: true)
      }
      sheet = found
      texts = try WorkbookReader.sharedTexts(archive)
      showsDay = try WorkbookReader.stylesOfDays(archive)
    } catch let failure as ZipArchive.Failure {
      throw Failure(message: failure.message)
    } catch let malformed as XMLPart.Malformed {
      throw Failure(message: malformed.message)
    }
  }

  private static func chosen(
    _ wanted: String?, of sheets: [(name: String, part: String)]
  ) -> (name: String, part: String)? {
    guard let wanted else { return sheets.first }
    if let named = sheets.first(where: { ExactText($0.name) == ExactText(wanted) }) { return named }
    guard let number = Int(wanted), sheets.indices.contains(number - 1) else { return nil }
    return sheets[number - 1]
  }

  /// - Parameter body: returns whether it wants more.
  /// - Throws: `Failure`; what `body` throws.
  func forEachRow(_ body: (TableRow) throws -> Bool) throws {
    let merged = try mergedCells()
    let making = Making(texts: texts, showsDay: showsDay, isFrom1904: isFrom1904, merged: merged)
    do {
      try WorkbookReader.read(sheet.part, in: archive, making.parser) {
        for row in making.finished() where try !body(row) { return false }
        if let flaw = making.flaw { throw Failure(message: flaw, sheet: sheet.name, row: making.place) }
        return true
      }
    } catch let failure as ZipArchive.Failure {
      throw Failure(message: failure.message, sheet: sheet.name, row: making.place)
    } catch let malformed as XMLPart.Malformed {
      throw Failure(message: malformed.message, sheet: sheet.name, row: making.place)
    }
  }

  // MARK: The parts of a workbook

  /// Reads a part to its end, or until nobody wants more.
  private static func read(
    _ part: String, in archive: ZipArchive, _ parser: XMLPart, _ pause: () throws -> Bool = { true }
  ) throws {
    try archive.read(part) { piece, isLast in
      try parser.take(piece, isLast: isLast)
      return try pause()
    }
  }

  private static func workbook(
    _ archive: ZipArchive
  ) throws -> (sheets: [(name: String, part: String)], isFrom1904: Bool) {
    var targets: [String: String] = [:]
    try read(
      "xl/_rels/workbook.xml.rels", in: archive,
      XMLPart(
        start: { name, attributes in
          if name == "Relationship", let id = attributes["Id"] { targets[id] = attributes["Target"] }
        }, end: { _ in }, text: { _ in }))
    var sheets: [(name: String, part: String)] = []
    var isFrom1904 = false
    try read(
      "xl/workbook.xml", in: archive,
      XMLPart(
        start: { element, attributes in
          if element == "workbookPr" { isFrom1904 = ["1", "true"].contains(attributes["date1904"]) }
          if element == "sheet", let name = attributes["name"], let target = attributes["r:id"].flatMap({ targets[$0] })
          {
            sheets.append((name, target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target))
          }
        }, end: { _ in }, text: { _ in }))
    return (sheets, isFrom1904)
  }

  /// The texts that cells refer to by number. Readings of characters, which stand beside some, are left out.
  private static func sharedTexts(_ archive: ZipArchive) throws -> [String] {
    guard archive.has("xl/sharedStrings.xml") else { return [] }
    var texts: [String] = []
    var text: [UInt8] = []
    var (isText, isReading) = (false, false)
    try read(
      "xl/sharedStrings.xml", in: archive,
      XMLPart(
        start: { name, _ in
          switch name {
          case "si": text = []
          case "rPh": isReading = true
          case "t": isText = !isReading
          default: break
          }
        },
        end: { name in
          switch name {
          case "si": texts.append(String(decoding: text, as: UTF8.self))
          case "rPh": isReading = false
          case "t": isText = false
          default: break
          }
        }, text: { if isText { text += $0.lazy.map { UInt8(bitPattern: $0) } } }))
    return texts
  }

  private static func stylesOfDays(_ archive: ZipArchive) throws -> [Bool] {
    guard archive.has("xl/styles.xml") else { return [] }
    var forms: [Int: String] = [:]
    var styles: [Bool] = []
    var isOfCells = false
    try read(
      "xl/styles.xml", in: archive,
      XMLPart(
        start: { name, attributes in
          switch name {
          case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }) { forms[id] = attributes["formatCode"] }
          case "cellXfs": isOfCells = true
          case "xf":
            guard isOfCells else { return }
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            styles.append(forms[id].map(isOfDays) ?? isBuiltInOfDays(id))
          default: break
          }
        }, end: { if $0 == "cellXfs" { isOfCells = false } }, text: { _ in }))
    return styles
  }

  /// Those that every program knows without a code; 27 to 36 and 50 to 58 are days in Chinese ones.
  private static func isBuiltInOfDays(_ id: Int) -> Bool {
    switch id {
    case 14...17, 22, 27...31, 36, 50...54, 57, 58: true
    default: false
    }
  }

  /// Whether a form shows a year or a day: texts in quotes, in brackets and behind a backslash are no letters of it.
  private static func isOfDays(_ code: String) -> Bool {
    var (isQuoted, isBracketed, isEscaped) = (false, false, false)
    for character in code {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "\"": isQuoted.toggle()
      case "[": isBracketed = true
      case "]": isBracketed = false
      case "y", "Y", "d", "D", "e": if !isQuoted, !isBracketed { return true }
      default: break
      }
    }
    return false
  }

  /// Which cells are one with others.
  private func mergedCells() throws -> [MergedCells] {
    var found: [MergedCells] = []
    do {
      try WorkbookReader.read(
        sheet.part, in: archive,
        XMLPart(
          start: { name, attributes in
            guard name == "mergeCell", let range = attributes["ref"].flatMap(MergedCells.init) else { return }
            found.append(range)
          }, end: { _ in }, text: { _ in }))
    } catch let failure as ZipArchive.Failure {
      throw Failure(message: failure.message, sheet: sheet.name)
    } catch is XMLPart.Malformed {
      // The rows up to there are read, and then it is told where it ends.
    }
    return found
  }

  // MARK: Rows

  /// While a sheet is taken apart.
  private final class Making {
    private let texts: [String]
    private let showsDay: [Bool]
    private let isFrom1904: Bool
    private let merged: [MergedCells]
    private var rows: [TableRow] = []
    private(set) var row = 0
    /// The row, once one has begun.
    var place: Int? { row > 0 ? row : nil }
    /// What is wrong with the sheet, where it cannot be read on.
    private(set) var flaw: String?
    private var cells: [String] = []
    private var flaws: [Int: TableRow.CellFlaw] = [:]
    private var column = 0
    private var type = ""
    private var style = 0
    private var value: [UInt8] = []
    private var (isValue, isReading, isFormula) = (false, false, false)

    init(texts: [String], showsDay: [Bool], isFrom1904: Bool, merged: [MergedCells]) {
      self.texts = texts
      self.showsDay = showsDay
      self.isFrom1904 = isFrom1904
      self.merged = merged
    }

    lazy var parser = XMLPart(
      start: { [unowned self] name, attributes in start(name, attributes) },
      end: { [unowned self] name in end(name) },
      text: { [unowned self] text in if isValue { value += text.lazy.map { UInt8(bitPattern: $0) } } })

    /// The rows that are complete.
    func finished() -> [TableRow] {
      defer { rows.removeAll(keepingCapacity: true) }
      return rows
    }

    private func start(_ name: String, _ attributes: XMLPart.Attributes) {
      switch name {
      case "row":
        row = attributes["r"].flatMap { Int($0) } ?? row + 1
        (cells, flaws, column) = ([], [:], 0)
        for range in merged { range.forEachColumn(inRow: row) { flaws[$0 - 1] = .merged } }
      case "c":
        column = attributes["r"].flatMap { CellName($0)?.column } ?? column + 1
        type = attributes["t"] ?? "n"
        style = attributes["s"].flatMap { Int($0) } ?? 0
        (value, isFormula) = ([], false)
      case "f": isFormula = true
      case "rPh": isReading = true
      case "v", "t": isValue = !isReading
      default: break
      }
    }

    private func end(_ name: String) {
      switch name {
      case "v", "t": isValue = false
      case "rPh": isReading = false
      case "c": endCell()
      case "row": rows.append(TableRow(number: row, cells: cells, flaws: flaws))
      default: break
      }
    }

    private func endCell() {
      guard (1...WorkbookReader.mostColumns).contains(column) else {
        flaw = flaw ?? "column \(column)"
        return
      }
      while cells.count < column { cells.append("") }
      cells[column - 1] = shown(String(decoding: value, as: UTF8.self))
      guard flaws[column - 1] == nil else { return }
      if isFormula { flaws[column - 1] = .formula } else if type == "e" { flaws[column - 1] = .error }
    }

    private func shown(_ value: String) -> String {
      switch type {
      case "s":
        guard let number = Int(value), texts.indices.contains(number) else {
          flaw = flaw ?? "text \(value)"
          return ""
        }
        return texts[number]
      case "inlineStr", "str", "e", "d": return value
      case "b": return value == "1" ? "TRUE" : "FALSE"
      default:
        if value.isEmpty { return "" }
        guard let number = SheetNumber.shown(value) else { return value }
        return showsDay.indices.contains(style) && showsDay[style] ? day(number) ?? number : number
      }
    }

    private func day(_ number: String) -> String? {
      guard let count = number.split(separator: ".").first.flatMap({ Int($0) }) else { return nil }
      return Day(ofSpreadsheet: isFrom1904 ? count + 1_462 : count)?.description
    }
  }
}

/// A range of cells that are shown as one.
private struct MergedCells {
  private let rows: ClosedRange<Int>
  private let columns: ClosedRange<Int>

  /// - Parameter text: `A1:C1`.
  init?(_ text: String) {
    let corners = text.split(separator: ":").compactMap { CellName(String($0)) }
    guard corners.count == 2, corners[0].row <= corners[1].row, corners[0].column <= corners[1].column,
      corners[1].column <= WorkbookReader.mostColumns
    else { return nil }
    rows = corners[0].row...corners[1].row
    columns = corners[0].column...corners[1].column
  }

  func forEachColumn(inRow row: Int, _ body: (Int) -> Void) {
    if rows.contains(row) { columns.forEach(body) }
  }
}

/// The name of a cell, `B12`.
private struct CellName {
  let column: Int
  let row: Int

  init?(_ text: String) {
    var column = 0
    var rest = text.utf8[...]
    while let byte = rest.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte {
      guard column < 100_000 else { return nil }
      column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
      rest = rest.dropFirst()
    }
    guard column > 0, let row = Int(Substring(rest)), row > 0 else { return nil }
    self.column = column
    self.row = row
  }
}

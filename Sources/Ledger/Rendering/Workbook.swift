import CXLSXWriter
import Foundation

/// Pages as one XLSX workbook, a sheet a page.
///
/// Numbers are numbers, as printed: rounded to what the page shows, so that every program that opens the file sees the
/// figures of the text. The only place where an amount becomes floating point: the format knows no other number.
public enum Workbook {
  /// - Parameter day: stands in the file as the day it was made, so that the same pages give the same bytes.
  /// - Throws: `Problems`: `file.failed`.
  public static func data(of sheets: [Sheet], title: String, day: Day) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ledgerctl-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appending(path: "book.xlsx")
      try WorkbookWriter(path: file.path, title: title, day: day).write(sheets)
      return try Data(contentsOf: file)
    } catch let problems as Problems {
      throw problems
    } catch {
      throw Problems(Problem(.fileFailed, detail: .storeSaid(error.localizedDescription)))
    }
  }
}

private final class WorkbookWriter {
  private enum Style: Hashable {
    case title, left, right, heading
    case label(indent: Int, isTotal: Bool)
    case line(isTotal: Bool)
    case figure(decimals: Int, isPercent: Bool, isTotal: Bool)
    case note
  }

  private typealias Format = UnsafeMutablePointer<lxw_format>
  private typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var formats: [Style: Format] = [:]
  private var names: Set<String> = []

  init(path: String, title: String, day: Day) throws {
    guard let workbook = workbook_new(path) else { throw Problems(Problem(.fileFailed)) }
    self.workbook = workbook
    // The C library takes a copy.
    let text = strdup(title)
    defer { free(text) }
    var properties = lxw_doc_properties()
    properties.title = text
    properties.created = time_t(day.daysSinceEpoch) * 86_400
    workbook_set_properties(workbook, &properties)
  }

  func write(_ sheets: [Sheet]) throws {
    for sheet in sheets { try write(sheet) }
    let error = workbook_close(workbook)
    guard error == LXW_NO_ERROR else {
      throw Problems(Problem(.fileFailed, detail: .storeSaid(String(cString: lxw_strerror(error)))))
    }
  }

  private func write(_ sheet: Sheet) throws {
    guard let worksheet = workbook_add_worksheet(workbook, name(for: sheet.title)) else {
      throw Problems(Problem(.fileFailed))
    }
    let width = max(1, sheet.parts.map(\.columns.count).max() ?? 1)
    setUp(worksheet, sheet, width: width)
    merged(worksheet, row: 0, columns: 0..<width, sheet.title, .title)
    let right = [sheet.number, sheet.money].compactMap { $0 }.joined(separator: " ")
    // The last column is for what stands at the right; of one column there is only the left.
    merged(
      worksheet, row: 1, columns: 0..<max(1, width - 1), width == 1 ? "\(sheet.owner) \(right)" : sheet.owner, .left)
    if width > 1 { text(right, worksheet, 1, width - 1, .right) }
    var row = 2
    for (number, part) in sheet.parts.enumerated() {
      headings(of: part, worksheet, from: row)
      row += part.headings.count
      if number == 0, sheet.parts.count == 1 {
        let fixed = part.sides.count > 1 ? 0 : part.columns.prefix { $0.kind != .figure }.count
        worksheet_freeze_panes(worksheet, UInt32(row), UInt16(fixed))
        worksheet_repeat_rows(worksheet, 0, UInt32(row - 1))
      }
      for line in part.rows {
        for (column, cell) in line.enumerated() {
          write(cell, part.columns[column], worksheet, row, column)
        }
        row += 1
      }
    }
    for note in sheet.notes {
      merged(worksheet, row: row, columns: 0..<width, note, .note)
      row += 1
    }
  }

  /// Widths of columns, and how it is printed: A4, lying where wide, one page across.
  private func setUp(_ worksheet: Worksheet, _ sheet: Sheet, width: Int) {
    for column in 0..<width {
      let kind = sheet.parts.compactMap { column < $0.columns.count ? $0.columns[column].kind : nil }.first ?? .figure
      let characters: Double =
        switch kind {
        case .label, .text: 34
        case .code: 12
        case .line: 6
        case .figure: 16
        }
      worksheet_set_column(worksheet, UInt16(column), UInt16(column), characters, nil)
    }
    worksheet_set_paper(worksheet, 9)  // A4
    if width > 7 { worksheet_set_landscape(worksheet) }
    // A form stands on one page; a long table by codes goes on over several, its headings repeated.
    worksheet_fit_to_pages(worksheet, 1, sheet.isOnePage ? 1 : 0)
    worksheet_center_horizontally(worksheet)
    worksheet_set_margins(worksheet, 0.5, 0.5, 0.6, 0.6)
    worksheet_set_footer(worksheet, "&C&P / &N")
  }

  private func headings(of part: Sheet.Part, _ worksheet: Worksheet, from top: Int) {
    for (level, cells) in part.headings.enumerated() {
      for (column, cell) in cells.enumerated() where cell.content != .empty {
        let (last, bottom) = (column + cell.columns - 1, top + level + cell.rows - 1)
        let style = format(.heading)
        if last > column || bottom > top + level {
          worksheet_merge_range(
            worksheet, UInt32(top + level), UInt16(column), UInt32(bottom), UInt16(last), cell.content.plain, style)
        } else {
          worksheet_write_string(worksheet, UInt32(top + level), UInt16(column), cell.content.plain, style)
        }
      }
    }
  }

  private func write(_ cell: Sheet.Cell, _ column: Sheet.Column, _ worksheet: Worksheet, _ row: Int, _ at: Int) {
    let isTotal = cell.isTotal
    func number(_ text: String, _ style: Style) {
      // Past 15 digits the format's numbers are not exact any more: such an amount is written as text.
      if text.count(where: \.isNumber) <= 15, let value = Double(text) {
        worksheet_write_number(worksheet, UInt32(row), UInt16(at), value, format(style))
      } else {
        self.text(text, worksheet, row, at, style)
      }
    }
    switch cell.content {
    case .number(let value?, let decimals):
      let style: Style =
        column.kind == .line
        ? .line(isTotal: isTotal) : .figure(decimals: decimals, isPercent: false, isTotal: isTotal)
      number(value.text(decimals: decimals), style)
    case .percent(let ratio?):
      // In percent points, as the CSV has it, with the sign shown behind.
      number(ratio.percent(), .figure(decimals: 2, isPercent: true, isTotal: isTotal))
    case .empty, .text, .number(nil, _), .percent(nil), .blank:
      let style: Style =
        switch column.kind {
        case .figure: .figure(decimals: 2, isPercent: false, isTotal: isTotal)
        case .line: .line(isTotal: isTotal)
        case .label, .code, .text: .label(indent: cell.indent, isTotal: isTotal)
        }
      text(cell.content.plain, worksheet, row, at, style)
    }
  }

  private func text(_ text: String, _ worksheet: Worksheet, _ row: Int, _ column: Int, _ style: Style) {
    if text.isEmpty {
      worksheet_write_blank(worksheet, UInt32(row), UInt16(column), format(style))
    } else {
      worksheet_write_string(worksheet, UInt32(row), UInt16(column), text, format(style))
    }
  }

  private func merged(_ worksheet: Worksheet, row: Int, columns: Range<Int>, _ text: String, _ style: Style) {
    guard columns.count > 1 else { return self.text(text, worksheet, row, columns.lowerBound, style) }
    worksheet_merge_range(
      worksheet, UInt32(row), UInt16(columns.lowerBound), UInt32(row), UInt16(columns.upperBound - 1), text,
      format(style))
  }

  private func format(_ style: Style) -> Format? {
    if let known = formats[style] { return known }
    guard let format = workbook_add_format(workbook) else { return nil }
    format_set_font_name(format, "SimSun")
    format_set_font_size(format, 10.5)
    switch style {
    case .title:
      format_set_font_name(format, "SimHei")
      format_set_font_size(format, 16)
      format_set_bold(format)
      align(format, LXW_ALIGN_CENTER)
    case .left: align(format, LXW_ALIGN_LEFT)
    case .right: align(format, LXW_ALIGN_RIGHT)
    case .heading:
      bordered(format)
      align(format, LXW_ALIGN_CENTER)
      format_set_text_wrap(format)
      format_set_bg_color(format, 0xF2F2F2)
    case .label(let indent, let isTotal):
      bordered(format)
      align(format, LXW_ALIGN_LEFT)
      format_set_text_wrap(format)
      if indent > 0 { format_set_indent(format, UInt8(clamping: indent)) }
      if isTotal { format_set_bold(format) }
    case .line(let isTotal):
      bordered(format)
      align(format, LXW_ALIGN_CENTER)
      if isTotal { format_set_bold(format) }
    case .figure(let decimals, let isPercent, let isTotal):
      bordered(format)
      align(format, LXW_ALIGN_RIGHT)
      let point = decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
      format_set_num_format(format, "#,##0\(point)" + (isPercent ? "\"%\"" : ""))
      if isTotal { format_set_bold(format) }
    case .note:
      align(format, LXW_ALIGN_LEFT)
      format_set_text_wrap(format)
      format_set_font_size(format, 9)
    }
    formats[style] = format
    return format
  }

  private func align(_ format: Format, _ side: lxw_format_alignments) {
    format_set_align(format, UInt8(side.rawValue))
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
  }

  private func bordered(_ format: Format) { format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue)) }

  /// A name that XLSX allows for a sheet: at most 31 characters, without some, and each once.
  private func name(for title: String) -> String {
    let allowed = String(title.visible.filter { !"[]:*?/\\'".contains($0) })
    var name = String(allowed.prefix(31))
    var number = 2
    while names.contains(name.lowercased()) || name.isEmpty {
      let suffix = " \(number)"
      name = String(allowed.prefix(31 - suffix.count)) + suffix
      number += 1
    }
    names.insert(name.lowercased())
    return name
  }
}

extension Sheet {
  /// One file of HTML with every page on paper of its own: A4, lying where the table is wide. Fonts are named, not carried.
  ///
  /// - Parameter title: of the whole, as the window shows it.
  public static func html(_ sheets: [Sheet], title: String) -> String {
    page(title: title, sheets.map(\.section).joined())
  }

  /// A document with this body.
  static func page(title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.escapedForHTML)</title>
    <style>
    \(style)</style>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }

  private static let style = """
    @page { size: A4 portrait; margin: 18mm 14mm; }
    @page wide { size: A4 landscape; margin: 14mm; }
    body { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", "Source Han Serif SC", serif; font-size: 10.5pt;
      color: #000; background: #fff; margin: 1.5rem auto; max-width: 72rem; padding: 0 1rem; }
    section { break-after: page; margin-bottom: 3rem; }
    section:last-child { break-after: auto; }
    section.wide { page: wide; }
    section.dense table { font-size: 8.5pt; line-height: 1.15; }
    section.dense th, section.dense td { padding: .02rem .3rem; }
    section.full table { font-size: 6.5pt; line-height: 1.1; }
    section.full th, section.full td { padding: 0 .25rem; }
    h1 { font-family: "Heiti SC", SimHei, "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; font-size: 16pt;
      font-weight: bold; text-align: center; margin: 0 0 .6rem; }
    .head { display: flex; justify-content: space-between; margin-bottom: .2rem; }
    table { border-collapse: collapse; width: 100%; margin-bottom: .4rem; }
    thead { display: table-header-group; }
    tr { break-inside: avoid; }
    th, td { border: .5pt solid #000; padding: .15rem .4rem; vertical-align: middle; }
    th { font-weight: normal; text-align: center; background: #f2f2f2; }
    td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td.line { text-align: center; }
    td.total { font-weight: bold; }
    article { line-height: 1.8; }
    article h2 { font-size: 12pt; margin: 1.2rem 0 .3rem; }
    article p { text-indent: 2em; margin: .2rem 0; }
    .notes p { margin: .1rem 0; font-size: 9pt; }
    @media print { body { margin: 0; max-width: none; padding: 0; } section { margin: 0; } }

    """

  /// More columns than stand on an upright page.
  private static let mostUpright = 8

  /// How close its lines stand, so that a form fills one page.
  private var density: String? {
    let lines = parts.reduce(0) { $0 + $1.headings.count + $1.rows.count } + notes.count
    guard isOnePage, lines > (isWide ? 22 : 36) else { return nil }
    return lines <= (isWide ? 40 : 62) ? "dense" : "full"
  }

  private var isWide: Bool { parts.contains { $0.columns.count > Sheet.mostUpright } }

  private var section: String {
    let classes = [isWide ? "wide" : nil, density].compactMap { $0 }.joined(separator: " ")
    let right = [number, money].compactMap { $0 }.joined(separator: "　")
    let lines = notes.map { "<p>\($0.escapedForHTML)</p>\n" }.joined()
    return """
      <section\(classes.isEmpty ? "" : " class=\"\(classes)\"")>
      <h1>\(title.escapedForHTML)</h1>
      <div class="head"><span>\(owner.escapedForHTML)</span><span>\(right.escapedForHTML)</span></div>
      \(parts.map(\.html).joined())<div class="notes">
      \(lines)</div>
      </section>

      """
  }
}

extension Sheet.Part {
  fileprivate var html: String {
    let head = headings.map { level in
      "<tr>"
        + level.filter { $0.content != .empty }.map { "<th\($0.spans)>\($0.content.shown.escapedForHTML)</th>" }
        .joined() + "</tr>\n"
    }
    let body = rows.map { row in
      "<tr>" + zip(columns, row).map(html).joined() + "</tr>\n"
    }
    return "<table>\n<thead>\n\(head.joined())</thead>\n<tbody>\n\(body.joined())</tbody>\n</table>\n"
  }

  private func html(_ column: Sheet.Column, _ cell: Sheet.Cell) -> String {
    let kind: String? =
      switch column.kind {
      case .figure: "figure"
      case .line: "line"
      case .label, .code, .text: nil
      }
    let classes = [kind, cell.isTotal ? "total" : nil].compactMap { $0 }.joined(separator: " ")
    let style = cell.indent > 0 ? " style=\"padding-left:\(cell.indent + 1)em\"" : ""
    var text = cell.content.shown.escapedForHTML
    if case .blank = cell.content { text = text.replacing("[", with: "<sup>[").replacing("]", with: "]</sup>") }
    return "<td\(classes.isEmpty ? "" : " class=\"\(classes)\"")\(style)>\(text)</td>"
  }
}

extension Sheet.Cell {
  fileprivate var spans: String {
    (columns > 1 ? " colspan=\"\(columns)\"" : "") + (rows > 1 ? " rowspan=\"\(rows)\"" : "")
  }
}

extension String {
  var escapedForHTML: String {
    visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

/// Rules proposed for a table, from its headings and the rows below them: a file for a person to go on with.
public struct RulesProposal {
  private static let mostRows = 1_000
  private static let mostValues = 20

  /// What is known of exports.
  private struct Known {
    /// Headings by field.
    let headings: [(field: Field, headings: [String])]
    /// What rows say that add up the rows since the last such row, and all rows.
    let group: Pattern
    let all: Pattern
  }

  private static let known: Known = {
    guard
      let reader = try? DefinitionReader.read(
        String(decoding: PackageResources.headings_toml, as: UTF8.self), file: "headings.toml"),
      let total = reader.table("total"), let group = Pattern(total.required("group")),
      let all = Pattern(total.required("all"))
    else { preconditionFailure("the headings of this library can be read") }
    let headings = Field.allCases.compactMap { field in reader.texts(field.rawValue).map { (field, $0) } }
    return Known(headings: headings, group: group, all: all)
  }()

  /// A column, with what stands under its heading.
  private struct Column {
    let heading: String
    /// Different texts, as they come.
    var texts: [String] = []
  }

  private let name: String
  private let headingRow: Int
  private let columns: [Column]
  /// Headings by the field that they are proposed for.
  private let found: [(field: Field, heading: String)]
  /// A row that adds up others: its column, and whether sums of parts stand between.
  private let total: (heading: String, hasGroups: Bool)?

  /// - Throws: `Problems`: `table.heading-missing` where no row has a heading that is known; what a table cannot be read
  ///   for.
  public init(_ source: JournalBytes) throws {
    let reader = try TableReader(source, TableForm())
    var rows: [TableRow] = []
    try reader.forEachRow { row in
      rows.append(row)
      return rows.count < RulesProposal.mostRows
    }
    let above = rows.prefix(TableReader.mostRowsAbove).map { row in
      (row, RulesProposal.fields(of: row.cells.map(\.trimmed)))
    }
    // Of rows that have as many, the first.
    guard let best = above.map(\.1.count).max(), best > 0, let (row, found) = above.first(where: { $0.1.count == best })
    else {
      throw Problems(
        Problem(.tableHeadingMissing, at: reader.place(row: nil, column: nil), expected: .expectedKnownHeadings))
    }
    name = source.name ?? ""
    headingRow = row.number
    self.found = found
    var columns = row.cells.map { Column(heading: $0.trimmed) }
    var totals: [String: Bool] = [:]
    for below in rows where below.number > row.number {
      guard let first = below.cells.firstIndex(where: { !$0.trimmed.isEmpty }), columns.indices.contains(first) else {
        continue
      }
      let start = below.cells[first].trimmed
      let isOfGroup = RulesProposal.known.group.matches(start)
      if isOfGroup || RulesProposal.known.all.matches(start) {
        totals[columns[first].heading] = isOfGroup || totals[columns[first].heading] ?? false
        continue
      }
      for (index, cell) in below.cells.enumerated() where columns.indices.contains(index) {
        let text = cell.trimmed
        if !text.isEmpty, columns[index].texts.count <= RulesProposal.mostValues, !columns[index].texts.contains(text) {
          columns[index].texts.append(text)
        }
      }
    }
    self.columns = columns
    total = totals.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Fields that cells name, each by the first of its headings that is there.
  private static func fields(of cells: [String]) -> [(field: Field, heading: String)] {
    known.headings.compactMap { field, headings in
      headings.lazy.compactMap { heading in cells.first { withoutUnit($0) == heading } }.first.map { (field, $0) }
    }
  }

  /// A heading without `（元）`.
  private static func withoutUnit(_ heading: String) -> String {
    guard let open = heading.lastIndex(where: { $0 == "(" || $0 == "（" }), heading.last == ")" || heading.last == "）"
    else {
      return heading
    }
    return String(heading[..<open]).trimmed
  }
}

extension RulesProposal {
  /// The rules as TOML.
  public func text(in language: Language) -> String {
    var lines = [
      "# " + Phrase.proposedRules(name, row: headingRow).text(in: language), "", "[file]", "heading = \(headingRow)",
    ]
    let large = DisplayUnit.tenThousand.rawValue
    if amount?.contains(large) ?? false { lines.append("amounts = \(quoted(large))") }
    if let id = found.first(where: { $0.field == .id }) {
      lines += ["", "[id]", "columns = [\(quoted(id.heading))]"]
    }
    lines += ["", "[fields]"]
    for (field, heading) in found where field != .id && field != .amount { lines.append(line(of: field, heading)) }
    for needed in [Field.date, .fund] where !found.contains(where: { $0.field == needed }) {
      lines.append("# \(needed.rawValue) = \(Phrase.proposalMissing.text(in: language))")
    }
    let unused = columns.map(\.heading).filter { heading in
      !heading.isEmpty && !found.contains { $0.heading == heading }
    }
    if !unused.isEmpty { lines.append("# " + Phrase.proposalUnused(unused).text(in: language)) }
    lines += events(in: language)
    if let total { lines += totals(total) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var amount: String? { found.first { $0.field == .amount }?.heading }

  private func line(of field: Field, _ heading: String) -> String {
    var parts = ["column = \(quoted(heading))"]
    let texts = columns.first { $0.heading == heading }?.texts ?? []
    let isCode = [Field.fund, .function, .economic, .government, .project, .unit].contains(field)
    if isCode, !texts.isEmpty, texts.allSatisfy({ $0.first?.isASCII ?? false && $0.first?.isNumber ?? false }) {
      // A code with its name behind it.
      if texts.contains(where: { !$0.allSatisfy(\.isNumber) }), field != .project { parts.append("pattern = '^\\d+'") }
    } else if field == .fund, !texts.isEmpty, texts.count <= RulesProposal.mostValues {
      let values = texts.map { "\(quoted($0)) = \(quoted(FundNames().code(named: $0) ?? "?"))" }
      parts.append("values = { \(values.joined(separator: ", ")) }")
    }
    return "\(field.rawValue) = { \(parts.joined(separator: ", ")) }"
  }

  private func events(in language: Language) -> [String] {
    guard let amount else {
      return ["", "[[event]]", "type = \"disbursement\"", "# amount = \(Phrase.proposalMissing.text(in: language))"]
    }
    let texts = columns.first { $0.heading == amount }?.texts ?? []
    let hasNegative = texts.contains { (try? Money(readingAnyForm: $0, in: .yuan)).map { $0 < .zero } ?? false }
    let refund = [
      "", "[[event]]", "type = \"refund\"", "when = { column = \(quoted(amount)), amount = \"negative\" }",
      "fields.amount = { column = \(quoted(amount)), sign = \"drop\" }",
    ]
    let payment = ["", "[[event]]", "type = \"disbursement\"", "fields.amount = { column = \(quoted(amount)) }"]
    return (hasNegative ? refund : []) + payment
  }

  private func totals(_ total: (heading: String, hasGroups: Bool)) -> [String] {
    func lines(_ pattern: Pattern, isOfAll: Bool) -> [String] {
      ["", "[[total]]", "column = \(quoted(total.heading))", "matches = '\(pattern.text)'"]
        + (isOfAll ? [] : ["of = \"group\""])
    }
    return (total.hasGroups ? lines(RulesProposal.known.group, isOfAll: false) : [])
      + lines(RulesProposal.known.all, isOfAll: true)
  }

  /// A text of TOML.
  private func quoted(_ text: String) -> String {
    var object = JSONObjectText()
    object.add("", text)
    return String(object.text.dropFirst(4).dropLast())
  }
}

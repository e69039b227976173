import Foundation
import Ledger
import Testing

/// The tables of random histories: against a slow model, against themselves, and against their events. A failure names
/// its seed.
@Suite struct StatementProperties {
  private static func statement(
    _ sources: [LedgerSource], _ name: StatementName = .finalAccounts, year: Int, units: [String] = []
  ) throws -> Statement {
    let horizon = Horizon(asOf: Day.lastDay(ofYear: year) ?? .last, knownAt: .everything)
    let query = StatementQuery(name: name, year: year, units: units.map(ExactText.init), place: nil, horizon: horizon)
    return try Statement(query, from: sources, .standard)
  }

  /// The same history with every code as deep as the classification goes.
  private static func deep(_ lines: [String]) -> [String] {
    let deeper = [
      "213": "2130501", "21305": "2130599", "208": "2080501", "20822": "2082201", "201": "2010101", "301": "30101",
      "302": "30201", "303": "30301", "310": "31002", "501": "50101", "502": "50201",
    ]
    return lines.map { line in
      line.replacing(/"(function|economic|government)"( *: *)"([0-9]+)"/) { match in
        "\"\(match.1)\"\(match.2)\"\(deeper[String(match.3)] ?? String(match.3))\""
      }
    }
  }

  /// Every cell that is printed is the slow model's, and every figure of the slow model is printed.
  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func cellsAgreeWithTheSlowModel(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 15_485_863)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 10...120, using: &random))
    let year = random.pick([2021, 2022])
    let units = random.pick([[], ["101001"], ["101002"]])
    let folder = try TemporaryFolder()
    let source = random.chance(percent: 30) ? .book(try folder.book(recording: lines)) : try folder.journal(lines)
    let statement = try StatementProperties.statement([source], year: year, units: units)
    let slow = SlowFigures(SlowModel(journal: lines), journal: lines, asOf: "\(year)-12-31", knownPosition: nil)
    let scope = units.isEmpty ? nil : units.reduce(into: Set<String>()) { $0.formUnion(slow.units(under: $1)) }
    let expected = SlowTables(slow, units: scope, year: year).cells
    var printed: Set<SlowCell> = []
    for table in statement.tables {
      for cell in table.cells {
        guard case .money(let amount) = cell.value, let key = StatementProperties.key(of: cell, in: table) else {
          continue
        }
        printed.insert(key)
        #expect(
          amount == Rational(fen: Fen(expected[key, default: 0])), "seed \(seed), \(year), \(units): \(cell.id)")
      }
    }
    for (key, fen) in expected where fen != 0 && StatementProperties.isPrinted(key) {
      #expect(printed.contains(key), "seed \(seed), \(year), \(units): \(key) of \(fen) is not printed")
    }
  }

  /// The slow model's name of a cell.
  private static func key(of cell: StatementTable.Cell, in table: StatementTable) -> SlowCell? {
    let parts = cell.id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch table.name {
    case "收入支出决算总表", "财政拨款收入支出决算总表":
      let row = cell.row == "使用非财政拨款结余" ? "使用非财政拨款结余（含专用结余）" : cell.row
      return SlowCell(
        table: table.name, side: parts[1], row: row.replacing(/^年初(.+预算财政拨款)$/) { "年初财政拨款结转和结余/\($0.1)" },
        column: cell.column)
    case "“三公”经费支出决算表":
      guard parts[1] == "决算数" else { return nil }
      return SlowCell(table: table.name, side: parts[1], row: "", column: cell.column)
    case "一般公共预算财政拨款支出决算表":
      return SlowCell(table: table.name, side: "", row: cell.row, column: cell.column == "合计" ? "小计" : cell.column)
    case "一般公共预算财政拨款基本支出决算表":
      // 人员 and 公用 without an economic code stand apart here.
      if cell.row == "未列经济科目" { return nil }
      return SlowCell(table: table.name, side: "", row: cell.row, column: cell.column)
    case "国有资本经营预算财政拨款支出决算表":
      return SlowCell(table: "国有资本经营预算财政拨款收入支出决算表", side: "", row: cell.row, column: cell.column)
    default: return SlowCell(table: table.name, side: "", row: cell.row, column: cell.column)
    }
  }

  /// What the national layout does not print: the columns of 国有资本 beside spending.
  private static func isPrinted(_ key: SlowCell) -> Bool {
    if key.table == "一般公共预算财政拨款基本支出决算表", key.row == "未分类" { return false }
    return key.table != "国有资本经营预算财政拨款收入支出决算表" || ["合计", "基本支出", "项目支出"].contains(key.column)
  }

  /// In every table by codes a class is the sum of what stands below it, and the total that of all classes.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func parentsAreTheSumsOfTheirChildren(seed: UInt64) throws {
    let source = try TemporaryFolder().journal(StatementProperties.deep(RandomHistory.journal(seed: seed, events: 100)))
    for name in [StatementName.finalAccounts, .budget] {
      let statement = try StatementProperties.statement([source], name, year: 2021)
      for table in statement.tables {
        for block in table.blocks where block.rows.contains(where: { $0.code.flatMap { Int($0) } != nil }) {
          StatementProperties.expectSums(in: block, "seed \(seed), \(table.name)")
        }
      }
    }
  }

  private static func expectSums(in block: StatementTable.Block, _ place: Comment) {
    for (column, definition) in block.columns.enumerated() where definition.kind == .money {
      func amount(_ row: StatementTable.Row) -> Rational {
        if case .money(let amount)? = row.cells[column]?.value { return amount }
        return .zero
      }
      let codes = block.rows.filter { $0.code != nil }
      for row in codes {
        let code = row.code ?? ""
        let below = codes.filter { $0.code?.count == code.count + 2 && $0.code?.hasPrefix(code) ?? false }
        if below.isEmpty { continue }
        #expect(amount(row) == below.map(amount).reduce(.zero, +), "\(place), \(code), \(definition.id)")
      }
      guard let total = block.rows.first(where: { $0.id == "合计" && $0.isTotal }) else { continue }
      let tops = block.rows.filter { $0.code?.count == 3 || $0.code == nil && !$0.isTotal }
      #expect(amount(total) == tops.map(amount).reduce(.zero, +), "\(place), 合计, \(definition.id)")
    }
  }

  /// Identities that no history can break, however badly it is classified.
  private static let unbreakable = ["E2", "E7", "X1", "X2", "X3", "X4", "X7", "X8", "X11", "X12", "X14"]

  private static func broken(_ report: CheckReport, _ isMeant: (CheckResult) -> Bool) -> [String] {
    report.results.filter { $0.subject == .identity && $0.verdict != .ties && isMeant($0) }.map {
      "\($0.id) \($0.unit) \($0.year): \($0.left ?? "-") \($0.right ?? "-")"
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func tablesAgreeWithOneAnother(seed: UInt64) throws {
    let source = try TemporaryFolder().journal(StatementProperties.deep(RandomHistory.journal(seed: seed, events: 100)))
    let report = try CheckReport([source], .everything)
    let broken = StatementProperties.broken(report) { result in
      // 基本支出 and 项目支出 of a row leave out what has another nature or none.
      !result.id.hasPrefix("X4.row")
        && StatementProperties.unbreakable.contains {
          result.id == $0 || result.id.hasPrefix("\($0).") || result.id.hasPrefix("\($0)/")
        }
    }
    #expect(broken == [], "seed \(seed)")
    #expect(report.results.contains { $0.id == "X1" && $0.verdict == .ties })
  }

  /// In a history where every line says its function, its economic class and its nature, every equation holds to the fen:
  /// all of E, X and I but those against the year before.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func everyEquationHoldsWhereAllIsClassified(seed: UInt64) throws {
    let lines = try RandomHistory.journal(seed: seed, events: 100).map(StatementProperties.classified)
    let report = try CheckReport([TemporaryFolder().journal(lines)], .everything)
    let equations = Set(Definitions.standard.identities.filter { $0.relation == .equal && !$0.needsPrior }.map(\.id))
    let broken = StatementProperties.broken(report) { result in
      equations.contains(String(result.id.split(separator: "/")[0]))
    }
    #expect(broken == [], "seed \(seed)")
    #expect(report.results.count { equations.contains($0.id) } >= 40, "seed \(seed)")
  }

  /// The same event with every line of it classified down to the last code, and no fund on the payment basis, where money
  /// carried in has nowhere to go.
  private static func classified(_ line: String) throws -> String {
    guard var event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { return line }
    event["basis"] = nil
    let isMoney = event["lines"] != nil || event["amount"] != nil && event["type"] as? String != "release"
    guard isMoney, event["category"] == nil else {
      return String(decoding: try JSONSerialization.data(withJSONObject: event, options: .sortedKeys), as: UTF8.self)
    }
    func complete(_ entry: [String: Any]) -> [String: Any] {
      var entry = entry
      if entry["category"] != nil { return entry }
      let nature = entry["nature"] as? String ?? ""
      let isBasic = ["personnel", "public", "basic"].contains(nature)
      entry["nature"] = isBasic ? (nature == "public" ? "public" : "personnel") : "project"
      entry["economic"] = isBasic ? (nature == "public" ? "30201" : "30101") : "30217"
      if let government = entry["government"] as? String, government.count == 3 {
        entry["government"] = "\(government)01"
      }
      let function = entry["function"] as? String ?? ""
      entry["function"] = ["2130502": "2130502", "2082201": "2082201", "208": "2080501"][function] ?? "2130501"
      return entry
    }
    if let lines = event["lines"] as? [[String: Any]] {
      // What stands at the top is a default of every line.
      let fields = [
        "fund", "function", "economic", "government", "project", "nature", "procurement", "from", "category",
      ]
      let top = event.filter { fields.contains($0.key) }
      for field in fields { event[field] = nil }
      event["lines"] = lines.map { complete(top.merging($0) { _, own in own }) }
    } else {
      event = complete(event)
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: event, options: .sortedKeys), as: UTF8.self)
  }

  /// What stands behind a cell adds up to it, event by event.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func explanationsSumToTheirCells(seed: UInt64) throws {
    let source = try TemporaryFolder().journal(RandomHistory.journal(seed: seed, events: 45))
    let horizon = Horizon(asOf: Day.lastDay(ofYear: 2021) ?? .last, knownAt: .everything)
    for name in StatementName.allCases {
      for cell in try StatementProperties.statement([source], name, year: 2021).tables.flatMap(\.cells) {
        guard let formula = cell.formula, !cell.value.isNothing else { continue }
        let subject = Explanation.Subject(id: cell.id, formula: formula, units: [], year: 2021, form: .yuan)
        let explanation = try Explanation(of: subject, from: [source], at: horizon)
        #expect(explanation.value == cell.value.figure, "seed \(seed), \(cell.id)")
        for part in explanation.parts where part.entries.allSatisfy({ $0.amount != nil }) {
          let sum = part.entries.reduce(Rational.zero) { $0 + ($1.amount ?? .zero) }
          #expect(sum == part.value, "seed \(seed), \(cell.id), \(part.title)")
          if explanation.parts.count == 1, case .money(let amount) = cell.value {
            #expect(sum == amount, "seed \(seed), \(cell.id)")
          }
        }
      }
    }
  }
}

extension StatementTable.Value {
  /// The number it is.
  fileprivate var figure: Rational? {
    switch self {
    case .money(let amount): amount
    case .percent(let value), .number(let value): value
    case .text, .blank: nil
    }
  }

  /// Texts, and cells that have no event behind them, which are most.
  fileprivate var isNothing: Bool { figure?.isZero ?? true }
}

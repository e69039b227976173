/// Where an amount stands in the public final accounts.
struct SlowCell: Hashable {
  let table: String
  /// 收入 or 支出 in tables with two sides, 决算数 in the table of 三公, else empty.
  let side: String
  /// The code, or the label without its numbering; empty in the table of 三公, which has one row.
  let row: String
  /// The last heading.
  let column: String
}

/// The public final accounts of a year from 2021 on, in the national form, by plain sums over budget lines.
///
/// A code has a row in each table if any line of the year has it or a code below it, whatever the table is about, so
/// many cells are zero. A cell that is not here is zero too.
struct SlowTables {
  private typealias Row = SlowFigures.Row

  /// What one row of a grid is about.
  private struct Heading {
    let name: String
    let holds: (Row) -> Bool
  }

  private struct Column {
    let heading: String
    let measure: String
    let holds: (Row) -> Bool
  }

  private let lines: [Row]

  /// - Parameter units: exactly these (nil: all).
  init(_ figures: SlowFigures, units: Set<String>?, year: Int) {
    lines = figures.rows(units: units, year: year)
  }

  /// Every cell in fen.
  var cells: [SlowCell: Int] {
    let tables = [
      incomeOfTotals, spendingOfTotals, income, spending, treasuryIncome, treasurySpending, generalSpending,
      generalBasicSpending, officialSpending,
      fundTable("政府性基金预算财政拨款收入支出决算表", fund: "12"),
      fundTable("国有资本经营预算财政拨款收入支出决算表", fund: "13"),
    ]
    return tables.reduce(into: [:]) { cells, table in
      cells.merge(table) { _, _ in preconditionFailure("a cell of two tables") }
    }
  }

  private func sum(_ measure: String, where holds: (Row) -> Bool = { _ in true }) -> Int {
    var total = 0
    for line in lines where holds(line) { total += line.measures[measure, default: 0] }
    return total
  }

  private func sum(_ measure: String, fund prefixes: [String]) -> Int {
    sum(measure) { $0.has("fund", in: prefixes) }
  }

  private func grid(_ table: String, rows: [Heading], columns: [Column]) -> [SlowCell: Int] {
    var cells: [SlowCell: Int] = [:]
    for row in rows {
      for column in columns {
        let cell = SlowCell(table: table, side: "", row: row.name, column: column.heading)
        cells[cell] = sum(column.measure) { row.holds($0) && column.holds($0) }
      }
    }
    return cells
  }
}

// MARK: - 01 收入支出决算总表

extension SlowTables {
  private static let totals = "收入支出决算总表"

  private var incomeOfTotals: [SlowCell: Int] {
    let total = sum("income") + sum("surplusUsed") + sum("carriedIn")
    let rows = [
      ("一般公共预算财政拨款收入", sum("income", fund: ["11"])), ("政府性基金预算财政拨款收入", sum("income", fund: ["12"])),
      ("国有资本经营预算财政拨款收入", sum("income", fund: ["13"])), ("上级补助收入", sum("income", fund: ["32"])),
      ("事业收入", sum("income", fund: ["2", "31"])), ("经营收入", sum("income", fund: ["34"])),
      ("附属单位上缴收入", sum("income", fund: ["33"])), ("其他收入", sum("income", fund: ["39"])),
      ("本年收入合计", sum("income")), ("使用非财政拨款结余（含专用结余）", sum("surplusUsed")),
      ("年初结转和结余", sum("carriedIn")), ("总计", total),
    ]
    return Self.cells(Self.totals, side: "收入", column: "决算数", rows)
  }

  private var spendingOfTotals: [SlowCell: Int] {
    let classes = Self.classes.map { code, name in (name, sum("disbursed") { $0.has("function", in: [code]) }) }
    let totals = [
      ("本年支出合计", sum("disbursed")), ("结余分配", sum("allocated")), ("年末结转和结余", sum("balance")),
      ("总计", sum("disbursed") + sum("allocated") + sum("balance")),
    ]
    return Self.cells(Self.totals, side: "支出", column: "决算数", classes + totals)
  }

  private static func cells(
    _ table: String, side: String, column: String, _ rows: [(label: String, fen: Int)]
  ) -> [SlowCell: Int] {
    let cells = rows.map { (SlowCell(table: table, side: side, row: $0.label, column: column), $0.fen) }
    return Dictionary(uniqueKeysWithValues: cells)
  }

  /// The classes of 支出功能分类 that have a row, as they are called from 2021 on.
  private static let classes = [
    ("201", "一般公共服务支出"), ("202", "外交支出"), ("203", "国防支出"), ("204", "公共安全支出"), ("205", "教育支出"),
    ("206", "科学技术支出"), ("207", "文化旅游体育与传媒支出"), ("208", "社会保障和就业支出"), ("210", "卫生健康支出"),
    ("211", "节能环保支出"), ("212", "城乡社区支出"), ("213", "农林水支出"), ("214", "交通运输支出"),
    ("215", "资源勘探工业信息等支出"), ("216", "商业服务业等支出"), ("217", "金融支出"), ("219", "援助其他地区支出"),
    ("220", "自然资源海洋气象等支出"), ("221", "住房保障支出"), ("222", "粮油物资储备支出"), ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理支出"), ("229", "其他支出"), ("231", "债务还本支出"), ("232", "债务付息支出"),
    ("234", "抗疫特别国债安排的支出"),
  ]
}

// MARK: - 04 财政拨款收入支出决算总表

extension SlowTables {
  private static let treasury = "财政拨款收入支出决算总表"
  private static let budgets = [
    ("一般公共预算财政拨款", ["11"]), ("政府性基金预算财政拨款", ["12"]), ("国有资本经营预算财政拨款", ["13"]),
  ]
  private static let treasuryFunds = ["11", "12", "13"]

  /// The opening of each budget has the row `年初财政拨款结转和结余/` and the budget, since its label is that of the income.
  private var treasuryIncome: [SlowCell: Int] {
    let opening = "年初财政拨款结转和结余"
    let incomes = Self.budgets.map { name, funds in (name, sum("income", fund: funds)) }
    let openings = Self.budgets.map { name, funds in ("\(opening)/\(name)", sum("carriedIn", fund: funds)) }
    let (income, carried) = (sum("income", fund: Self.treasuryFunds), sum("carriedIn", fund: Self.treasuryFunds))
    let totals = [("本年收入合计", income), (opening, carried), ("总计", income + carried)]
    return Self.cells(Self.treasury, side: "收入", column: "决算数", incomes + openings + totals)
  }

  private var treasurySpending: [SlowCell: Int] {
    let columns = [("合计", Self.treasuryFunds)] + Self.budgets
    return columns.reduce(into: [:]) { cells, column in
      let (heading, funds) = column
      let classes = Self.classes.map { code, name in
        (name, sum("disbursed") { $0.has("function", in: [code]) && $0.has("fund", in: funds) })
      }
      let (spent, left) = (sum("disbursed", fund: funds), sum("balance", fund: funds))
      let totals = [("本年支出合计", spent), ("年末财政拨款结转和结余", left), ("总计", spent + left)]
      cells.merge(Self.cells(Self.treasury, side: "支出", column: heading, classes + totals)) { one, _ in one }
    }
  }
}

// MARK: - Rows by function: 02, 03, 05, 08 and 09

extension SlowTables {
  private var income: [SlowCell: Int] {
    let funds = [
      ("财政拨款收入", Self.treasuryFunds), ("上级补助收入", ["32"]), ("事业收入", ["2", "31"]), ("经营收入", ["34"]),
      ("附属单位上缴收入", ["33"]), ("其他收入", ["39"]),
    ]
    let columns = funds.map { heading, prefixes in
      Column(heading: heading, measure: "income") { $0.has("fund", in: prefixes) }
    }
    let all = Column(heading: "本年收入合计", measure: "income") { _ in true }
    return grid("收入决算表", rows: functions, columns: [all] + columns)
  }

  private var spending: [SlowCell: Int] {
    let natures = [
      ("基本支出", "basic"), ("项目支出", "project"), ("上缴上级支出", "remit"), ("经营支出", "business"),
      ("对附属单位补助支出", "subsidy"),
    ]
    let columns = natures.map { heading, nature in
      Column(heading: heading, measure: "disbursed") { $0.hasNature(in: [nature]) }
    }
    let all = Column(heading: "本年支出合计", measure: "disbursed") { _ in true }
    return grid("支出决算表", rows: functions, columns: [all] + columns)
  }

  private var generalSpending: [SlowCell: Int] {
    grid("一般公共预算财政拨款支出决算表", rows: functions, columns: Self.spending(fund: "11", total: "小计"))
  }

  private func fundTable(_ table: String, fund: String) -> [SlowCell: Int] {
    let others = [("年初结转和结余", "carriedIn"), ("本年收入", "income"), ("年末结转和结余", "balance")]
    let columns = others.map { heading, measure in
      Column(heading: heading, measure: measure) { $0.has("fund", in: [fund]) }
    }
    return grid(table, rows: functions, columns: columns + Self.spending(fund: fund, total: "合计"))
  }

  private static func spending(fund: String, total: String) -> [Column] {
    [
      Column(heading: total, measure: "disbursed") { $0.has("fund", in: [fund]) },
      Column(heading: "基本支出", measure: "disbursed") { $0.has("fund", in: [fund]) && $0.hasNature(in: ["basic"]) },
      Column(heading: "项目支出", measure: "disbursed") { $0.has("fund", in: [fund]) && $0.hasNature(in: ["project"]) },
    ]
  }

  private var functions: [Heading] {
    [Heading(name: "合计") { _ in true }] + codes("function", lengths: [3, 5, 7])
  }

  /// A row for each code of the year's lines and each code above it, and 未分类 for lines that have none.
  private func codes(_ field: String, lengths: [Int]) -> [Heading] {
    var codes: Set<String> = []
    for line in lines {
      guard let code = line.fields[field] else { continue }
      for length in lengths where length <= code.count { codes.insert(String(code.prefix(length))) }
    }
    let unclassified = Heading(name: "未分类") { $0.fields[field] == nil }
    return codes.sorted().map { code in Heading(name: code) { $0.has(field, in: [code]) } } + [unclassified]
  }
}

// MARK: - By economic code: 06 and 三公

extension SlowTables {
  private var generalBasicSpending: [SlowCell: Int] {
    let column = Column(heading: "决算数", measure: "disbursed") {
      $0.has("fund", in: ["11"]) && $0.hasNature(in: ["basic"])
    }
    let totals = [
      Heading(name: "人员经费合计") { $0.hasNature(in: ["personnel"]) },
      Heading(name: "公用经费合计") { $0.hasNature(in: ["public"]) },
    ]
    let rows = codes("economic", lengths: [3, 5]) + totals
    return grid("一般公共预算财政拨款基本支出决算表", rows: rows, columns: [column])
  }

  private var officialSpending: [SlowCell: Int] {
    let columns = [
      ("合计", ["30212", "30217", "30231", "30913", "31013"]), ("因公出国（境）费", ["30212"]),
      ("小计", ["30231", "30913", "31013"]), ("公务用车购置费", ["30913", "31013"]),
      ("公务用车运行维护费", ["30231"]), ("公务接待费", ["30217"]),
    ]
    return columns.reduce(into: [:]) { cells, column in
      let cell = SlowCell(table: "“三公”经费支出决算表", side: "决算数", row: "", column: column.0)
      cells[cell] = sum("disbursed") { $0.has("fund", in: ["11"]) && $0.has("economic", in: column.1) }
    }
  }
}

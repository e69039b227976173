/// The budgets of all units for one year.
struct YearBudget {
  let year: Int
  let calendar: WorkingYear
  private(set) var lines: [BudgetedLine] = []
  var controlled: [ControlledMoney] = []
  /// Lines of each unit, in `lines`.
  private(set) var ranges: [Range<Int>] = []
  /// `","unit":"…","year":2021}` and the end of the line, by unit.
  private(set) var endings: [TextPool.Text] = []

  private let pool: TextPool

  init(year: Int, pool: TextPool) {
    self.year = year
    self.pool = pool
    calendar = WorkingYear(year, pool)
  }

  /// Gives the next unit its budget.
  ///
  /// - Parameters:
  ///   - codes: its lines; those of one fund, function and project stand together.
  ///   - payments: how many payments it will make in the year, about.
  mutating func add(_ unit: CountyUnit, _ codes: [LineCodes], payments: Double, _ random: inout SeededRandom) {
    let first = lines.count
    let weights = codes.map { Double($0.kind.weight) * (0.5 + random.fraction()) }
    let total = weights.reduce(0, +)
    var sum = 0.0
    for (index, code) in codes.enumerated() {
      sum += weights[index]
      if index == 0 || !code.isControlled(with: codes[index - 1]) {
        controlled.append(ControlledMoney(left: 0, paid: 0))
      }
      let usual = code.kind.usualAmount * (0.4 + 1.2 * random.fraction())
      // From 78 to 96 of 100 will be spent; a line that is hardly used has a few payments' worth all the same.
      let wanted = usual * max(payments * weights[index] / total, 5) / (0.78 + 0.18 * random.fraction())
      let approved = (Int(wanted) / 1_000_00 + 1) * 1_000_00
      controlled[controlled.count - 1].left += approved
      lines.append(line(code, unit: ranges.count, reached: sum / total, usual: usual, approved: approved))
    }
    ranges.append(first..<lines.count)
    endings.append(pool.add("\",\"unit\":\"\(unit.code)\",\"year\":\(year)}\n"))
  }

  private func line(_ code: LineCodes, unit: Int, reached: Double, usual: Double, approved: Int) -> BudgetedLine {
    let project = code.project.map { ",\"project\":\"\($0)\"" } ?? ""
    let procurement = code.procurement.map { ",\"procurement\":\"\($0)\"" } ?? ""
    return BudgetedLine(
      kind: code.kind,
      codes: pool.add("\"economic\":\"\(code.economic)\",\"function\":\"\(code.function)\",\"fund\":\"\(code.fund)\""),
      purpose: pool.add(procurement + project), project: pool.add(project), control: controlled.count - 1,
      reached: reached, usualAmount: usual, approved: approved, mayRise: code.mayRise, unit: unit)
  }

  /// A line of a unit, by how often each is paid from.
  func line(of unit: Int, at fraction: Double) -> Int {
    let range = ranges[unit]
    return range.first { lines[$0].reached > fraction } ?? range.upperBound - 1
  }
}

extension LineCodes {
  fileprivate func isControlled(with other: LineCodes) -> Bool {
    fund == other.fund && function == other.function && project == other.project
  }
}

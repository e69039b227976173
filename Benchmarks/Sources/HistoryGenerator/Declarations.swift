/// Writes what a year begins with: units, projects and approved budgets.
struct Declarations {
  let writer: EventWriter

  func declare(_ unit: CountyUnit, year: Int) {
    entity(code: unit.code, name: unit.name, kind: unit.trade.kind, parent: County.code, year: year)
  }

  func declareCounty(year: Int) {
    entity(code: County.code, name: County.name, kind: "administrative", parent: nil, year: year)
  }

  private func entity(code: String, name: String, kind: StaticString, parent: String?, year: Int) {
    writer.start()
    writer.put("\"date\":\"\(year)-01-01\",\"id\":\"")
    writer.id(writer.count, year: year)
    writer.put("\",\"kind\":\"")
    writer.put(kind)
    writer.put("\",\"name\":\"\(name)\"")
    if let parent { writer.put(",\"parent\":\"\(parent)\"") }
    writer.put(",\"type\":\"unit\",\"unit\":\"\(code)\"}\n")
  }

  func declare(_ project: UnitProject, year: Int) {
    writer.start()
    writer.put("\"date\":\"\(year)-01-01\",\"id\":\"")
    writer.id(writer.count, year: year)
    if project.isKey { writer.put("\",\"key\":true,\"name\":\"") } else { writer.put("\",\"name\":\"") }
    writer.put(project.name)
    writer.put("\",\"nature\":\"targeted\",\"project\":\"\(project.code)\",\"type\":\"project\"}\n")
  }

  /// Approves a unit's budget: its basic expenditure in one event, every other line in one of its own.
  func approve(_ budget: YearBudget, unit: Int) {
    let lines = budget.ranges[unit].map { budget.lines[$0] }
    let basic = lines.filter { $0.kind == .personnel || $0.kind == .public }
    approve(budget, unit: unit) {
      writer.put("\"lines\":[")
      for (index, line) in basic.enumerated() {
        writer.put(index == 0 ? "{" : ",{")
        writer.amount(line.approved)
        writer.put("\",")
        writer.put(line.codes)
        writer.put("}")
      }
      writer.put("]")
    }
    for line in lines where line.kind == .project || line.kind == .other { approve(budget, line) }
  }

  private func approve(_ budget: YearBudget, unit: Int, lines: () -> Void) {
    writer.start()
    writer.date(budget.calendar.days[0].text)
    writer.document("示财预")
    writer.put("\",\"id\":\"")
    writer.id(writer.count, year: budget.year)
    writer.put("\",")
    lines()
    writer.put(",\"memo\":\"年初预算批复\",\"type\":\"appropriation")
    writer.put(budget.endings[unit])
  }

  private func approve(_ budget: YearBudget, _ line: BudgetedLine) {
    writer.start()
    writer.amount(line.approved)
    writer.put("\",")
    writer.date(budget.calendar.days[0].text)
    writer.document("示财预")
    writer.put("\",")
    writer.put(line.codes)
    writer.put(",\"id\":\"")
    writer.id(writer.count, year: budget.year)
    writer.put("\",\"memo\":\"年初预算批复\"")
    writer.put(line.project)
    writer.put(",\"type\":\"appropriation")
    writer.put(budget.endings[line.unit])
  }
}

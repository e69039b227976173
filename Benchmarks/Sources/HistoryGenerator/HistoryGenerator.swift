import Foundation

/// Makes a county's journal: seeded, of any length, and such that control accepts every event.
public enum HistoryGenerator {
  /// - Throws: where the file cannot be written.
  public static func write(_ options: HistoryOptions, to file: FileHandle) throws {
    let pool = TextPool()
    let output = JournalOutput(file: file, pool: pool)
    let writer = EventWriter(options, output: output, pool: pool)
    let vocabulary = Vocabulary(pool)
    var random = SeededRandom(seed: options.seed)
    let units = County.units(options.units)
    var projects = Array(repeating: UnitProjects(), count: units.count)
    let firstYear = HistoryOptions.lastYear - options.years + 1
    let declarations = Declarations(writer: writer)
    declarations.declareCounty(year: firstYear)
    for unit in units { declarations.declare(unit, year: firstYear) }
    let mark = pool.count
    for index in 0..<options.years {
      pool.removeAll(after: mark)
      let year = firstYear + index
      let end = options.events / options.years * (index + 1)
      let last = index == options.years - 1 ? options.events : end
      let payments = Double(last - writer.count)
      var budget = YearBudget(year: year, pool: pool)
      for (number, unit) in units.enumerated() {
        for project in projects[number].startYear(year, unit, &random) { declarations.declare(project, year: year) }
        let codes = UnitLines.codes(of: unit, projects[number].running, &random)
        let share = YearOfMoney.share(of: number, among: units.count)
        budget.add(unit, codes, payments: payments * share, &random)
      }
      for number in units.indices { declarations.approve(budget, unit: number) }
      var money = YearOfMoney(
        budget, writer, vocabulary, contractShare: options.contractShare,
        random: SeededRandom(seed: random.next()))
      money.write(events: last - writer.count)
    }
    try output.finish()
  }
}

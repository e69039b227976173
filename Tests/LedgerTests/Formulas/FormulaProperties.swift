import Foundation
import Ledger
import Testing

/// Random formulas over random histories against the slow model of the language. A failure names its seed.
@Suite struct FormulaProperties {
  private static let names = ["满意度", "培训人次"]

  private static let choices = RandomFormula.Choices(
    funds: ["1", "11", "111", "12", "13", "2", "3", "31"], functions: ["2", "213", "21305", "2130501", "208", "20822"],
    economics: ["3", "301", "30101", "302", "30217", "310"], governments: ["5", "501", "50201"],
    projects: ["KQ", "TJPX", "扶贫-01"], units: ["101001", "101002"], years: [2020, 2021, 2022], indicators: names,
    printed: ["a", "b.2", "c d"])

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func valuesAgreeWithTheSlowModel(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 104_729)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 20...90, using: &random))
    let asOf = random.chance(percent: 50) ? "2999-12-31" : "2021-0\(Int.random(in: 1...9, using: &random))-15"
    let ledger = try LedgerFigures(
      [TemporaryFolder().journal(lines)], at: Horizon(asOf: try Day(reading: asOf), knownAt: .everything))
    let slow = SlowFigures(SlowModel(journal: lines), journal: lines, asOf: asOf, knownPosition: nil)
    for round in 0..<30 {
      let text = RandomFormula.text(
        from: FormulaProperties.choices, depth: Int.random(in: 0...4, using: &random), using: &random)
      let units: Set<String>? = random.pick([nil, ["101001"], ["101001", "101002"]])
      let year = random.pick([2020, 2021, 2022])
      let formula = try #require(try? Formula(reading: text), "seed \(seed): \(text)")
      let model = try #require(SlowFormula(text), "seed \(seed): \(text)")
      let scope = FigureTable.Scope(units: units.map { Set($0.map(ExactText.init)) }, year: year)
      let value = formula.value { leaf in
        switch leaf {
        case .term(let term): ledger.table.value(of: term, in: scope)
        // Any value will do, as long as both see the same one.
        case .indicator(let term): Rational(term.name.count)
        case .printed(let id): Rational(id.count)
        }
      }
      let expected = model.value(
        SlowFormula.Question(
          figures: slow, units: units, year: year, indicator: { SlowRational($0.name.count) },
          printed: { SlowRational($0.count) }))
      #expect(
        value?.text(decimals: 12) == expected.map(FormulaProperties.text),
        "seed \(seed), round \(round), units \(units ?? []), \(year): \(text)")
    }
  }

  private static func text(_ value: SlowRational) -> String {
    (Rational(value.numerator, over: value.denominator) ?? .zero).text(decimals: 12)
  }
}

import Ledger

/// An answer that is not what the full fold gives.
struct WrongAnswer: Error, CustomStringConvertible {
  let horizon: Horizon
  let what: String

  var description: String { "wrong answer at \(horizon.asOf), \(horizon.knownAt): \(what)" }
}

/// Compares a report with sums that come from the events alone.
enum AnswerCheck {
  /// Measures that are sums of what events say.
  private static let measures: [(Measure, SummedMeasure)] = [
    (.appropriated, .appropriated), (.adjusted, .adjusted), (.planned, .planned), (.received, .received),
    (.committed, .committed), (.disbursed, .disbursed), (.lapsed, .lapsed),
  ]

  /// - Throws: `WrongAnswer`.
  static func compare(_ report: MeasureReport, _ sums: [String?: Sums]) throws {
    guard report.rows.count == sums.count else {
      throw WrongAnswer(horizon: report.horizon, what: "\(report.rows.count) rows, not \(sums.count)")
    }
    for row in report.rows {
      let project = row.key[0]
      guard let expected = sums[project] else {
        throw WrongAnswer(horizon: report.horizon, what: "project \(project ?? "none")")
      }
      for (shown, summed) in measures where row.figures[shown] != Fen(expected[summed]) {
        throw WrongAnswer(horizon: report.horizon, what: "\(shown) of project \(project ?? "none")")
      }
    }
  }
}

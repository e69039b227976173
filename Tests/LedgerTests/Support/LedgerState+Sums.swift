import Testing

@testable import Ledger

/// States held against each other, sum by sum.
extension LedgerState {
  struct Place: Hashable {
    let line: BudgetLine
    let month: String?
  }

  var sums: [Place: [Int64]] {
    Dictionary(
      uniqueKeysWithValues: lines.map { entry in
        (Place(line: entry.line, month: entry.month), SummedMeasure.allCases.map { entry.sums[$0] })
      })
  }

  /// Expects every sum and the position of another state.
  func expectSame(as other: LedgerState, _ note: Comment, at location: Testing.SourceLocation = #_sourceLocation) {
    #expect(sums == other.sums, note, sourceLocation: location)
    #expect(position == other.position, note, sourceLocation: location)
  }
}

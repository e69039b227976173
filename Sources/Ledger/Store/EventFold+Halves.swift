import Dispatch
import Synchronization

/// A fold of many events with two cores: sums add, so the later half can be folded by itself at the same time.
extension EventFold {
  typealias Folded = (totals: MonthlySums.Totals, position: Int)

  private final class Later: Sendable {
    let found = Mutex<Folded?>(nil)
  }

  /// Folds the later half on a connection of its own. What it reads was committed before and does not change.
  ///
  /// - Returns: `nil` where anything is wrong with the events or the other connection: who folds them one after the
  ///   other then tells what, and at which event.
  static func halves(
    of positions: ClosedRange<Int>, _ reader: BookReader, path: String, asOf: Day, byMonth: Bool,
    onto totals: MonthlySums.Totals
  ) -> Folded? {
    let later = Later()
    let (middle, end) = (positions.lowerBound + positions.count / 2, positions.upperBound)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      let found: Folded? = try? Book.open(at: path, for: .read).read { reader in
        var fold = EventFold(reader, asOf: asOf, byMonth: byMonth)
        try fold.run(middle...end)
        return (fold.totals, fold.position)
      }
      later.found.withLock { $0 = found }
    }
    var fold = EventFold(reader, asOf: asOf, byMonth: byMonth, totals: totals)
    let isFolded = (try? fold.run(positions.lowerBound...middle - 1)) != nil
    group.wait()
    guard isFolded, let later = later.found.withLock({ $0 }),
      let both = try? EventFold.merged(fold.totals, later.totals)
    else { return nil }
    return (both, max(fold.position, later.position))
  }

  /// - Throws: `Overflow`.
  private static func merged(
    _ first: MonthlySums.Totals, _ second: MonthlySums.Totals
  ) throws -> MonthlySums.Totals {
    var both = first
    for (month, sums) in second {
      if both[month] == nil { both[month] = sums } else { try both[month]?.add(sums) }
    }
    return both
  }
}

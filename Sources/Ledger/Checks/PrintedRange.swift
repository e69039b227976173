/// A leaf of a formula as a document prints it: the number, and how far the exact value may lie from it.
struct PrintedFigure {
  let value: Rational
  /// Half a printed step, or the sum of several; zero for what is exact.
  let tolerance: Rational

  init(value: Rational, tolerance: Rational) {
    self.value = value
    self.tolerance = tolerance
  }

  init(_ printed: PrintedValue) {
    self.init(value: printed.value, tolerance: printed.step * Rational(1, over: 2))
  }

  init(exact value: Rational) { self.init(value: value, tolerance: .zero) }
}

/// Between which values a formula over printed numbers can lie, when each stands for an interval of one step around it.
enum PrintedRange {
  /// Whether a formula over printed figures can be zero: whether the intervals on both sides of an equation still meet.
  ///
  /// For a total of n parts in steps of s that is a difference of less than (n+1)·s/2. Each figure is put to that end of
  /// its interval which moves the value up, then down: exact for formulas that move one way in each figure, as sums,
  /// differences and rates do.
  static func reachesZero(_ formula: Formula, _ figures: [Leaf: PrintedFigure]) -> Bool {
    guard let bounds = bounds(of: formula, figures) else { return false }
    return bounds.low < .zero && .zero < bounds.high
  }

  /// - Returns: `nil` where the formula has no value at the printed figures.
  static func bounds(of formula: Formula, _ figures: [Leaf: PrintedFigure]) -> (low: Rational, high: Rational)? {
    func value(_ moved: [Leaf: Rational]) -> Rational? {
      formula.value { leaf in moved[leaf] ?? figures[leaf]?.value }
    }
    guard let centre = value([:]) else { return nil }
    var reached = [centre]
    var (up, down): ([Leaf: Rational], [Leaf: Rational]) = ([:], [:])
    for leaf in formula.leaves {
      guard let figure = figures[leaf], !figure.tolerance.isZero else { continue }
      let (less, more) = (figure.value - figure.tolerance, figure.value + figure.tolerance)
      guard let atLess = value([leaf: less]), let atMore = value([leaf: more]) else { continue }
      reached += [atLess, atMore]
      (up[leaf], down[leaf]) = atLess < atMore ? (more, less) : (less, more)
    }
    reached += [value(up), value(down)].compactMap { $0 }
    guard let low = reached.min(), let high = reached.max() else { return nil }
    return (low, high)
  }
}

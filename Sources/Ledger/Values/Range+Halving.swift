extension Range<Int> {
  /// The first number for which something holds that holds for every later one too, found by halving; the end of the
  /// range if it holds for none.
  func firstByHalving(where holds: (Int) throws -> Bool) rethrows -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if try holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

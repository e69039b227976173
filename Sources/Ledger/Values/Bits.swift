extension FixedWidthInteger {
  /// Tells the places of the bits that are set, the lowest first.
  @inline(__always)
  func forEachBit<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    var rest = self
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest - 1
      try body(place)
    }
  }
}

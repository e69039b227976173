/// A sum that would leave `Int64` fen. Whoever knows the place says `total.out-of-range`.
struct Overflow: Error {}

extension Int64 {
  /// - Throws: `Overflow`, with nothing added.
  @inline(__always)
  mutating func add(_ change: Int64) throws(Overflow) {
    let (sum, overflow) = addingReportingOverflow(change)
    if overflow { throw Overflow() }
    self = sum
  }
}

extension Money {
  /// - Throws: `Overflow`.
  init(_ sum: Fen) throws {
    guard let fen = Int64(exactly: sum) else { throw Overflow() }
    self.init(fen: fen)
  }
}

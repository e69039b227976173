/// A sum that would leave `Int64` fen. Whoever knows the place says `total.out-of-range`.
struct Overflow: Error {}

extension Money {
  /// - Throws: `Overflow`.
  init(_ sum: Fen) throws {
    guard let fen = Int64(exactly: sum) else { throw Overflow() }
    self.init(fen: fen)
  }
}

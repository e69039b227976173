import Testing

@testable import Ledger

/// The sums of a block against sums that are kept line by line. A failure names its seed.
@Suite struct BlockSumsProperties {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func eachLineHasItsOwn(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var (block, slow) = try BlockSumsProperties.make(using: &random)
    let (other, slowOther) = try BlockSumsProperties.make(using: &random)
    try block.add(other)
    for (index, sums) in slowOther {
      var both = slow[index] ?? Sums()
      let isInRange = both.add(sums)
      #expect(isInRange)
      slow[index] = both
    }
    for sums in [block, try block.bytes.withUnsafeBytes { try #require(BlockSums(bytes: $0)) }] {
      for index in 0..<BlockSums.size { #expect(sums[index] == slow[index], "seed \(seed), line \(index)") }
      #expect(sums.bytes == block.bytes, "seed \(seed)")
    }
  }

  /// A sum out of range is noticed at the measure and the line where it is.
  @Test func nothingLeavesItsRange() throws {
    var block = BlockSums()
    try block.add(Sums(.disbursed, Money(fen: .max)), at: 63)
    try block.add(Sums(.disbursed, Money(fen: 1)), at: 62)
    try block.add(Sums(.appropriated, Money(fen: 1)), at: 63)
    #expect(throws: Overflow.self) { try block.add(Sums(.disbursed, Money(fen: 1)), at: 63) }
    #expect(throws: Overflow.self) { try block.add(1, by: UnitChange(adding: .disbursed), at: 63) }
    let copy = block
    #expect(throws: Overflow.self) { try block.add(copy) }
  }

  private static func make(using random: inout SeededRandom) throws -> (BlockSums, [Int: Sums]) {
    var block = BlockSums()
    var slow: [Int: Sums] = [:]
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let index = Int.random(in: 0..<BlockSums.size, using: &random)
      let measure = SummedMeasure.allCases.randomElement(using: &random) ?? .disbursed
      // Small, so that sums come back to zero and their lines stay.
      let size = Int64.random(in: 0...2, using: &random)
      var change = Sums()
      if Bool.random(using: &random) {
        change[measure] = size
        try block.add(size, by: UnitChange(adding: measure), at: index)
      } else {
        change[measure] = -size
        try block.add(change, at: index)
      }
      var sums = slow[index] ?? Sums()
      let isInRange = sums.add(change)
      #expect(isInRange)
      slow[index] = sums
    }
    return (block, slow)
  }
}

import Testing

@testable import Ledger

@Suite struct GroupKeyTests {
  @Test func valuesComeBackAsTheyWere() {
    let lists: [[String?]] = [
      [], [nil], [""], ["P1"], [nil, "a", nil], ["", nil, ""], ["党建", nil, "\u{1}"], ["a", "b"],
    ]
    for values in lists { #expect(GroupKey(values).values == values) }
    #expect(Set(lists.map { GroupKey($0) }).count == lists.count)
  }

  /// Value by value, an absent one first, then by UTF-8 bytes: of random short texts, which share beginnings.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func keysStandInTheOrderOfTheirValues(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    func value() -> String? {
      let length = Int.random(in: -1...3, using: &random)
      guard length >= 0 else { return nil }
      return String((0..<length).map { _ in Character(["\u{1}", "0", "1", "é", "款"].randomElement(using: &random)!) })
    }
    for _ in 0..<3_000 {
      let (left, right) = ([value(), value()], [value(), value()])
      #expect((GroupKey(left) < GroupKey(right)) == precedes(left, right), "seed \(seed): \(left), \(right)")
    }
  }

  private func precedes(_ left: [String?], _ right: [String?]) -> Bool {
    for (left, right) in zip(left, right) where left != nil || right != nil {
      guard let right else { return false }
      guard let left else { return true }
      if Array(left.utf8) != Array(right.utf8) { return left.utf8.lexicographicallyPrecedes(right.utf8) }
    }
    return false
  }
}

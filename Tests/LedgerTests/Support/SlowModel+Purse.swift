extension SlowModel {
  /// The money and the spending of one pool in one budget year, in fen.
  struct Purse {
    let year: Int
    let isReceipts: Bool
    /// By source year.
    private var continuing: [Int: Int] = [:]
    private var surplus: [Int: Int] = [:]
    /// Payments less refunds, by the source year they state.
    private var spent: [Int?: Int] = [:]
    /// Spending that found no money here.
    var short = 0
    /// Money below zero before spending, by source year.
    private var missing: [Int: Int] = [:]

    init(year: Int, isReceipts: Bool) {
      self.year = year
      self.isReceipts = isReceipts
    }

    mutating func add(_ movement: Movement) {
      func sum(_ measure: String) -> Int { movement.sums[measure, default: 0] }
      let source = movement.line.from ?? year
      surplus[source, default: 0] += sum("surplusIn")
      continuing[source, default: 0] += sum("carriedIn") - sum("surplusIn")
      let ownYear =
        isReceipts
        ? sum("received") + sum("surplusUsed") - sum("allocated")
        : sum("appropriated") - sum("foreseen") + sum("adjusted") - sum("lapsed")
      continuing[year, default: 0] += ownYear
      spent[movement.line.from, default: 0] += sum("disbursed")
    }

    /// Sets the spending against the pool's own money. What it cannot pay for is `short`.
    mutating func net() {
      short = takeWhereStated() + (spent[nil] ?? 0)
      if short < 0 {
        continuing[year, default: 0] -= short
        short = 0
      }
      missing = continuing.filter { $0.value < 0 }.merging(surplus.filter { $0.value < 0 }) { $0 + $1 }
      short += Self.emptyNegative(&continuing) + Self.emptyNegative(&surplus)
      short -= Self.take(short, from: &continuing)
      if isReceipts { short -= Self.take(short, from: &surplus) }
    }

    /// Gives up to `fen` of continuing money to a pool that it covers.
    /// - Returns: what it gave.
    mutating func give(_ fen: Int) -> Int { Self.take(fen, from: &continuing) }

    /// Makes what is still short negative lots: those that were negative again, the oldest first, the rest of the year.
    mutating func owe() {
      for (source, fen) in missing.sorted(by: { $0.key < $1.key }) {
        let part = min(short, -fen)
        continuing[source, default: 0] -= part
        short -= part
      }
      continuing[year, default: 0] -= short
      short = 0
    }

    func lots(of pool: SlowLot.Pool) -> [SlowLot] {
      let lots = [("continuing", continuing), ("surplus", surplus)].flatMap { kind, fenBySource in
        fenBySource.map { SlowLot(pool: pool, kind: kind, from: $0.key, fen: $0.value) }
      }
      return lots.filter { $0.fen != 0 }
    }

    /// Payments that state their source come off that lot, refunds go to it.
    /// - Returns: what the lots did not hold.
    private mutating func takeWhereStated() -> Int {
      var rest = 0
      for case let (source?, fen) in spent {
        let taken = min(fen, max(continuing[source] ?? 0, 0))
        continuing[source, default: 0] -= taken
        rest += fen - taken
      }
      return rest
    }

    /// A negative lot is filled like spending is paid.
    /// - Returns: what fills all of them.
    private static func emptyNegative(_ lots: inout [Int: Int]) -> Int {
      let missing = lots.values.filter { $0 < 0 }.reduce(0, -)
      lots = lots.mapValues { max($0, 0) }
      return missing
    }

    /// - Returns: what the lots held of `fen`, taken from the oldest first.
    private static func take(_ fen: Int, from lots: inout [Int: Int]) -> Int {
      var rest = fen
      for source in lots.keys.sorted() {
        let taken = min(rest, max(lots[source] ?? 0, 0))
        lots[source]? -= taken
        rest -= taken
      }
      return fen - rest
    }
  }
}

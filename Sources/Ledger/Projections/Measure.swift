/// A measure that is a plain sum over events, kept for each budget line.
public enum SummedMeasure: Int, CaseIterable, Sendable {
  case appropriated, foreseen, adjusted, carriedIn, surplusIn, openingAdjusted
  case capped, planned, estimated, received, collected
  case contracted, committed, disbursed, lapsed, surplusUsed, allocated
  /// The numerator of 预算调整率: the sizes of the changes that count.
  case adjustmentCounted
  /// The part of 年初数调整 that is surplus, so that lots can be told apart.
  case surplusAdjusted

  /// The measure that reports show it as; `nil` for what only goes into others.
  var measure: Measure? {
    switch self {
    case .appropriated: .appropriated
    case .foreseen: .foreseen
    case .adjusted: .adjusted
    case .carriedIn: .carriedIn
    case .surplusIn: .surplusIn
    case .openingAdjusted: .openingAdjusted
    case .capped: .capped
    case .planned: .planned
    case .estimated: .estimated
    case .received: .received
    case .collected: .collected
    case .contracted: .contracted
    case .committed: .committed
    case .disbursed: .disbursed
    case .lapsed: .lapsed
    case .surplusUsed: .surplusUsed
    case .allocated: .allocated
    case .adjustmentCounted, .surplusAdjusted: nil
    }
  }

  /// The column of the store.
  public var column: String {
    switch self {
    case .appropriated: "appropriated_fen"
    case .foreseen: "foreseen_fen"
    case .adjusted: "adjusted_fen"
    case .carriedIn: "carried_in_fen"
    case .surplusIn: "surplus_in_fen"
    case .openingAdjusted: "opening_adjusted_fen"
    case .capped: "capped_fen"
    case .planned: "planned_fen"
    case .estimated: "estimated_fen"
    case .received: "received_fen"
    case .collected: "collected_fen"
    case .contracted: "contracted_fen"
    case .committed: "committed_fen"
    case .disbursed: "disbursed_fen"
    case .lapsed: "lapsed_fen"
    case .surplusUsed: "surplus_used_fen"
    case .allocated: "allocated_fen"
    case .adjustmentCounted: "adjustment_counted_fen"
    case .surplusAdjusted: "surplus_adjusted_fen"
    }
  }
}

/// The summed measures of one budget line, in fen.
public struct Sums: Sendable, Equatable {
  private var values = InlineArray<19, Int64>(repeating: 0)

  public init() {}

  public init(_ measure: SummedMeasure, _ amount: Money) { self[measure] = amount.fen }

  public subscript(measure: SummedMeasure) -> Int64 {
    get { values[measure.rawValue] }
    set { values[measure.rawValue] = newValue }
  }

  /// How many there are.
  static let count = 19

  /// The sum of a measure by its raw value.
  subscript(measure measure: Int) -> Int64 {
    get { values[measure] }
    set { values[measure] = newValue }
  }

  /// Tells each measure that is not zero, by its raw value.
  @inline(__always)
  func forEachNonZero(_ body: (_ measure: Int, Int64) throws -> Void) rethrows {
    // Where the values stand: element by element, the whole array would be copied for each.
    try withUnsafeBytes(of: values) { bytes in
      for (measure, value) in bytes.assumingMemoryBound(to: Int64.self).enumerated() where value != 0 {
        try body(measure, value)
      }
    }
  }

  /// - Returns: `false`, with nothing added, if a sum would leave `Int64`.
  public mutating func add(_ other: Sums) -> Bool {
    var sums = self
    for index in values.indices {
      let (sum, overflow) = values[index].addingReportingOverflow(other.values[index])
      if overflow { return false }
      sums.values[index] = sum
    }
    self = sums
    return true
  }

  /// The exact opposite. An amount always has one, see `Money.init(reading:)`.
  public var opposite: Sums {
    var opposite = Sums()
    for index in values.indices { opposite.values[index] = -values[index] }
    return opposite
  }

  public static func == (left: Sums, right: Sums) -> Bool {
    left.values.indices.allSatisfy { left.values[$0] == right.values[$0] }
  }

  /// The budget of the year itself: 全年预算数 without what was carried in.
  var ownYear: Fen { Fen(self[.appropriated]) - Fen(self[.foreseen]) + Fen(self[.adjusted]) }

  /// 全年预算数.
  var budget: Fen { ownYear + Fen(self[.carriedIn]) }

  /// 可用指标 of a line of this fund: what may still be spent or committed.
  ///
  /// 结余 of treasury money (surplusIn) is not available until it has been turned into 结转.
  public func available(isTreasury: Bool) -> Fen {
    let surplus = isTreasury ? Fen(self[.surplusIn]) : 0
    return budget - surplus - Fen(self[.lapsed]) - Fen(self[.committed]) - Fen(self[.disbursed])
  }
}

/// A figure of a line or of any grouping of lines, under the name that JSON, CSV and assertions use.
public enum Measure: String, CaseIterable, Sendable {
  case appropriated, foreseen, adjusted, carriedIn, surplusIn, openingAdjusted, budget
  case capped, planned, estimated, received, collected, contracted, committed, disbursed, lapsed
  case surplusUsed, allocated, income, available, balance

  /// Its place among all.
  fileprivate var place: Int {
    switch self {
    case .appropriated: 0
    case .foreseen: 1
    case .adjusted: 2
    case .carriedIn: 3
    case .surplusIn: 4
    case .openingAdjusted: 5
    case .budget: 6
    case .capped: 7
    case .planned: 8
    case .estimated: 9
    case .received: 10
    case .collected: 11
    case .contracted: 12
    case .committed: 13
    case .disbursed: 14
    case .lapsed: 15
    case .surplusUsed: 16
    case .allocated: 17
    case .income: 18
    case .available: 19
    case .balance: 20
    }
  }
}

extension Sums {
  /// The summed measures that reports show, where they are not zero.
  var shown: [(measure: Measure, amount: Fen)] {
    SummedMeasure.allCases.compactMap { summed in
      guard let measure = summed.measure, self[summed] != 0 else { return nil }
      return (measure, Fen(self[summed]))
    }
  }
}

/// A rate of two measures, as a ratio; no value where the denominator is zero.
public enum Rate: String, CaseIterable, Sendable {
  case executionRate, originalRate, carryOverRate, receiptRate, revenueRate, adjustmentRate
}

/// Every measure of a grouping of lines: derived line by line, each by its own basis, then added.
public struct Figures: Equatable, Sendable {
  private var values = InlineArray<21, Fen>(repeating: 0)
  private var adjustmentCounted: Fen = 0

  public init() {}

  /// - Parameter basis: that of the line's fund, see `Declarations.basis`.
  public init(line: Classification, sums: Sums, basis: Basis) { add(line: line, sums: sums, basis: basis) }

  /// Adds those of a line.
  public mutating func add(line: Classification, sums: Sums, basis: Basis) {
    sums.forEachNonZero { summed, amount in
      if let place = Figures.places[summed] { values[place] += Fen(amount) }
    }
    self[.budget] += sums.budget
    self[.available] += sums.available(isTreasury: line.fund?.isTreasury ?? false)
    self[.income] += Figures.income(sums, basis)
    self[.balance] += Figures.balance(sums, basis)
    adjustmentCounted += Fen(sums[.adjustmentCounted])
  }

  /// In fen, with its sign.
  public private(set) subscript(measure: Measure) -> Fen {
    get { values[measure.place] }
    set { values[measure.place] = newValue }
  }

  /// Where the sums of an event are shown, by measure.
  private static let places = SummedMeasure.allCases.map { $0.measure?.place }

  public static func == (left: Figures, right: Figures) -> Bool {
    left.adjustmentCounted == right.adjustmentCounted
      && left.values.indices.allSatisfy { left.values[$0] == right.values[$0] }
  }

  public static func += (left: inout Figures, right: Figures) {
    for index in left.values.indices { left.values[index] += right.values[index] }
    left.adjustmentCounted += right.adjustmentCounted
  }

  public subscript(rate: Rate) -> Ratio? { Ratio(numerator(of: rate), over: denominator(of: rate)) }

  /// What stands above the line of a rate, in fen.
  func numerator(of rate: Rate) -> Fen {
    switch rate {
    case .executionRate, .originalRate: self[.disbursed]
    case .carryOverRate: self[.balance]
    case .receiptRate: self[.received]
    case .revenueRate: self[.received] + self[.collected]
    case .adjustmentRate: adjustmentCounted
    }
  }

  /// What stands below it.
  func denominator(of rate: Rate) -> Fen {
    switch rate {
    case .executionRate, .carryOverRate: self[.budget]
    case .originalRate, .adjustmentRate: self[.appropriated]
    case .receiptRate: self[.budget] - self[.carriedIn]
    case .revenueRate: self[.estimated]
    }
  }

  private static func income(_ sums: Sums, _ basis: Basis) -> Fen {
    switch basis {
    case .budget: sums.ownYear - Fen(sums[.lapsed])
    case .payment: Fen(sums[.disbursed])
    case .receipts: Fen(sums[.received])
    }
  }

  private static func balance(_ sums: Sums, _ basis: Basis) -> Fen {
    switch basis {
    case .budget: sums.budget - Fen(sums[.lapsed]) - Fen(sums[.disbursed])
    case .payment: 0
    case .receipts:
      Fen(sums[.carriedIn]) + Fen(sums[.received]) + Fen(sums[.surplusUsed]) - Fen(sums[.allocated])
        - Fen(sums[.disbursed])
    }
  }
}

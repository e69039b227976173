import Foundation

/// What a journal says by a second, slow way: a plain list of money movements, filtered and summed.
///
/// It shares no code with the library and is written from the documented format and measures alone, so that a fold
/// can be held against it. It reads valid journals only: anything it does not understand is a defect of the test, and stops it.
struct SlowModel {
  let movements: [Movement]
  let policies: [Policy]
  let projects: [DeclaredProject]

  /// - Parameter journal: one JSON object a line; the n-th that is not blank has position n.
  init(journal: [String]) {
    var reader = Reader()
    for text in journal where !text.allSatisfy(\.isWhitespace) { reader.read(text) }
    movements = reader.movements
    policies = reader.policies
    projects = reader.projects
  }

  /// Every measure of each budget line in fen, of the events with `date` up to `asOf` and a position up to
  /// `knownPosition` (nil: all). A line is there if any money event touched it, even at zero.
  ///
  /// The key is `unit|year|fund|function|economic|government|project|nature|procurement|from|category`, with nothing
  /// between the bars for a field the line lacks.
  func lines(asOf: String?, knownPosition: Int?) -> [String: [String: Int]] {
    var result: [String: [String: Int]] = [:]
    for (line, movements) in movementsByLine(asOf: asOf, knownPosition: knownPosition) {
      var sums = Dictionary(uniqueKeysWithValues: Self.summedMeasures.map { ($0, 0) })
      for movement in movements {
        for (measure, fen) in movement.sums { sums[measure, default: 0] += fen }
      }
      let basis = basis(of: line, knownPosition: knownPosition)
      result[line.key] = sums.merging(Self.derived(from: sums, fund: line.fund, basis: basis)) { sum, _ in sum }
    }
    return result
  }

  /// What counts in 预算调整率, in fen: Σ|adjustment| of each line of an event whose reason counts and the positive
  /// lines of virements, less what reversals took back. It has the lines that `lines` has.
  func adjustmentCounted(asOf: String?, knownPosition: Int?) -> [String: Int] {
    var result: [String: Int] = [:]
    for (line, movements) in movementsByLine(asOf: asOf, knownPosition: knownPosition) {
      result[line.key] = movements.map(\.counted).reduce(0, +)
    }
    return result
  }

  /// What the line's own `nature` (or none) is stored as.
  /// - Parameter projectNature: the nature of the line's project on the event's date, if it has one then.
  static func storedNature(own: String?, projectNature: String?, economic: String?, project: String?) -> String? {
    let given = own ?? projectNature
    guard let economic else { return given }
    guard given == "basic" || (given == nil && project == nil) else { return given }
    return economic.hasPrefix("301") || economic.hasPrefix("303") ? "personnel" : "public"
  }

  private func movementsByLine(asOf: String?, knownPosition: Int?) -> [Line: [Movement]] {
    let visible = movements.filter { movement in
      (asOf.map { movement.date <= $0 } ?? true) && (knownPosition.map { movement.position <= $0 } ?? true)
    }
    return Dictionary(grouping: visible, by: \.line)
  }

  private static let summedMeasures = [
    "appropriated", "foreseen", "adjusted", "carriedIn", "surplusIn", "openingAdjusted", "capped", "planned",
    "estimated", "received", "collected", "contracted", "committed", "disbursed", "lapsed", "surplusUsed", "allocated",
  ]

  /// The measures that follow from the summed ones.
  private static func derived(from sums: [String: Int], fund: String, basis: Basis) -> [String: Int] {
    func sum(_ measure: String) -> Int { sums[measure, default: 0] }
    let ownYear = sum("appropriated") - sum("foreseen") + sum("adjusted")
    let budget = ownYear + sum("carriedIn")
    let unusable = fund.hasPrefix("1") ? sum("surplusIn") : 0
    let available = budget - unusable - sum("lapsed") - sum("committed") - sum("disbursed")
    let fromReceipts = sum("carriedIn") + sum("received") + sum("surplusUsed") - sum("allocated") - sum("disbursed")
    let (income, balance) =
      switch basis {
      case .budget: (ownYear - sum("lapsed"), budget - sum("lapsed") - sum("disbursed"))
      case .payment: (sum("disbursed"), 0)
      case .receipts: (sum("received"), fromReceipts)
      }
    return ["budget": budget, "income": income, "available": available, "balance": balance]
  }
}

// MARK: - Basis

extension SlowModel {
  /// Which measure of a fund says what money there is.
  enum Basis: String {
    case budget, payment, receipts
  }

  /// By the policy in force on 31 December of the budget year, of those at positions up to `knownPosition`.
  private func basis(of line: Line, knownPosition: Int?) -> Basis {
    basis(ofFund: line.fund, unit: line.unit, year: line.year, knownPosition: knownPosition)
  }

  func basis(ofFund fund: String, unit: String, year: Int, knownPosition: Int?) -> Basis {
    let stated = policy(unit: unit, on: "\(year)-12-31", knownPosition: knownPosition)?.basis ?? [:]
    let prefix = stated.keys.filter { fund.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
    return prefix.flatMap { stated[$0] } ?? (fund.hasPrefix("1") ? .budget : .receipts)
  }

  /// The latest by date of those for the unit and those for all, of one date the one recorded last.
  private func policy(unit: String, on date: String, knownPosition: Int?) -> Policy? {
    policies.filter { policy in
      (policy.unit == nil || policy.unit == unit) && policy.date <= date
        && (knownPosition.map { policy.position <= $0 } ?? true)
    }.max { ($0.date, $0.position) < ($1.date, $1.position) }
  }
}

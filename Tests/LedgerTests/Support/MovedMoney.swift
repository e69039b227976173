/// The contracts of a generated history, by unit and number.
struct DraftContract: Hashable {
  let unit: String
  let number: String
}

/// A generated money event, and what later events have done to it.
struct MovedMoney {
  let position: Int
  let id: String?
  let type: String
  let unit: String
  let year: Int
  let entries: [DraftEntry]
  /// The index of the payment that this refund cites.
  var payment: Int?
  /// Of a commitment, a release, or a payment under one.
  var contract: DraftContract?
  /// What the release or the payment took from its contract.
  var takings: [SlowContract<DraftLine>.Taking] = []
  /// The first day on which it may be reversed, and, if it is a payment, refunded by citing it: its own, or that of
  /// the last reversal of a refund citing it.
  var openFrom: Int
  var isReversed = false
  var standingRefunds = 0
  /// What refunds that cite this payment took back, by line, in fen.
  var refunded: [DraftLine: Int] = [:]

  var distinctLines: [DraftLine] {
    entries.map(\.line).reduce(into: []) { lines, line in if !lines.contains(line) { lines.append(line) } }
  }

  func fen(on line: DraftLine) -> Int { entries.filter { $0.line == line }.map(\.fen).reduce(0, +) }
}

/// What a generated history has paid, net of refunds, per budget line and day.
struct NetPaid {
  private struct Key: Hashable {
    let unit: String
    let year: Int
    let line: DraftLine
  }

  private var changes: [Key: [(day: Int, fen: Int)]] = [:]

  /// - Parameter sign: 1 as recorded, −1 for a reversal.
  mutating func add(_ money: MovedMoney, sign: Int, day: Int) {
    guard money.type == "disbursement" || money.type == "refund" else { return }
    let sign = money.type == "refund" ? -sign : sign
    for entry in money.entries {
      changes[Key(unit: money.unit, year: money.year, line: entry.line), default: []].append((day, sign * entry.fen))
    }
  }

  /// The least that is paid on the line of the event's unit and year at the end of `day` or of any later one.
  func least(on line: DraftLine, of money: MovedMoney, from day: Int) -> Int {
    let changes = changes[Key(unit: money.unit, year: money.year, line: line)] ?? []
    let days = [day] + changes.map(\.day).filter { $0 > day }
    return days.map { end in changes.filter { $0.day <= end }.map(\.fen).reduce(0, +) }.min() ?? 0
  }
}

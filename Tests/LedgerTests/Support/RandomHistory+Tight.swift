extension RandomHistory {
  /// A small ledger with control on, and attempts to record more.
  ///
  /// One unit, the year 2021, two projects, and four control keys (fund, function, project) with a few thousand yuan
  /// each; every line names its key exactly, and no key lies within another. The setup is valid. An attempt can only be
  /// refused for want of money, whichever of those before it were: what it cites stands in the setup, is reversed once
  /// at most, and is never refunded beyond what the setup paid.
  /// - Returns: the setup, where money events have the ids `setup-N`, and the attempts, with the ids `attempt-N`.
  static func tightAttempts(seed: UInt64, count: Int) -> (setup: [String], attempts: [String]) {
    var writer = TightWriter(seed: seed)
    writer.writeSetup(citable: count / 5 + 8)
    return (writer.setup, (0..<count).map { writer.attempt(number: $0 + 1) })
  }
}

/// An event of the setup that attempts may cite.
private struct Citable {
  let id: String
  let day: Int
  let entry: DraftEntry
  /// What later refunds may still give back, in fen; 0 but for payments that are set apart for it.
  var refundable = 0
}

private struct TightWriter {
  private static let days = 367...731  // the year 2021
  private static let projectNatures = ["TJPX": "project", "KQ": "operating"]
  private static let keys = [
    DraftLine(fund: "111", function: "2130501", project: "TJPX"),
    DraftLine(fund: "111", function: "2130502", project: "KQ"),
    DraftLine(fund: "111", function: "2010101"),
    DraftLine(fund: "31", function: "2130599", project: "KQ"),
  ]

  private(set) var setup: [String] = []
  private var random: SeededRandom
  private var citableCount = 0
  /// Events that no attempt has tried to reverse so far.
  private var reversible: [Citable] = []
  /// Payments that are refunded and never reversed.
  private var refundable: [Citable] = []
  /// What the setup may still pay on each key, so that it stays valid in any order.
  private var spare: [Int] = []
  private var budgets: [Int] = []

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// - Parameter citable: how many events follow the year-start budgets.
  mutating func writeSetup(citable: Int) {
    setup = [
      #"{"type":"unit","date":"2020-12-31","unit":"101001","name":"第1单位"}"#,
      #"{"type":"project","date":"2020-12-31","project":"TJPX","name":"统计监测培训","nature":"project"}"#,
      #"{"type":"project","date":"2020-12-31","project":"KQ","name":"库区移民","nature":"operating"}"#,
    ]
    for key in Self.keys {
      let budget = Int.random(in: 300_000...800_000, using: &random)
      budgets.append(budget)
      spare.append(budget / 2)
      let day = Self.days.lowerBound + Int.random(in: 0...9, using: &random)
      reversible.append(put("appropriation", on: key, fen: budget, day: day))
    }
    for _ in 0..<citable { putCitable() }
  }

  mutating func attempt(number: Int) -> String {
    let id = [JSONField.text("id", "attempt-\(number)")]
    let event = draftAttempt(id: id) ?? payment(id: id)
    return event.text(projectNatures: Self.projectNatures, using: &random)
  }
}

// MARK: - Setup

extension TightWriter {
  /// A supplement, a carry-over or a payment; every second payment is set apart for refunds.
  private mutating func putCitable() {
    let index = Int.random(in: Self.keys.indices, using: &random)
    let fen = Int.random(in: 1_000...budgets[index] / 8, using: &random)
    // From the tenth day on, when all budgets are there.
    let day = Int.random(in: Self.days.lowerBound + 10...Self.days.upperBound, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: reversible.append(put("adjustment", on: anyLine(ofKey: index), fen: fen, day: day))
    case 1: reversible.append(putCarryOver(on: anyLine(ofKey: index), fen: fen, day: day))
    default:
      let paid = min(fen, spare[index])
      guard paid > 0 else { return }
      spare[index] -= paid
      var payment = put("disbursement", on: anyLine(ofKey: index), fen: paid, day: day)
      if random.chance(percent: 50) { return reversible.append(payment) }
      payment.refundable = paid
      putRefund(of: &payment)
      refundable.append(payment)
    }
  }

  private mutating func putCarryOver(on line: DraftLine, fen: Int, day: Int) -> Citable {
    var line = line
    line.from = 2020
    let kind = random.chance(percent: 30) ? [JSONField.text("kind", "surplus")] : []
    return put("carry-over", on: line, fen: fen, day: day, fields: kind)
  }

  /// Sometimes gives back part of the payment at once; reversing that takes money again.
  private mutating func putRefund(of payment: inout Citable) {
    guard random.chance(percent: 50), payment.refundable > 1 else { return }
    let fen = Int.random(in: 1...payment.refundable / 2, using: &random)
    payment.refundable -= fen
    let day = min(payment.day + Int.random(in: 0...30, using: &random), Self.days.upperBound)
    let of = [JSONField.text("of", payment.id)]
    reversible.append(put("refund", on: payment.entry.line, fen: fen, day: day, fields: of))
  }

  private mutating func put(
    _ type: String, on line: DraftLine, fen: Int, day: Int, fields: [JSONField] = []
  ) -> Citable {
    citableCount += 1
    let id = "setup-\(citableCount)"
    let entry = DraftEntry(line: stored(line), fen: fen)
    let event = DraftEvent(type: type, day: day, year: 2021, fields: [.text("id", id)] + fields, entries: [entry])
    setup.append(event.text(projectNatures: Self.projectNatures, using: &random))
    return Citable(id: id, day: day, entry: entry)
  }

  private func stored(_ line: DraftLine) -> DraftLine {
    var line = line
    line.nature = line.defaultNature(projectNatures: Self.projectNatures)
    return line
  }

  private mutating func anyLine(ofKey index: Int) -> DraftLine {
    var line = Self.keys[index]
    line.economic = random.pick([nil, "30201", "30217", "31002"])
    return stored(line)
  }
}

// MARK: - Attempts

extension TightWriter {
  /// - Returns: nil when nothing is left to refund or reverse.
  private mutating func draftAttempt(id: [JSONField]) -> DraftEvent? {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<34: payment(id: id)
    case ..<44: refund(id: id)
    case ..<56: event("adjustment", id: id, entries: [entry(sign: -1)])
    case ..<63: event("adjustment", id: id, entries: [entry(sign: 1)])
    case ..<69: event("adjustment", id: id, entries: [entry(sign: -1), entry(sign: 1)])
    case ..<76: carryOver(id: id, sign: 1, reasons: ["opening", "correction", "recovered", "pooled-in"])
    case ..<84: carryOver(id: id, sign: -1, reasons: ["opening", "correction", "pooled-out", "returned"])
    case ..<88: internalCarryOver(id: id)
    default: reversal(id: id)
    }
  }

  private mutating func payment(id: [JSONField]) -> DraftEvent {
    let lines = random.chance(percent: 20) ? 2 : 1
    return event("disbursement", id: id, entries: (0..<lines).map { _ in entry(sign: 1) })
  }

  private mutating func refund(id: [JSONField]) -> DraftEvent? {
    guard let index = refundable.indices.randomElement(using: &random), refundable[index].refundable > 0 else {
      return nil
    }
    let payment = refundable[index]
    let fen = Int.random(in: 1...payment.refundable, using: &random)
    refundable[index].refundable -= fen
    let of = random.chance(percent: 60) ? [JSONField.text("of", payment.id)] : []
    let day = Int.random(in: payment.day...Self.days.upperBound, using: &random)
    let entries = [DraftEntry(line: payment.entry.line, fen: fen)]
    return DraftEvent(type: "refund", day: day, year: 2021, fields: id + of, entries: entries)
  }

  private mutating func reversal(id: [JSONField]) -> DraftEvent? {
    guard let index = reversible.indices.randomElement(using: &random) else { return nil }
    let target = reversible.remove(at: index)
    let wait = random.chance(percent: 30) ? 0 : Int.random(in: 0...120, using: &random)
    let day = min(target.day + wait, Self.days.upperBound)
    return DraftEvent(type: "reversal", day: day, year: nil, fields: id + [.text("of", target.id)], entries: [])
  }

  private mutating func carryOver(id: [JSONField], sign: Int, reasons: [String]) -> DraftEvent {
    let kind = random.chance(percent: 25) ? [JSONField.text("kind", "surplus")] : []
    var carried = entry(sign: sign)
    carried.line.from = 2020
    return event("carry-over", id: id + kind + [.text("reason", random.pick(reasons))], entries: [carried])
  }

  /// Moves carried money from one key of a fund to another.
  private mutating func internalCarryOver(id: [JSONField]) -> DraftEvent {
    var entries = [entry(sign: 1, key: random.pick([0, 1, 2])), entry(sign: 1, key: random.pick([0, 1, 2]))]
    entries[0].fen = -entries[1].fen
    for index in entries.indices { entries[index].line.from = 2020 }
    return event("carry-over", id: id + [.text("reason", "internal")], entries: entries)
  }

  private mutating func event(_ type: String, id: [JSONField], entries: [DraftEntry]) -> DraftEvent {
    let day = Int.random(in: Self.days, using: &random)
    return DraftEvent(type: type, day: day, year: 2021, fields: id, entries: entries)
  }

  /// Up to two fifths of what the key had at the start of the year.
  private mutating func entry(sign: Int, key: Int? = nil) -> DraftEntry {
    let index = key ?? Int.random(in: Self.keys.indices, using: &random)
    let fen = Int.random(in: 100...budgets[index] * 2 / 5, using: &random)
    return DraftEntry(line: anyLine(ofKey: index), fen: sign * fen)
  }
}

extension TightWriter {
  mutating func attempt(number: Int) -> String {
    let id = [JSONField.text("id", "attempt-\(number)")]
    let event = draftAttempt(id: id, number: number) ?? payment(id: id)
    return event.text(projectNatures: Self.projectNatures, using: &random)
  }

  /// - Returns: nil when nothing is left to refund, release, pay under or reverse.
  private mutating func draftAttempt(id: [JSONField], number: Int) -> DraftEvent? {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<22: payment(id: id)
    case ..<30: refund(id: id)
    case ..<38: event("adjustment", id: id, entries: [entry(sign: -1)])
    case ..<43: event("adjustment", id: id, entries: [entry(sign: 1)])
    case ..<47: event("adjustment", id: id, entries: [entry(sign: -1), entry(sign: 1)])
    case ..<51: carryOver(id: id, sign: 1, reasons: ["opening", "correction", "recovered", "pooled-in"])
    case ..<56: carryOver(id: id, sign: -1, reasons: ["opening", "correction", "pooled-out", "returned"])
    case ..<59: internalCarryOver(id: id)
    case ..<66: virement(id: id)
    case ..<73: commitment(id: id, number: number)
    case ..<77: release(id: id)
    case ..<84: paymentUnderContract(id: id)
    case ..<89: event("lapse", id: id, entries: [entry(sign: 1)])
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

  /// Moves this year's money from one key of a fund to another: with approval anyhow, without where none is needed.
  private mutating func virement(id: [JSONField]) -> DraftEvent {
    let isApproved = random.chance(percent: 50)
    var entries = (0..<2).map { _ in
      let index = random.pick([0, 1, 2])
      var entry = entry(sign: 1, key: index)
      if !isApproved { entry.line = freelyMovedLine(ofKey: index) }
      return entry
    }
    entries[0].fen = -entries[1].fen
    let approval = isApproved ? [JSONField.text("approval", "财预〔2021〕9号")] : []
    return event("virement", id: id + approval, entries: entries)
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

// MARK: - Contracts

extension TightWriter {
  /// Under a contract of its own.
  private mutating func commitment(id: [JSONField], number: Int) -> DraftEvent {
    let lines = random.chance(percent: 20) ? 2 : 1
    let contract = [JSONField.text("contract", "HT-新-\(number)")]
    return event("commitment", id: id + contract, entries: (0..<lines).map { _ in entry(sign: 1) })
  }

  private mutating func release(id: [JSONField]) -> DraftEvent? {
    guard let index = releasable.indices.randomElement(using: &random) else { return nil }
    let contract = releasable.remove(at: index)
    let isWhole = random.chance(percent: 30)
    let fen = isWhole ? contract.outstanding : Int.random(in: 1...contract.outstanding, using: &random)
    let fields = [
      JSONField.text("contract", contract.number), .text("amount", DraftEvent.amount(fen: fen, using: &random)),
    ]
    return event("release", id: id + fields, entries: [])
  }

  /// For what the contract set aside or any other amount, on its own key mostly.
  private mutating func paymentUnderContract(id: [JSONField]) -> DraftEvent? {
    guard let contract = payable.randomElement(using: &random) else { return nil }
    var entries = [entry(sign: 1)]
    if random.chance(percent: 60) { entries[0].line = contract.entry.line }
    if random.chance(percent: 40) { entries[0].fen = contract.entry.fen }
    if random.chance(percent: 15) { entries.append(entry(sign: 1)) }
    return event("disbursement", id: id + [.text("contract", contract.number)], entries: entries)
  }
}

// What builds on events before it: contracts, refunds and reversals.

extension HistoryWriter {
  private static let contractNumbers = ["HT-1", "HT-2", "采购合同-3", "HT-2021-004"]

  private mutating func anyContract() -> DraftContract {
    DraftContract(unit: random.pick(units), number: random.pick(Self.contractNumbers))
  }

  /// A contract with something outstanding, if there is one.
  private mutating func openContract() -> DraftContract? {
    let open = contracts.keys.filter { (contracts[$0]?.outstanding ?? 0) > 0 }
    return open.sorted { ($0.unit, $0.number) < ($1.unit, $1.number) }.randomElement(using: &random)
  }

  mutating func commit() {
    let contract = anyContract()
    let (day, year) = nextDayAndYear()
    let entries = entries(type: "commitment", day: day, year: year, negative: 0)
    for entry in entries {
      contracts[contract, default: SlowContract()].add(
        commitment: journal.count + 1, line: entry.line, fen: entry.fen)
    }
    record(
      "commitment", day: day, unit: contract.unit, year: year, entries: entries,
      fields: [.text("contract", contract.number)], contract: contract)
  }

  /// Mostly under a contract that is open, often on a line of it, for less or for more than is outstanding.
  mutating func payUnderContract() {
    let contract = random.chance(percent: 85) ? openContract() ?? anyContract() : anyContract()
    let (day, year) = nextDayAndYear()
    var entries = entries(type: "disbursement", day: day, year: year, negative: 0)
    let lines = contracts[contract]?.portions.map(\.line) ?? []
    if let line = lines.randomElement(using: &random), random.chance(percent: 50) {
      entries[0].line = line
      entries[0].line.from = line.from.map { min($0, year) }
    }
    let outstanding = contracts[contract]?.outstanding ?? 0
    if outstanding > 0, random.chance(percent: 50) {
      entries[0].fen = random.chance(percent: 25) ? outstanding : Int.random(in: 1...outstanding, using: &random)
    }
    let takings = contracts[contract]?.take(entries.map(\.fen).reduce(0, +)) ?? []
    record(
      "disbursement", day: day, unit: contract.unit, year: year, entries: entries,
      fields: [.text("contract", contract.number)] + settled(takings), contract: contract, takings: takings)
  }

  /// What the payment takes from its contract, sometimes stated.
  private mutating func settled(_ takings: [SlowContract<DraftLine>.Taking]) -> [JSONField] {
    guard random.chance(percent: 15) else { return [] }
    return [.text("settled", DraftEvent.canonicalAmount(fen: takings.map(\.fen).reduce(0, +)))]
  }

  /// - Returns: false when nothing is outstanding.
  mutating func release() -> Bool {
    guard let contract = openContract(), let outstanding = contracts[contract]?.outstanding else { return false }
    let fen = random.chance(percent: 35) ? outstanding : Int.random(in: 1...outstanding, using: &random)
    let takings = contracts[contract]?.take(fen) ?? []
    let (day, year) = nextDayAndYear()
    let fields = [
      JSONField.text("contract", contract.number), .text("amount", DraftEvent.amount(fen: fen, using: &random)),
    ]
    record(
      "release", day: day, unit: contract.unit, year: year, entries: [], fields: fields, contract: contract,
      takings: takings)
    return true
  }
}

// MARK: - Giving back

extension HistoryWriter {
  /// Gives back part of a payment, or all, citing it or not; where several payments stand on its line, perhaps more.
  mutating func refund() -> Bool {
    guard let index = standing(where: { $0.type == "disbursement" }) else { return false }
    let payment = moved[index]
    let isCited = random.chance(percent: 60)
    let day = min(payment.openFrom + Int.random(in: 0...60, using: &random), Self.days.upperBound)
    var entries: [DraftEntry] = []
    for line in payment.distinctLines where random.chance(percent: 80) {
      var most = paid.least(on: line, of: payment, from: day)
      if isCited { most = min(most, payment.fen(on: line) - payment.refunded[line, default: 0]) }
      guard most > 0 else { continue }
      let fen = random.chance(percent: 30) ? most : Int.random(in: 1...most, using: &random)
      entries.append(DraftEntry(line: line, fen: fen))
    }
    guard !entries.isEmpty else { return false }
    let fields = isCited ? [reference(to: payment)] : []
    record(
      "refund", day: day, unit: payment.unit, year: payment.year, entries: entries, fields: fields,
      payment: isCited ? index : nil)
    return true
  }

  mutating func reverse() -> Bool {
    guard let index = standing(where: { $0.standingRefunds == 0 }) else { return false }
    let money = moved[index]
    let wait = random.chance(percent: 30) ? 0 : Int.random(in: 0...90, using: &random)
    let day = min(money.openFrom + wait, Self.days.upperBound)
    guard mayReverse(money, on: day) else { return false }
    moved[index].isReversed = true
    takeBack(money, on: day)
    var fields = [reference(to: money)] + remarks()
    if let id = identity() { fields.append(.text("id", id)) }
    append(DraftEvent(type: "reversal", day: day, year: nil, fields: fields, entries: []))
    return true
  }

  private func mayReverse(_ money: MovedMoney, on day: Int) -> Bool {
    switch money.type {
    case "disbursement":
      money.distinctLines.allSatisfy { paid.least(on: $0, of: money, from: day) >= money.fen(on: $0) }
    case "commitment": money.contract.flatMap { contracts[$0] }?.isUsed(commitment: money.position) == false
    default: true
    }
  }

  private mutating func takeBack(_ money: MovedMoney, on day: Int) {
    paid.add(money, sign: -1, day: day)
    if let payment = money.payment {
      moved[payment].standingRefunds -= 1
      moved[payment].openFrom = max(moved[payment].openFrom, day)
      for entry in money.entries { moved[payment].refunded[entry.line, default: 0] -= entry.fen }
    }
    guard let contract = money.contract else { return }
    if money.type == "commitment" { contracts[contract]?.remove(commitment: money.position) }
    contracts[contract]?.giveBack(money.takings)
  }

  private mutating func reference(to money: MovedMoney) -> JSONField {
    if let id = money.id, random.chance(percent: 60) { return .text("of", id) }
    return .number("of", money.position)
  }

  /// The index of an event that is not reversed and fits; nil if a few tries find none.
  private mutating func standing(where isFit: (MovedMoney) -> Bool) -> Int? {
    guard !moved.isEmpty else { return nil }
    let tries = (0..<10).map { _ in Int.random(in: moved.indices, using: &random) }
    return tries.first { !moved[$0].isReversed && isFit(moved[$0]) }
  }
}

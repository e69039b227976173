extension RandomHistory {
  /// A small ledger with control on, and attempts to record more.
  ///
  /// One unit, the year 2021, two projects, and four control keys (fund, function, project) with a few thousand yuan
  /// each; every line names its key exactly, and no key lies within another. The setup is valid. An attempt can only be
  /// refused for want of money, whichever of those before it were: what it cites stands in the setup, is reversed once
  /// at most, and is never refunded beyond what the setup paid; a contract of the setup is either released once, within
  /// what the setup leaves outstanding, or paid under, or its commitment is reversed; and no virement needs an approval
  /// that it lacks.
  /// - Returns: the setup, where money events have the ids `setup-N`, and the attempts, with the ids `attempt-N`.
  static func tightAttempts(seed: UInt64, count: Int) -> (setup: [String], attempts: [String]) {
    var writer = TightWriter(seed: seed)
    writer.writeSetup(citable: count / 5 + 12)
    return (writer.setup, (0..<count).map { writer.attempt(number: $0 + 1) })
  }
}

/// An event of the setup that attempts may cite.
struct Citable {
  let id: String
  let day: Int
  let entry: DraftEntry
  /// What later refunds may still give back, in fen; 0 but for payments that are set apart for it.
  var refundable = 0
}

/// A contract of the setup.
struct TightContract {
  let number: String
  let day: Int
  let entry: DraftEntry
  /// What payments of the setup leave of it, in fen.
  var outstanding: Int
}

struct TightWriter {
  static let days = 367...731  // the year 2021
  static let projectNatures = ["TJPX": "project", "KQ": "operating"]
  static let keys = [
    DraftLine(fund: "111", function: "2130501", project: "TJPX"),
    DraftLine(fund: "111", function: "2130502", project: "KQ"),
    DraftLine(fund: "111", function: "2010101"),
    DraftLine(fund: "31", function: "2130599", project: "KQ"),
  ]

  private(set) var setup: [String] = []
  var random: SeededRandom
  private var citableCount = 0
  /// Events that no attempt has tried to reverse so far.
  var reversible: [Citable] = []
  /// Payments that are refunded and never reversed.
  var refundable: [Citable] = []
  /// Contracts of the setup that no attempt has released so far, nor pays under.
  var releasable: [TightContract] = []
  /// Contracts of the setup that are only paid under.
  var payable: [TightContract] = []
  /// What the setup may still spend on each key, so that it stays valid in any order.
  private var spare: [Int] = []
  private(set) var budgets: [Int] = []

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
}

// MARK: - Setup

extension TightWriter {
  /// A supplement, a carry-over, a virement, a contract or a payment; every second payment is set apart for refunds.
  private mutating func putCitable() {
    let index = Int.random(in: Self.keys.indices, using: &random)
    let fen = Int.random(in: 1_000...budgets[index] / 8, using: &random)
    // From the tenth day on, when all budgets are there.
    let day = Int.random(in: Self.days.lowerBound + 10...Self.days.upperBound, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: reversible.append(put("adjustment", on: anyLine(ofKey: index), fen: fen, day: day))
    case 1: reversible.append(putCarryOver(on: anyLine(ofKey: index), fen: fen, day: day))
    case 2: putVirement(from: random.pick([0, 1, 2]), fen: fen, day: day)
    case 3, 4: putContract(onKey: index, fen: fen, day: day)
    default: putPayment(onKey: index, fen: fen, day: day)
    }
  }

  private mutating func putPayment(onKey index: Int, fen: Int, day: Int) {
    let paid = min(fen, spare[index])
    guard paid > 0 else { return }
    spare[index] -= paid
    var payment = put("disbursement", on: anyLine(ofKey: index), fen: paid, day: day)
    if random.chance(percent: 50) { return reversible.append(payment) }
    payment.refundable = paid
    putRefund(of: &payment)
    refundable.append(payment)
  }

  private mutating func putCarryOver(on line: DraftLine, fen: Int, day: Int) -> Citable {
    var line = line
    line.from = 2020
    let kind = random.chance(percent: 30) ? [JSONField.text("kind", "surplus")] : []
    return put("carry-over", on: line, fen: fen, day: day, fields: kind)
  }

  /// Reversing it takes the money away from where it went.
  private mutating func putVirement(from index: Int, fen: Int, day: Int) {
    let moved = min(fen, spare[index])
    guard moved > 0 else { return }
    spare[index] -= moved
    let given = DraftEntry(line: anyLine(ofKey: index), fen: -moved)
    let taken = DraftEntry(line: anyLine(ofKey: random.pick([0, 1, 2])), fen: moved)
    reversible.append(
      put("virement", entries: [given, taken], day: day, fields: [.text("approval", "财预〔2021〕8号")]))
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
    put(type, entries: [DraftEntry(line: stored(line), fen: fen)], day: day, fields: fields)
  }

  private mutating func put(_ type: String, entries: [DraftEntry], day: Int, fields: [JSONField]) -> Citable {
    citableCount += 1
    let id = "setup-\(citableCount)"
    let event = DraftEvent(type: type, day: day, year: 2021, fields: [.text("id", id)] + fields, entries: entries)
    setup.append(event.text(projectNatures: Self.projectNatures, using: &random))
    return Citable(id: id, day: day, entry: entries[0])
  }

  private func stored(_ line: DraftLine) -> DraftLine {
    var line = line
    line.nature = line.defaultNature(projectNatures: Self.projectNatures)
    return line
  }

  mutating func anyLine(ofKey index: Int) -> DraftLine {
    var line = Self.keys[index]
    line.economic = random.pick([nil, "30201", "30217", "31002"])
    return stored(line)
  }

  /// A line that money may be moved to and from without approval: it is neither 基本支出 nor 三公经费.
  mutating func freelyMovedLine(ofKey index: Int) -> DraftLine {
    var line = Self.keys[index]
    line.economic = line.project == nil ? nil : random.pick([nil, "30201", "31002"])
    return stored(line)
  }
}

// MARK: - Contracts of the setup

extension TightWriter {
  private mutating func putContract(onKey index: Int, fen: Int, day: Int) {
    let committed = min(fen, spare[index])
    guard committed > 0 else { return }
    spare[index] -= committed
    let number = "HT-\(citableCount)"
    let commitment = put(
      "commitment", on: anyLine(ofKey: index), fen: committed, day: day, fields: [.text("contract", number)])
    var contract = TightContract(number: number, day: day, entry: commitment.entry, outstanding: committed)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: reversible.append(commitment)
    case 1:
      putPayment(under: &contract, key: index)
      if contract.outstanding > 0 { releasable.append(contract) }
    default:
      if random.chance(percent: 50) { putPayment(under: &contract, key: index) }
      payable.append(contract)
    }
  }

  /// A payment within what is outstanding. Reversing it sets the money aside again, perhaps on another key.
  private mutating func putPayment(under contract: inout TightContract, key: Int) {
    let fen = Int.random(in: 1...contract.outstanding, using: &random)
    let other = Int.random(in: Self.keys.indices, using: &random)
    let isElsewhere = random.chance(percent: 40) && spare[other] >= fen
    let payingKey = isElsewhere ? other : key
    if isElsewhere { spare[other] -= fen }
    let day = min(contract.day + Int.random(in: 0...60, using: &random), Self.days.upperBound)
    contract.outstanding -= fen
    reversible.append(
      put(
        "disbursement", on: anyLine(ofKey: payingKey), fen: fen, day: day,
        fields: [.text("contract", contract.number)]))
  }
}

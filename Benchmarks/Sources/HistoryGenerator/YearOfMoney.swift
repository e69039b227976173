/// A year's money events, in the order in which they are recorded.
///
/// Control would refuse none of them: what is left under each control key is kept, and no rise of a budget, refund or
/// released contract adds to it, so that a payment dated back fits on every day from its date on.
struct YearOfMoney {
  private struct Payment {
    var number: Int
    var line: Int
    /// In fen; 0 where there is none that could be refunded.
    var amount: Int
  }

  private struct Contract {
    var number: Int
    var line: Int
    /// What it still sets aside, in fen.
    var open: Int
  }

  private static let backdated = 0.021
  private static let rememberedPayments = 16
  private static let contractsOfUnit = 4

  private let writer: EventWriter
  private let vocabulary: Vocabulary
  private let contractShare: Double
  private var budget: YearBudget
  private var random: SeededRandom
  private var recent: [Payment]
  private var contracts: [Contract]
  private var today = 0

  init(
    _ budget: YearBudget, _ writer: EventWriter, _ vocabulary: Vocabulary, contractShare: Double, random: SeededRandom
  ) {
    self.budget = budget
    self.writer = writer
    self.vocabulary = vocabulary
    self.contractShare = contractShare
    self.random = random
    let units = budget.ranges.count
    recent = Array(
      repeating: Payment(number: 0, line: 0, amount: 0), count: units * YearOfMoney.rememberedPayments)
    contracts = Array(repeating: Contract(number: 0, line: 0, open: 0), count: units * YearOfMoney.contractsOfUnit)
  }

  mutating func write(events: Int) {
    var written = 0
    for (index, day) in budget.calendar.days.enumerated() {
      today = index
      let isLast = index == budget.calendar.days.count - 1
      let target = isLast ? events : Int(Double(events) * day.reached)
      while written < target {
        writeEvent()
        written += 1
      }
    }
  }

  /// What a unit is, among all, by how many payments it makes: the first makes the most.
  static func share(of unit: Int, among units: Int) -> Double {
    (Double(unit + 1) / Double(units)).squareRoot() - (Double(unit) / Double(units)).squareRoot()
  }

  private mutating func writeEvent() {
    let place = random.fraction()
    let unit = min(Int(place * place * Double(budget.ranges.count)), budget.ranges.count - 1)
    let line = budget.line(of: unit, at: random.fraction())
    switch random.below(1_000) {
    case 0..<930: pay(line)
    case 930..<945: if !refund(line) { pay(line) }
    case 945..<955: if !adjust(line) { plan(line) }
    case 955..<960: if !move(from: line) { plan(line) }
    case 960..<975: receive(line)
    case 975..<980: if !lapse(line) { pay(line) }
    default: plan(line)
    }
  }
}

// MARK: - Spending

extension YearOfMoney {
  private mutating func pay(_ line: Int) {
    if contractShare > 0, random.happens(contractShare) { return payUnderContract(line) }
    let control = budget.lines[line].control
    let left = budget.controlled[control].left
    guard left >= 4 else { return plan(line) }
    let amount = drawAmount(line, atMost: left / 4)
    budget.controlled[control].left -= amount
    budget.controlled[control].paid += amount
    let day = random.happens(YearOfMoney.backdated) ? max(0, today - 1 - random.below(90)) : today
    remember(line, amount)
    spend("disbursement", "JZ", line, amount, day: day)
  }

  private mutating func remember(_ line: Int, _ amount: Int) {
    let slot = budget.lines[line].unit * YearOfMoney.rememberedPayments + random.below(YearOfMoney.rememberedPayments)
    recent[slot] = Payment(number: writer.count + 1, line: line, amount: amount)
  }

  /// Pays under an open contract of the unit, or signs one where it has none.
  private mutating func payUnderContract(_ line: Int) {
    let slot = budget.lines[line].unit * YearOfMoney.contractsOfUnit + random.below(YearOfMoney.contractsOfUnit)
    let contract = contracts[slot]
    guard contract.open > 0 else { return sign(line, slot: slot) }
    let amount = contract.open < 100_00 ? contract.open : drawAmount(contract.line, atMost: contract.open)
    contracts[slot].open -= amount
    budget.controlled[budget.lines[contract.line].control].paid += amount
    spend("disbursement", "JZ", contract.line, amount, day: today, contract: contract.number)
  }

  private mutating func sign(_ line: Int, slot: Int) {
    let control = budget.lines[line].control
    let left = budget.controlled[control].left
    guard left >= 4 else { return plan(line) }
    let amount = min(left / 4, drawAmount(line, atMost: left / 4) * (2 + random.below(8)))
    budget.controlled[control].left -= amount
    contracts[slot] = Contract(number: writer.count + 1, line: line, open: amount)
    spend("commitment", "HT", line, amount, day: today, contract: writer.count + 1)
  }

  /// Pays back part or all of an earlier payment, on today's date: no later one is in the book yet.
  private mutating func refund(_ line: Int) -> Bool {
    if random.happens(0.5) {
      let slot =
        budget.lines[line].unit * YearOfMoney.rememberedPayments + random.below(YearOfMoney.rememberedPayments)
      let payment = recent[slot]
      guard payment.amount > 0 else { return false }
      let paid = budget.controlled[budget.lines[payment.line].control].paid
      let amount = min(random.happens(0.5) ? payment.amount : payment.amount / 2, paid)
      guard amount > 0 else { return false }
      recent[slot].amount = 0
      return giveBack(payment.line, amount, of: payment.number)
    }
    let amount = min(budget.controlled[budget.lines[line].control].paid / 50, Int(budget.lines[line].usualAmount))
    return amount > 0 && giveBack(line, amount, of: nil)
  }

  private mutating func giveBack(_ line: Int, _ amount: Int, of payment: Int?) -> Bool {
    budget.controlled[budget.lines[line].control].paid -= amount
    spend("refund", "TH", line, amount, day: today, of: payment)
    return true
  }

  /// About a usual payment, often a round sum, in fen.
  private mutating func drawAmount(_ line: Int, atMost most: Int) -> Int {
    let fraction = random.fraction()
    let drawn = Int(budget.lines[line].usualAmount * fraction * fraction * 3)
    let step = [1, 1, 1_00, 1_00, 100_00][random.below(5)]
    return max(1, min(most, drawn / step * step))
  }

  private mutating func spend(
    _ type: StaticString, _ prefix: StaticString, _ line: Int, _ amount: Int, day: Int, contract: Int? = nil,
    of payment: Int? = nil
  ) {
    let entry = budget.lines[line]
    begin(amount, prefix, entry, day: day, contract: contract)
    writer.put(vocabulary.memo(entry.kind, month: budget.calendar.days[today].month, &random))
    if let payment {
      writer.put("\",\"of\":\"")
      writer.id(payment, year: budget.year)
    }
    writer.put("\",\"payee\":\"")
    writer.put(vocabulary.payee(entry.kind, &random))
    writer.put("\"")
    writer.put(entry.purpose)
    end(type, entry)
  }

  /// What every flat event has up to the text of `memo`.
  private func begin(_ amount: Int, _ prefix: StaticString, _ entry: BudgetedLine, day: Int, contract: Int? = nil) {
    writer.start()
    writer.amount(amount)
    if let contract { writer.contract(contract, year: budget.year) }
    writer.put("\",")
    writer.date(budget.calendar.days[day].text)
    writer.document(prefix)
    writer.put("\",")
    writer.put(entry.codes)
    writer.put(",\"id\":\"")
    writer.id(writer.count, year: budget.year)
    writer.put("\",\"memo\":\"")
  }

  private func end(_ type: StaticString, _ entry: BudgetedLine) {
    writer.put(",\"type\":\"")
    writer.put(type)
    writer.put(budget.endings[entry.unit])
  }
}

// MARK: - Budget and income

extension YearOfMoney {
  /// 追加 or, of what is left, 追减.
  private mutating func adjust(_ line: Int) -> Bool {
    let entry = budget.lines[line]
    var amount = max(100_00, drawAmount(line, atMost: .max) / 100_00 * 100_00)
    if random.happens(0.4) {
      amount = -min(amount, budget.controlled[entry.control].left / 20)
      guard amount < 0 else { return false }
      budget.controlled[entry.control].left += amount
    }
    begin(amount, "示财追", entry, day: today)
    writer.put(amount < 0 ? "追减预算\"" : "追加预算\"")
    writer.put(entry.project)
    if random.happens(0.2) { writer.put(",\"reason\":\"superior\"") }
    end("adjustment", entry)
    return true
  }

  /// 调剂 to another line of the same unit and kind.
  private mutating func move(from line: Int) -> Bool {
    let entry = budget.lines[line]
    guard entry.mayPass else { return false }
    guard let gaining = lineToRaise(besides: line) else { return false }
    let amount = min(drawAmount(line, atMost: .max), budget.controlled[entry.control].left / 20)
    guard amount > 0 else { return false }
    budget.controlled[entry.control].left -= amount
    writer.start()
    writer.date(budget.calendar.days[today].text)
    writer.document("示财调")
    writer.put("\",\"id\":\"")
    writer.id(writer.count, year: budget.year)
    writer.put("\",\"lines\":[{")
    put(-amount, on: entry)
    writer.put("},{")
    put(amount, on: gaining)
    writer.put("}],\"memo\":\"预算调剂\"")
    end("virement", entry)
    return true
  }

  /// Another line of the same unit and kind, looked for from a random one on.
  private mutating func lineToRaise(besides line: Int) -> BudgetedLine? {
    let range = budget.ranges[budget.lines[line].unit]
    let start = random.below(range.count)
    for step in 0..<range.count {
      let other = range.lowerBound + (start + step) % range.count
      let gaining = budget.lines[other]
      if other != line, gaining.kind == budget.lines[line].kind, gaining.mayRise { return gaining }
    }
    return nil
  }

  private func put(_ amount: Int, on entry: BudgetedLine) {
    writer.amount(amount)
    writer.put("\",")
    writer.put(entry.codes)
    writer.put(entry.project)
  }

  /// Income of a unit with other money, or treasury money that arrived.
  private mutating func receive(_ line: Int) {
    let entry = budget.lines[line]
    begin(drawAmount(line, atMost: .max) * 3, "SR", entry, day: today)
    writer.put(entry.kind == .other ? "收到收入\",\"payee\":\"" : "财政拨款到位\",\"payee\":\"")
    writer.put(vocabulary.finance)
    writer.put("\"")
    writer.put(entry.project)
    end("receipt", entry)
  }

  private mutating func plan(_ line: Int) {
    let entry = budget.lines[line]
    begin(drawAmount(line, atMost: .max) * 5, "JH", entry, day: today)
    writer.put("用款计划\"")
    writer.put(entry.project)
    end("plan", entry)
  }

  /// 年终收回 of a part of what is left, in December only.
  private mutating func lapse(_ line: Int) -> Bool {
    let entry = budget.lines[line]
    let amount = budget.controlled[entry.control].left / 50
    guard budget.calendar.days[today].month == 12, amount > 0 else { return false }
    budget.controlled[entry.control].left -= amount
    begin(amount, "示财收", entry, day: today)
    writer.put("年终收回\"")
    writer.put(entry.project)
    end("lapse", entry)
    return true
  }
}

/// 结余 of one line that nothing but conversions lowers.
struct StandingSurplus {
  let unit: String
  let year: Int
  let day: Int
  let line: DraftLine
  var left: Int
}

extension HistoryWriter {
  mutating func moveMoney() {
    switch Int.random(in: 0..<1000, using: &random) {
    case ..<150: pay()
    case ..<240: move("appropriation")
    case ..<320: adjust()
    case ..<410: carryOver()
    case ..<465: move("receipt", negative: 10)
    case ..<515: virement()
    case ..<610: moveOutsideTheBudget()
    case ..<690: commit()
    case ..<760: payUnderContract()
    case ..<800: if !release() { commit() }
    case ..<830: move("lapse")
    case ..<855: moveSurplus()
    case ..<915: if !refund() { pay() }
    case ..<980: if !reverse() { payUnderContract() }
    case ..<990: setBasis()
    case ..<994: renameCode()
    case ..<997: stateIndicator()
    default: finishProject()
    }
  }

  private mutating func pay() {
    let payee = random.chance(percent: 20) ? [JSONField.text("payee", "某某公司")] : []
    move("disbursement", fields: payee)
  }

  private mutating func adjust() {
    let reason = random.pick([nil, "supplement", "other", "superior", "policy", "force-majeure", "allotment"])
    move("adjustment", negative: 35, fields: reason.map { [.text("reason", $0)] } ?? [])
  }

  /// Events that change no budget.
  private mutating func moveOutsideTheBudget() {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: move("cap", negative: 25)
    case 1: move("plan", negative: 20)
    case 2: move("revenue-budget", negative: 20)
    default: move("collection", negative: 15)
    }
  }

  /// - Parameter negative: percent of the lines that are below zero.
  private mutating func move(_ type: String, negative: Int = 0, fields: [JSONField] = []) {
    let (day, year) = nextDayAndYear()
    let entries = entries(type: type, day: day, year: year, negative: negative)
    record(type, day: day, unit: random.pick(units), year: year, entries: entries, fields: fields)
  }

  /// Moves this year's money of one fund between lines; the first gives what the others get.
  private mutating func virement() {
    let (day, year) = nextDayAndYear()
    let approval = random.chance(percent: 80) ? [JSONField.text("approval", "财预〔\(year)〕调\(day)号")] : []
    let entries = balancedEntries(type: "virement", day: day, year: year)
    record("virement", day: day, unit: random.pick(units), year: year, entries: entries, fields: approval)
  }

  private mutating func balancedEntries(type: String, day: Int, year: Int) -> [DraftEntry] {
    let fund = random.pick(Self.funds)
    var entries = (0..<Int.random(in: 2...4, using: &random)).map { _ in
      entry(type: type, day: day, year: year, fund: fund, negative: 0)
    }
    entries[0].fen = -entries.dropFirst().map(\.fen).reduce(0, +)
    return entries
  }
}

// MARK: - Carried money

extension HistoryWriter {
  private mutating func carryOver() {
    if random.chance(percent: 12) { return putConvertible() }
    if random.chance(percent: 12), convert() { return }
    let kind = random.pick([[], [], [JSONField.text("kind", "continuing")], [.text("kind", "surplus")]])
    if random.chance(percent: 15) { return carryOverInternally(kind: kind) }
    let (reason, negative) = random.pick([
      (nil, 35), ("opening", 35), ("correction", 35), ("recovered", 0), ("pooled-in", 0), ("pooled-out", 100),
      ("returned", 100),
    ])
    move("carry-over", negative: negative, fields: kind + (reason.map { [.text("reason", $0)] } ?? []))
  }

  /// Moves carried money of one fund between lines; the first gives what the others get.
  private mutating func carryOverInternally(kind: [JSONField]) {
    let (day, year) = nextDayAndYear()
    let entries = balancedEntries(type: "carry-over", day: day, year: year)
    let fields = kind + [.text("reason", "internal")]
    record("carry-over", day: day, unit: random.pick(units), year: year, entries: entries, fields: fields)
  }

  /// 结余 of a fund that nothing else uses, so that what stands of it is known at any date.
  private mutating func putConvertible() {
    let (day, year) = nextDayAndYear()
    let line = convertibleLine(functions: ["2130501", "2130502"], day: day, year: year)
    let surplus = StandingSurplus(unit: random.pick(units), year: year, day: day, line: line, left: anyAmount())
    convertible.append(surplus)
    let entries = [DraftEntry(line: line, fen: surplus.left)]
    recordForGood(
      "carry-over", day: day, unit: surplus.unit, year: year, entries: entries, fields: [.text("kind", "surplus")])
  }

  /// Turns some of that 结余 into 结转 of a line that does not cover it, by an approval.
  /// - Returns: false when none stands.
  private mutating func convert() -> Bool {
    guard let index = convertible.indices.randomElement(using: &random), convertible[index].left > 0 else {
      return false
    }
    let surplus = convertible[index]
    let day = min(surplus.day + Int.random(in: 0...120, using: &random), Self.days.upperBound)
    let fen = random.chance(percent: 40) ? surplus.left : Int.random(in: 1...surplus.left, using: &random)
    convertible[index].left -= fen
    var line = convertibleLine(functions: ["2010101", "2082201"], day: day, year: surplus.year)
    line.from = surplus.line.from
    let entries = [DraftEntry(line: surplus.line, fen: -fen), DraftEntry(line: line, fen: fen)]
    let kind = random.chance(percent: 50) ? [JSONField.text("kind", "continuing")] : []
    let fields = kind + [.text("reason", "internal"), .text("approval", "财预〔2021〕结余\(day)号")]
    recordForGood(
      "carry-over", day: day, unit: surplus.unit, year: surplus.year, entries: entries.shuffled(using: &random),
      fields: fields)
    return true
  }

  private mutating func convertibleLine(functions: [String], day: Int, year: Int) -> DraftLine {
    var line = DraftLine(fund: "113", function: random.pick(functions), economic: random.pick([nil, "30201", "301"]))
    line.nature = line.defaultNature(projectNatures: projectNatures(on: day))
    line.from = source(type: "carry-over", year: year)
    return line
  }

  /// 使用非财政拨款结余 and 结余分配, of funds that no policy has taken off the receipts basis.
  private mutating func moveSurplus() {
    let funds = ["2", "31"].filter { !fundsWithBasis.contains($0) }
    guard !funds.isEmpty else { return pay() }
    let (day, year) = nextDayAndYear()
    let type = random.pick(["surplus-use", "surplus-allocation"])
    let entries = [entry(type: type, day: day, year: year, fund: random.pick(funds), negative: 0)]
    record(type, day: day, unit: random.pick(units), year: year, entries: entries)
  }
}

// MARK: - Recording

extension HistoryWriter {
  /// - Parameter contract: of a commitment, which adds to it, or of a payment, which takes from it.
  mutating func record(
    _ type: String, day: Int, unit: String, year: Int, entries: [DraftEntry], fields: [JSONField] = [],
    payment: Int? = nil, contract: DraftContract? = nil, takings: [SlowContract<DraftLine>.Taking] = []
  ) {
    let id = identity()
    let money = MovedMoney(
      position: journal.count + 1, id: id, type: type, unit: unit, year: year, entries: entries, payment: payment,
      contract: contract, takings: takings, openFrom: day)
    moved.append(money)
    paid.add(money, sign: 1, day: day)
    if let payment {
      moved[payment].standingRefunds += 1
      for entry in entries { moved[payment].refunded[entry.line, default: 0] += entry.fen }
    }
    write(type, day: day, unit: unit, year: year, entries: entries, fields: fields, id: id)
  }

  /// Records what no later event reverses.
  private mutating func recordForGood(
    _ type: String, day: Int, unit: String, year: Int, entries: [DraftEntry], fields: [JSONField]
  ) {
    write(type, day: day, unit: unit, year: year, entries: entries, fields: fields, id: identity())
  }

  private mutating func write(
    _ type: String, day: Int, unit: String, year: Int, entries: [DraftEntry], fields: [JSONField], id: String?
  ) {
    var all = fields + remarks()
    if units.count > 1 || random.chance(percent: 50) { all.append(.text("unit", unit)) }
    if let id { all.append(.text("id", id)) }
    append(DraftEvent(type: type, day: day, year: year, fields: all, entries: entries))
    lastDay = day
  }

  /// An id for the next event, for some of them.
  mutating func identity() -> String? {
    let position = journal.count + 1
    return random.pick([nil, nil, nil, "e\(position)", "凭证-\(position)"])
  }

  mutating func remarks() -> [JSONField] {
    let remarks = [("doc", "财预〔2020〕\(journal.count)号"), ("memo", "摘要 \(journal.count)"), ("by", "经办")]
    return random.chance(percent: 15) ? [random.pick(remarks)].map { .text($0.0, $0.1) } : []
  }
}

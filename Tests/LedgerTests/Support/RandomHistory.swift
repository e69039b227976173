/// A small random generator (splitmix64): the same seed gives the same numbers everywhere.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// - Precondition: there is something to pick from.
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &self)]
  }
}

/// Random histories of a small ledger, as journal lines.
struct RandomHistory {
  /// A valid journal of exactly `events` lines for two units over 2020 to 2022, with control off.
  ///
  /// First come the policy, a unit and some projects; the second unit, another project and a project declared again
  /// with another nature come later, among the money. Few events (under 20) may end before those.
  static func journal(seed: UInt64, events: Int) -> [String] {
    var writer = HistoryWriter(seed: seed, events: events)
    return writer.write()
  }
}

/// A project as declared: from `day` on it has this nature.
private struct DeclaredProject {
  let code: String
  let day: Int
  let nature: String
}

private struct HistoryWriter {
  private static let days = 1...1096  // 2020-01-01 to 2022-12-31
  private static let natures = ["personnel", "public", "project", "operating", "targeted"]

  private let events: Int
  private var random: SeededRandom
  private var journal: [String] = []
  private var lastDay = days.lowerBound
  private var units: [String] = []
  private var projects: [DeclaredProject] = []
  private var moved: [MovedMoney] = []
  private var paid = NetPaid()
  /// Lines used before; used again often, so that sums have several terms.
  private var usualLines: [DraftLine] = []

  init(seed: UInt64, events: Int) {
    self.events = events
    random = SeededRandom(seed: seed)
  }

  mutating func write() -> [String] {
    journal.append(#"{"type":"policy","date":"2019-12-31","control":"off"}"#)
    declareUnit()
    for _ in 0..<Int.random(in: 2...4, using: &random) { declareProject(day: 0) }
    let secondUnit = journal.count + Int.random(in: 2...6, using: &random)
    let lateProject = secondUnit + 1
    let changedProject = max(secondUnit + 2, events / 2)
    while journal.count < events {
      switch journal.count {
      case secondUnit: declareUnit()
      case lateProject: declareProject(day: 1)
      case changedProject: changeProject()
      default: moveMoney()
      }
    }
    return Array(journal.prefix(events))
  }
}

// MARK: - Declarations

extension HistoryWriter {
  private mutating func declareUnit() {
    let code = ["101001", "101002"][units.count]
    var fields = [JSONField.text("unit", code), .text("name", "第\(units.count + 1)单位")]
    if let parent = units.first { fields += [.text("parent", parent), .text("kind", "institution")] }
    append(DraftEvent(type: "unit", day: 0, year: nil, fields: fields, entries: []))
    units.append(code)
  }

  private mutating func declareProject(day: Int) {
    let code = ["KQ", "TJPX", "扶贫-01", "2021A", "YX"][projects.count]
    declare(DeclaredProject(code: code, day: day, nature: random.pick(Self.natures)))
  }

  /// Another nature for a project from the current day on, or from some time before.
  private mutating func changeProject() {
    let old = projects[0]
    let day = max(Self.days.lowerBound, onTime - Int.random(in: 0...120, using: &random))
    let nature = random.pick(Self.natures.filter { $0 != old.nature })
    declare(DeclaredProject(code: old.code, day: day, nature: nature))
  }

  private mutating func declare(_ project: DeclaredProject) {
    let name = "项目\(project.code)"
    let fields = [JSONField.text("project", project.code), .text("name", name), .text("nature", project.nature)]
    let optional = random.pick([[], [JSONField(name: "key", json: "true")], [.text("status", "active")]])
    append(DraftEvent(type: "project", day: project.day, year: nil, fields: fields + optional, entries: []))
    projects.append(project)
  }

  /// A name that the code has anyway, so nothing else changes.
  private mutating func renameCode() {
    let (scheme, code, name) = random.pick([
      ("function", "2130502", "一般行政管理事务"), ("economic", "30201", "办公费"), ("function", "2082201", "移民补助"),
    ])
    let fields = [JSONField.text("scheme", scheme), .text("code", code), .text("name", name)]
    append(DraftEvent(type: "code", day: nextDay(), year: nil, fields: fields, entries: []))
  }

  private func projectNatures(on day: Int) -> [String: String] {
    Dictionary(projects.filter { $0.day <= day }.map { ($0.code, $0.nature) }) { _, later in later }
  }

  private mutating func append(_ event: DraftEvent) {
    journal.append(event.text(projectNatures: projectNatures(on: event.day), using: &random))
  }
}

// MARK: - Money

extension HistoryWriter {
  private mutating func moveMoney() {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<34: pay()
    case ..<48: move("appropriation")
    case ..<61: adjust()
    case ..<73: carryOver()
    case ..<82: move("receipt", negative: 10)
    case ..<91: if !refund() { pay() }
    case ..<99: if !reverse() { pay() }
    default: renameCode()
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

  private mutating func carryOver() {
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
    let fund = random.pick(Self.funds)
    var entries = (0..<Int.random(in: 2...4, using: &random)).map { _ in
      entry(type: "carry-over", day: day, year: year, fund: fund, negative: 0)
    }
    entries[0].fen = -entries.dropFirst().map(\.fen).reduce(0, +)
    let fields = kind + [.text("reason", "internal")]
    record("carry-over", day: day, unit: random.pick(units), year: year, entries: entries, fields: fields)
  }

  /// - Parameter negative: percent of the lines that are below zero.
  private mutating func move(_ type: String, negative: Int = 0, fields: [JSONField] = []) {
    let (day, year) = nextDayAndYear()
    let count = random.chance(percent: 25) ? Int.random(in: 2...4, using: &random) : 1
    let entries = (0..<count).map { _ in entry(type: type, day: day, year: year, fund: nil, negative: negative) }
    record(type, day: day, unit: random.pick(units), year: year, entries: entries, fields: fields)
  }

  /// Gives back part of a payment, or all, citing it or not; where several payments stand on its line, perhaps more.
  private mutating func refund() -> Bool {
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

  private mutating func reverse() -> Bool {
    guard let index = standing(where: { $0.standingRefunds == 0 }) else { return false }
    let money = moved[index]
    let wait = random.chance(percent: 30) ? 0 : Int.random(in: 0...90, using: &random)
    let day = min(money.openFrom + wait, Self.days.upperBound)
    if money.type == "disbursement" {
      let isCovered = money.distinctLines.allSatisfy { line in
        paid.least(on: line, of: money, from: day) >= money.fen(on: line)
      }
      guard isCovered else { return false }
    }
    moved[index].isReversed = true
    paid.add(money, sign: -1, day: day)
    if let payment = money.payment {
      moved[payment].standingRefunds -= 1
      moved[payment].openFrom = max(moved[payment].openFrom, day)
      for entry in money.entries { moved[payment].refunded[entry.line, default: 0] -= entry.fen }
    }
    var fields = [reference(to: money)] + remarks()
    if let id = identity() { fields.append(.text("id", id)) }
    append(DraftEvent(type: "reversal", day: day, year: nil, fields: fields, entries: []))
    return true
  }
}

// MARK: - Recording

extension HistoryWriter {
  private mutating func record(
    _ type: String, day: Int, unit: String, year: Int, entries: [DraftEntry], fields: [JSONField], payment: Int? = nil
  ) {
    let id = identity()
    let money = MovedMoney(
      position: journal.count + 1, id: id, type: type, unit: unit, year: year, entries: entries, payment: payment,
      openFrom: day)
    moved.append(money)
    paid.add(money, sign: 1, day: day)
    if let payment {
      moved[payment].standingRefunds += 1
      for entry in entries { moved[payment].refunded[entry.line, default: 0] += entry.fen }
    }
    var all = fields + remarks()
    if units.count > 1 || random.chance(percent: 50) { all.append(.text("unit", unit)) }
    if let id { all.append(.text("id", id)) }
    append(DraftEvent(type: type, day: day, year: year, fields: all, entries: entries))
    lastDay = day
  }

  /// An id for the next event, for some of them.
  private mutating func identity() -> String? {
    let position = journal.count + 1
    return random.pick([nil, nil, nil, "e\(position)", "凭证-\(position)"])
  }

  private mutating func remarks() -> [JSONField] {
    let remarks = [("doc", "财预〔2020〕\(journal.count)号"), ("memo", "摘要 \(journal.count)"), ("by", "经办")]
    return random.chance(percent: 15) ? [random.pick(remarks)].map { .text($0.0, $0.1) } : []
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

  /// The day on which the next event happens if it is not recorded late.
  private var onTime: Int { Self.days.lowerBound + (Self.days.count - 1) * journal.count / max(events, 1) }

  /// Mostly in order; a fifth on the day of the event before, a fifth backdated.
  private mutating func nextDay() -> Int {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: lastDay
    case 1: max(Self.days.lowerBound, onTime - Int.random(in: 1...200, using: &random))
    default: onTime
    }
  }

  /// The budget year is that of the day, or sometimes one beside it.
  private mutating func nextDayAndYear() -> (day: Int, year: Int) {
    let day = nextDay()
    let years = 2020...2022
    let year = years.first { DraftEvent.date(day).hasPrefix(String($0)) } ?? years.lowerBound
    guard random.chance(percent: 10) else { return (day, year) }
    return (day, random.pick([year - 1, year + 1].filter(years.contains)))
  }
}

// MARK: - Lines and amounts

extension HistoryWriter {
  private static let funds = ["111", "121", "13", "2", "31"]
  private static let functions = [
    "213", "21305", "2130501", "2130502", "2130599", "208", "20822", "2082201", "201", "2010101",
  ]
  private static let economics = ["301", "30101", "302", "30201", "30217", "303", "310", "31002"]
  private static let governments = ["501", "50101", "502", "50201"]

  private mutating func entry(type: String, day: Int, year: Int, fund: String?, negative: Int) -> DraftEntry {
    var line = anyLine()
    line.fund = fund ?? line.fund
    line.nature = line.defaultNature(projectNatures: projectNatures(on: day))
    if random.chance(percent: 25) { line.nature = ownNature(on: line) }
    line.from = source(type: type, year: year)
    let size = anyAmount()
    return DraftEntry(line: line, fen: random.chance(percent: negative) ? -size : size)
  }

  /// A line without `nature` and `from`, often one used before.
  private mutating func anyLine() -> DraftLine {
    if !usualLines.isEmpty, random.chance(percent: 65) { return random.pick(usualLines) }
    let line = DraftLine(
      fund: random.pick(["111", "111", "111"] + Self.funds),
      function: random.chance(percent: 90) ? random.pick(Self.functions) : nil,
      economic: random.chance(percent: 65) ? random.pick(Self.economics) : nil,
      government: random.chance(percent: 15) ? random.pick(Self.governments) : nil,
      project: random.chance(percent: 60) ? random.pick(projects).code : nil,
      procurement: random.chance(percent: 15) ? random.pick(["goods", "works", "services"]) : nil)
    if usualLines.count == 15 { usualLines.remove(at: Int.random(in: 0..<15, using: &random)) }
    usualLines.append(line)
    return line
  }

  /// A nature that is stored as it is written: `basic` is not, beside an economic code.
  private mutating func ownNature(on line: DraftLine) -> String {
    let basic = line.economic == nil ? ["basic"] : []
    return random.pick(Self.natures + ["business", "remit", "subsidy"] + basic)
  }

  private mutating func source(type: String, year: Int) -> Int? {
    switch type {
    case "carry-over": year - random.pick([1, 1, 1, 2, 3])
    case "appropriation": random.pick([nil, nil, nil, year - 1, year - 2])
    case "disbursement": random.pick([nil, nil, nil, nil, year, year - 1, year - 2])
    default: nil
    }
  }

  /// In fen, above zero: whole hundreds of yuan, whole 万元, or anything.
  private mutating func anyAmount() -> Int {
    switch Int.random(in: 0..<10, using: &random) {
    case ..<5: Int.random(in: 1...900, using: &random) * 10_000
    case ..<7: Int.random(in: 1...300, using: &random) * 1_000_000
    default: Int.random(in: 1...99_999_999, using: &random)
    }
  }
}

extension HistoryWriter {
  static let funds = ["111", "121", "13", "2", "31"]
  private static let functions = [
    "213", "21305", "2130501", "2130502", "2130599", "208", "20822", "2082201", "201", "2010101",
  ]
  private static let economics = ["301", "30101", "302", "30201", "30217", "303", "310", "31002"]
  private static let governments = ["501", "50101", "502", "50201"]
  private static let procurements = ["goods", "works", "services"]

  /// One line mostly, else two to four.
  mutating func entries(type: String, day: Int, year: Int, negative: Int) -> [DraftEntry] {
    let count = random.chance(percent: 25) ? Int.random(in: 2...4, using: &random) : 1
    return (0..<count).map { _ in entry(type: type, day: day, year: year, fund: nil, negative: negative) }
  }

  mutating func entry(type: String, day: Int, year: Int, fund: String?, negative: Int) -> DraftEntry {
    let size = anyAmount()
    let fen = random.chance(percent: negative) ? -size : size
    if let category = category(type: type) { return DraftEntry(line: DraftLine(category: category), fen: fen) }
    var line = anyLine()
    line.fund = fund ?? line.fund
    if type == "cap", line.economic == nil, line.procurement == nil {
      if random.chance(percent: 50) { line.economic = random.pick(Self.economics) }
      if line.economic == nil { line.procurement = random.pick(Self.procurements) }
    }
    line.nature = line.defaultNature(projectNatures: projectNatures(on: day))
    if random.chance(percent: 25) { line.nature = ownNature(on: line) }
    line.from = source(type: type, year: year)
    return DraftEntry(line: line, fen: fen)
  }

  /// In place of a fund: always on a collection, sometimes on a revenue budget.
  private mutating func category(type: String) -> String? {
    guard type == "collection" || (type == "revenue-budget" && random.chance(percent: 35)) else { return nil }
    return random.pick(["tax", "non-tax"])
  }

  /// A line without `nature` and `from`, often one used before.
  private mutating func anyLine() -> DraftLine {
    if !usualLines.isEmpty, random.chance(percent: 65) { return random.pick(usualLines) }
    let line = DraftLine(
      fund: random.pick(["111", "111", "111"] + Self.funds),
      function: random.chance(percent: 90) ? random.pick(Self.functions) : nil,
      economic: random.chance(percent: 65) ? random.pick(Self.economics) : nil,
      government: random.chance(percent: 15) ? random.pick(Self.governments) : nil,
      project: random.chance(percent: 60) ? random.pick(projectCodes) : nil,
      procurement: random.chance(percent: 15) ? random.pick(Self.procurements) : nil)
    if usualLines.count == 15 { usualLines.remove(at: Int.random(in: 0..<15, using: &random)) }
    usualLines.append(line)
    return line
  }

  /// A nature that is stored as it is written: `basic` is not, beside an economic code.
  private mutating func ownNature(on line: DraftLine) -> String {
    let basic = line.economic == nil ? ["basic"] : []
    return random.pick(Self.natures + ["business", "remit", "subsidy"] + basic)
  }

  mutating func source(type: String, year: Int) -> Int? {
    switch type {
    case "carry-over": year - random.pick([1, 1, 1, 2, 3])
    case "appropriation": random.pick([nil, nil, nil, year - 1, year - 2])
    case "commitment", "disbursement": random.pick([nil, nil, nil, nil, year, year - 1, year - 2])
    default: nil
    }
  }

  /// In fen, above zero: whole hundreds of yuan, whole 万元, or anything.
  mutating func anyAmount() -> Int {
    switch Int.random(in: 0..<10, using: &random) {
    case ..<5: Int.random(in: 1...900, using: &random) * 10_000
    case ..<7: Int.random(in: 1...300, using: &random) * 1_000_000
    default: Int.random(in: 1...99_999_999, using: &random)
    }
  }
}

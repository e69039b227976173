import Foundation

extension SlowModel {
  /// Reads events one after the other, filling in defaults from what has been declared so far.
  struct Reader {
    private struct ContractKey: Hashable {
      let unit: String
      let number: String
    }

    private(set) var movements: [Movement] = []
    private(set) var policies: [Policy] = []
    private(set) var projects: [DeclaredProject] = []
    private var position = 0
    private var positionByID: [String: Int] = [:]
    private var units: [String] = []
    private var addedFundNames: [(name: String, code: String, year: Int)] = []
    private var contracts: [ContractKey: SlowContract<Line>] = [:]
    /// The contract of each commitment, by position.
    private var committed: [Int: ContractKey] = [:]
    /// What each release and each payment under a contract took, by position.
    private var taken: [Int: (contract: ContractKey, takings: [SlowContract<Line>.Taking])] = [:]

    mutating func read(_ text: String) {
      let event = Fields(text)
      position += 1
      if let id = event.text("id") { positionByID[id] = position }
      switch event.required("type") {
      case "unit": units.append(event.required("unit"))
      case "project": readProject(event)
      case "code": readCode(event)
      case "policy": readPolicy(event)
      case "assertion", "indicator", "close": break  // none of them moves money
      case "commitment": readCommitment(event)
      case "release": readRelease(event)
      case "reversal": reverse(event)
      case let type:
        movements += event.lines.map { movement(type: type, of: $0) }
        if type == "disbursement", event.text("contract") != nil { settle(event) }
      }
    }
  }
}

// MARK: - Declarations

extension SlowModel.Reader {
  private mutating func readCode(_ event: SlowModel.Fields) {
    guard event.text("scheme") == "fund" else { return }
    addedFundNames.append((event.required("name"), event.required("code"), year(of: event)))
  }

  private mutating func readProject(_ event: SlowModel.Fields) {
    let project = SlowModel.DeclaredProject(
      position: position, date: event.required("date"), code: event.required("project"),
      nature: event.required("nature"), isFinished: event.text("status") == "finished")
    projects.append(project)
  }

  private mutating func readPolicy(_ event: SlowModel.Fields) {
    let basis = (event.values["basis"] as? [String: String] ?? [:]).mapValues { name in
      guard let basis = SlowModel.Basis(rawValue: name) else { preconditionFailure("no basis \(name)") }
      return basis
    }
    let date = event.required("date")
    policies.append(SlowModel.Policy(position: position, date: date, unit: event.text("unit"), basis: basis))
  }
}

// MARK: - Contracts

extension SlowModel.Reader {
  private mutating func readCommitment(_ event: SlowModel.Fields) {
    let key = contractKey(of: event)
    committed[position] = key
    let made = event.lines.map { movement(type: "commitment", of: $0) }
    for movement in made {
      let fen = movement.sums["committed", default: 0]
      contracts[key, default: SlowContract()].add(commitment: position, line: movement.line, fen: fen)
    }
    movements += made
  }

  private mutating func readRelease(_ event: SlowModel.Fields) {
    let fen = SlowModel.fen(event.required("amount"))
    let outstanding = contracts[contractKey(of: event)]?.outstanding ?? 0
    precondition(fen <= outstanding, "a release of \(fen) with \(outstanding) outstanding: \(event.values)")
    take(fen, by: event, measures: Self.isOfClose(event) ? ["committed"] : ["contracted", "committed"])
  }

  /// A stated `settled` is believed as far as there is something outstanding.
  private mutating func settle(_ event: SlowModel.Fields) {
    let paid = event.lines.map { SlowModel.fen($0.required("amount")) }.reduce(0, +)
    take(event.text("settled").map(SlowModel.fen) ?? paid, by: event, measures: ["committed"])
  }

  private mutating func take(_ fen: Int, by event: SlowModel.Fields, measures: [String]) {
    let key = contractKey(of: event)
    guard var contract = contracts[key] else { return }
    let takings = contract.take(fen)
    contracts[key] = contract
    taken[position] = (key, takings)
    for taking in takings {
      let sums = Dictionary(uniqueKeysWithValues: measures.map { ($0, -taking.fen) })
      let line = contract.portions[taking.portion].line
      movements.append(
        SlowModel.Movement(position: position, date: event.required("date"), line: line, sums: sums))
    }
  }

  private func contractKey(of event: SlowModel.Fields) -> ContractKey {
    ContractKey(unit: unit(of: event), number: event.required("contract"))
  }

  /// Whether the close of a year wrote it: what it releases and makes again was signed once.
  private static func isOfClose(_ event: SlowModel.Fields) -> Bool {
    event.text("id")?.prefixMatch(of: /close-[0-9]{4}-/) != nil
  }

  /// The target's own effect with the sign turned, on the reversal's date.
  private mutating func reverse(_ event: SlowModel.Fields) {
    let target = event.number("of") ?? event.text("of").flatMap { positionByID[$0] }
    let reversed = movements.filter { $0.position == target }
    guard let target, !reversed.isEmpty else { preconditionFailure("a reversal of no money: \(event.values)") }
    movements += reversed.map { $0.reversed(position: position, date: event.required("date")) }
    if let (key, takings) = taken[target] { contracts[key]?.giveBack(takings) }
    if let key = committed[target] { contracts[key]?.remove(commitment: target) }
  }
}

// MARK: - Money

extension SlowModel.Reader {
  private func movement(type: String, of fields: SlowModel.Fields) -> SlowModel.Movement {
    let line = line(type: type, of: fields)
    let fen = SlowModel.fen(fields.required("amount"))
    return SlowModel.Movement(
      position: position, date: fields.required("date"), line: line,
      sums: Self.sums(type: type, of: fields, line: line, fen: fen),
      counted: Self.counted(type: type, of: fields, fen: fen),
      isOpening: type == "carry-over" && (fields.text("reason") ?? "opening") == "opening")
  }

  private static func counted(type: String, of fields: SlowModel.Fields, fen: Int) -> Int {
    switch type {
    case "adjustment": ["supplement", "other"].contains(fields.text("reason") ?? "supplement") ? abs(fen) : 0
    case "virement": max(fen, 0)
    default: 0
    }
  }

  private static func sums(
    type: String, of fields: SlowModel.Fields, line: SlowModel.Line, fen: Int
  ) -> [String: Int] {
    switch type {
    case "appropriation": ["appropriated": fen, "foreseen": line.from.map { $0 < line.year } ?? false ? fen : 0]
    case "adjustment", "virement": ["adjusted": fen]
    case "carry-over": carriedSums(of: fields, fen: fen)
    case "cap": ["capped": fen]
    case "plan": ["planned": fen]
    case "receipt": ["received": fen]
    case "revenue-budget": ["estimated": fen]
    case "collection": ["collected": fen]
    case "commitment": isOfClose(fields) ? ["committed": fen] : ["contracted": fen, "committed": fen]
    case "disbursement": ["disbursed": fen]
    case "refund": ["disbursed": -fen]
    case "lapse": ["lapsed": fen]
    case "surplus-use": ["surplusUsed": fen]
    case "surplus-allocation": ["allocated": fen]
    default: preconditionFailure("the slow model has no \(type)")
    }
  }

  /// An approved `internal` of kind continuing takes its negative lines out of surplus.
  private static func carriedSums(of fields: SlowModel.Fields, fen: Int) -> [String: Int] {
    let reason = fields.text("reason") ?? "opening"
    let converts = reason == "internal" && fields.text("approval") != nil
    let isSurplus = fields.text("kind") == "surplus" || (converts && fen < 0)
    let adjustsOpening = !["opening", "internal"].contains(reason)
    return ["carriedIn": fen, "surplusIn": isSurplus ? fen : 0, "openingAdjusted": adjustsOpening ? fen : 0]
  }
}

// MARK: - Defaults and spellings

extension SlowModel.Reader {
  private func line(type: String, of fields: SlowModel.Fields) -> SlowModel.Line {
    let year = year(of: fields)
    let project = fields.text("project")
    let category = fields.text("category")
    let projectNature = project.flatMap { nature(ofProject: $0, on: fields.required("date")) }
    return SlowModel.Line(
      unit: unit(of: fields), year: year, fund: category == nil ? fundCode(fields.required("fund"), year: year) : "",
      function: fields.text("function"), economic: fields.text("economic"), government: fields.text("government"),
      project: project,
      nature: SlowModel.storedNature(
        own: fields.text("nature"), projectNature: projectNature, economic: fields.text("economic"), project: project),
      procurement: fields.text("procurement"), from: source(type: type, of: fields, year: year), category: category)
  }

  private func unit(of fields: SlowModel.Fields) -> String {
    guard let unit = fields.text("unit") ?? (units.count == 1 ? units[0] : nil) else {
      preconditionFailure("no unit in \(fields.values)")
    }
    return unit
  }

  private func year(of fields: SlowModel.Fields) -> Int {
    guard let year = fields.number("year") ?? Int(fields.required("date").prefix(4)) else {
      preconditionFailure("no year in \(fields.values)")
    }
    return year
  }

  /// As declared so far: the latest by date, and of one date the one recorded last.
  private func nature(ofProject code: String, on date: String) -> String? {
    projects.filter { $0.code == code && $0.date <= date }
      .max { ($0.date, $0.position) < ($1.date, $1.position) }?.nature
  }

  /// The source year as stored. This year's money is spelled out only where "not stated" is something else.
  private func source(type: String, of fields: SlowModel.Fields, year: Int) -> Int? {
    let given = fields.number("from")
    switch type {
    case "commitment", "disbursement", "refund": return given
    case "carry-over": return (given ?? year - 1) == year ? nil : given ?? year - 1
    default: return given == year ? nil : given
    }
  }

  private func fundCode(_ codeOrName: String, year: Int) -> String {
    addedFundNames.last { $0.name == codeOrName && $0.year <= year }?.code
      ?? Self.fundNames[codeOrName] ?? codeOrName
  }

  private static let fundNames = [
    "一般公共预算": "111", "一般公共预算财政拨款": "111", "一般公共预算资金": "111",
    "政府性基金": "121", "政府性基金财政拨款": "121", "政府性基金资金": "121",
    "政府性基金预算": "121", "政府性基金预算财政拨款": "121", "政府性基金预算资金": "121",
    "国有资本经营预算": "13", "国有资本经营预算财政拨款": "13", "国有资本经营预算资金": "13",
    "财政专户": "2", "财政专户管理资金": "2",
    "事业收入": "31", "上级补助收入": "32", "附属单位上缴收入": "33", "经营收入": "34", "其他收入": "39",
  ]
}

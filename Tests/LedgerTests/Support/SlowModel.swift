import Foundation

/// What a journal says by a second, slow way: a plain list of money movements, filtered and summed.
///
/// It shares no code with the library and is written from the documented format and measures alone, so that a fold
/// can be held against it. It reads valid journals only: anything it does not understand is a defect of the test, and stops it.
struct SlowModel {
  private let movements: [Movement]

  /// - Parameter journal: one JSON object a line; the n-th that is not blank has position n.
  init(journal: [String]) {
    var reader = JournalReader()
    for text in journal where !text.allSatisfy(\.isWhitespace) { reader.read(text) }
    movements = reader.movements
  }

  /// Every measure of each budget line in fen, of the events with `date` up to `asOf` and a position up to
  /// `knownPosition` (nil: all). A line is there if any money event touched it, even at zero.
  ///
  /// The key is `unit|year|fund|function|economic|government|project|nature|procurement|from|category`, with nothing
  /// between the bars for a field the line lacks.
  func lines(asOf: String?, knownPosition: Int?) -> [String: [String: Int]] {
    var result: [String: [String: Int]] = [:]
    for (line, movements) in movementsByLine(asOf: asOf, knownPosition: knownPosition) {
      var sums = Dictionary(uniqueKeysWithValues: Self.summedMeasures.map { ($0, 0) })
      for movement in movements {
        for (measure, fen) in movement.sums { sums[measure, default: 0] += fen }
      }
      result[line.key] = sums.merging(Self.derived(from: sums, fund: line.fund)) { sum, _ in sum }
    }
    return result
  }

  /// The adjustments counted in 预算调整率, without virements, in fen: Σ|adjustment| of each line of an event whose
  /// reason counts, less what reversals took back. It has the lines that `lines` has.
  func adjustmentCounted(asOf: String?, knownPosition: Int?) -> [String: Int] {
    var result: [String: Int] = [:]
    for (line, movements) in movementsByLine(asOf: asOf, knownPosition: knownPosition) {
      result[line.key] = movements.map(\.counted).reduce(0, +)
    }
    return result
  }

  /// What the line's own `nature` (or none) is stored as.
  /// - Parameter projectNature: the nature of the line's project on the event's date, if it has one then.
  static func storedNature(own: String?, projectNature: String?, economic: String?, project: String?) -> String? {
    let given = own ?? projectNature
    guard let economic else { return given }
    guard given == "basic" || (given == nil && project == nil) else { return given }
    return economic.hasPrefix("301") || economic.hasPrefix("303") ? "personnel" : "public"
  }

  private func movementsByLine(asOf: String?, knownPosition: Int?) -> [Line: [Movement]] {
    let visible = movements.filter { movement in
      (asOf.map { movement.date <= $0 } ?? true) && (knownPosition.map { movement.position <= $0 } ?? true)
    }
    return Dictionary(grouping: visible, by: \.line)
  }

  private static let summedMeasures = [
    "appropriated", "foreseen", "adjusted", "carriedIn", "surplusIn", "openingAdjusted", "capped", "planned",
    "estimated", "received", "collected", "contracted", "committed", "disbursed", "lapsed", "surplusUsed", "allocated",
  ]

  /// The measures of CONTRACT 4 that follow from the summed ones: funds 1… on the budget basis, 2… and 3… on receipts.
  private static func derived(from sums: [String: Int], fund: String) -> [String: Int] {
    func sum(_ measure: String) -> Int { sums[measure, default: 0] }
    let isTreasury = fund.hasPrefix("1")
    let ownYear = sum("appropriated") - sum("foreseen") + sum("adjusted")
    let budget = ownYear + sum("carriedIn")
    let unusable = isTreasury ? sum("surplusIn") : 0
    let fromReceipts = sum("carriedIn") + sum("received") + sum("surplusUsed") - sum("allocated") - sum("disbursed")
    return [
      "budget": budget,
      "income": isTreasury ? ownYear - sum("lapsed") : sum("received"),
      "available": budget - unusable - sum("lapsed") - sum("committed") - sum("disbursed"),
      "balance": isTreasury ? budget - sum("lapsed") - sum("disbursed") : fromReceipts,
    ]
  }
}

/// A budget line with its defaults filled in; nil is a field it lacks.
private struct Line: Hashable {
  let unit: String
  let year: Int
  let fund: String
  let function: String?
  let economic: String?
  let government: String?
  let project: String?
  let nature: String?
  let procurement: String?
  let from: Int?

  var key: String {
    let fields = [unit, String(year), fund, function, economic, government, project, nature, procurement]
    let category = ""  // only on collections and revenue budgets, which are not modelled
    return (fields.map { $0 ?? "" } + [from.map { String($0) } ?? "", category]).joined(separator: "|")
  }
}

/// What one line of one money event adds to its budget line, in fen.
private struct Movement {
  let position: Int
  let date: String
  let line: Line
  let sums: [String: Int]
  let counted: Int

  func reversed(position: Int, date: String) -> Movement {
    Movement(position: position, date: date, line: line, sums: sums.mapValues { -$0 }, counted: -counted)
  }
}

/// The fields of a JSON object.
private struct Fields {
  let values: [String: Any]

  init(_ text: String) {
    guard let values = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
      preconditionFailure("not a JSON object: \(text)")
    }
    self.values = values
  }

  private init(values: [String: Any]) { self.values = values }

  /// One `Fields` for each line of a money event, what stands at the top being the default.
  var lines: [Fields] {
    guard let lines = values["lines"] as? [[String: Any]] else { return [self] }
    return lines.map { line in Fields(values: values.merging(line) { _, own in own }) }
  }

  func text(_ name: String) -> String? { values[name] as? String }
  func number(_ name: String) -> Int? { values[name] as? Int }

  func required(_ name: String) -> String {
    guard let value = text(name) else { preconditionFailure("no \(name) in \(values)") }
    return value
  }
}

/// Reads events one after the other, filling in defaults from what has been declared so far.
private struct JournalReader {
  private(set) var movements: [Movement] = []
  private var position = 0
  private var positionByID: [String: Int] = [:]
  private var units: [String] = []
  private var projects: [(code: String, date: String, nature: String)] = []
  private var addedFundNames: [(name: String, code: String, year: Int)] = []

  mutating func read(_ text: String) {
    let event = Fields(text)
    position += 1
    if let id = event.text("id") { positionByID[id] = position }
    let date = event.required("date")
    let type = event.required("type")
    switch type {
    case "unit": units.append(event.required("unit"))
    case "project": projects.append((event.required("project"), date, event.required("nature")))
    case "code": readCode(event)
    case "policy", "assertion": break  // neither moves money
    case "reversal": reverse(event, date: date)
    default: movements += event.lines.map { movement(type: type, of: $0, date: date) }
    }
  }

  private mutating func readCode(_ event: Fields) {
    guard event.text("scheme") == "fund" else { return }
    addedFundNames.append((event.required("name"), event.required("code"), year(of: event)))
  }

  /// The target's own effect with the sign turned, on the reversal's date.
  private mutating func reverse(_ event: Fields, date: String) {
    let target = event.number("of") ?? event.text("of").flatMap { positionByID[$0] }
    let reversed = movements.filter { $0.position == target }
    precondition(!reversed.isEmpty, "a reversal of what moved no money: \(event.values)")
    movements += reversed.map { $0.reversed(position: position, date: date) }
  }

  private func movement(type: String, of fields: Fields, date: String) -> Movement {
    let line = line(type: type, of: fields, date: date)
    let fen = Self.fen(fields.required("amount"))
    let sums = Self.sums(type: type, of: fields, line: line, fen: fen)
    let counts = type == "adjustment" && ["supplement", "other"].contains(fields.text("reason") ?? "supplement")
    return Movement(position: position, date: date, line: line, sums: sums, counted: counts ? abs(fen) : 0)
  }

  private static func sums(type: String, of fields: Fields, line: Line, fen: Int) -> [String: Int] {
    switch type {
    case "appropriation":
      let isForeseen = line.from.map { $0 < line.year } ?? false
      return ["appropriated": fen, "foreseen": isForeseen ? fen : 0]
    case "adjustment": return ["adjusted": fen]
    case "carry-over":
      let isSurplus = fields.text("kind") == "surplus"
      let adjustsOpening = !["opening", "internal"].contains(fields.text("reason") ?? "opening")
      return ["carriedIn": fen, "surplusIn": isSurplus ? fen : 0, "openingAdjusted": adjustsOpening ? fen : 0]
    case "receipt": return ["received": fen]
    case "disbursement": return ["disbursed": fen]
    case "refund": return ["disbursed": -fen]
    default: preconditionFailure("the slow model has no \(type)")
    }
  }
}

// MARK: - Defaults and spellings

extension JournalReader {
  private func line(type: String, of fields: Fields, date: String) -> Line {
    guard let unit = fields.text("unit") ?? (units.count == 1 ? units[0] : nil) else {
      preconditionFailure("no unit in \(fields.values)")
    }
    let year = year(of: fields)
    let project = fields.text("project")
    return Line(
      unit: unit, year: year, fund: fundCode(fields.required("fund"), year: year), function: fields.text("function"),
      economic: fields.text("economic"), government: fields.text("government"), project: project,
      nature: SlowModel.storedNature(
        own: fields.text("nature"), projectNature: project.flatMap { nature(ofProject: $0, on: date) },
        economic: fields.text("economic"), project: project),
      procurement: fields.text("procurement"), from: source(type: type, of: fields, year: year))
  }

  private func year(of fields: Fields) -> Int {
    guard let year = fields.number("year") ?? Int(fields.required("date").prefix(4)) else {
      preconditionFailure("no year in \(fields.values)")
    }
    return year
  }

  /// As declared so far: the latest by date, and of one date the one recorded last.
  private func nature(ofProject code: String, on date: String) -> String? {
    let declared = projects.filter { $0.code == code && $0.date <= date }
    guard let latest = declared.map(\.date).max() else { return nil }
    return declared.last { $0.date == latest }?.nature
  }

  /// The source year as stored. This year's money is spelled out only where "not stated" is something else.
  private func source(type: String, of fields: Fields, year: Int) -> Int? {
    let given = fields.number("from")
    switch type {
    case "disbursement", "refund": return given
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

  private static func fen(_ amount: String) -> Int {
    let units: [(ending: String, fen: Decimal)] = [
      ("万元", 1_000_000), ("亿元", 10_000_000_000), ("万", 1_000_000), ("亿", 10_000_000_000), ("元", 100), ("", 100),
    ]
    let digits = amount.filter { "-.0123456789".contains($0) }
    guard let unit = units.first(where: { amount.hasSuffix($0.ending) }), let number = Decimal(string: digits),
      let fen = Int("\(number * unit.fen)")
    else { preconditionFailure("not whole fen: \(amount)") }
    return fen
  }
}

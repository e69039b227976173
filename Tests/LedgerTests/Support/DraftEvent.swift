/// A budget line of a generated event, as it will be stored: with its defaults filled in.
struct DraftLine: Hashable {
  /// nil beside a category.
  var fund: String?
  var function: String?
  var economic: String?
  var government: String?
  var project: String?
  var nature: String?
  var procurement: String?
  var from: Int?
  var category: String?

  /// What an event that says nothing of `nature` stores on this line.
  func defaultNature(projectNatures: [String: String]) -> String? {
    SlowModel.storedNature(
      own: nil, projectNature: project.flatMap { projectNatures[$0] }, economic: economic, project: project)
  }
}

/// An amount in fen on a line.
struct DraftEntry {
  var line: DraftLine
  var fen: Int
}

/// A field of a generated JSON object. The value is JSON text already; no text used here needs escapes.
struct JSONField: Equatable {
  let name: String
  let json: String

  static func text(_ name: String, _ value: String) -> JSONField { JSONField(name: name, json: "\"\(value)\"") }
  static func number(_ name: String, _ value: Int) -> JSONField { JSONField(name: name, json: String(value)) }
}

/// A generated event. `text` writes it in one of the ways that the journal format allows.
struct DraftEvent {
  let type: String
  /// Counted from 2019-12-31, which is day 0.
  let day: Int
  /// The budget year of an event that moves money.
  let year: Int?
  /// The fields beside `type`, `date`, `year` and those of the lines.
  let fields: [JSONField]
  let entries: [DraftEntry]

  /// - Parameter projectNatures: the nature of each project on the event's day, as declared so far.
  func text(projectNatures: [String: String], using random: inout SeededRandom) -> String {
    let date = Self.date(day)
    var top = [JSONField.text("type", type), .text("date", date)] + fields
    if let year, date.prefix(4) != String(year) || random.chance(percent: 20) { top.append(.number("year", year)) }
    let written = entries.map { self.fields(of: $0, projectNatures: projectNatures, using: &random) }
    return Self.object(Self.joined(top: top, lines: written, using: &random), using: &random)
  }

  static func date(_ day: Int) -> String {
    var (year, month, rest) = (2019, 1, day + 364)
    while rest >= length(ofMonth: month, year: year) {
      rest -= length(ofMonth: month, year: year)
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
    }
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(twoDigits(month))-\(twoDigits(rest + 1))"
  }

  /// Right for 1901 to 2099.
  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

// MARK: - Spellings

extension DraftEvent {
  private func fields(
    of entry: DraftEntry, projectNatures: [String: String], using random: inout SeededRandom
  ) -> [JSONField] {
    let line = entry.line
    let names = random.chance(percent: 15) ? line.fund.flatMap { Self.fundNames[$0] } : nil
    let fund = names?.randomElement(using: &random) ?? line.fund
    let nature = writtenNature(of: line, projectNatures: projectNatures, using: &random)
    let texts = [
      ("fund", fund), ("function", line.function), ("economic", line.economic),
      ("government", line.government), ("project", line.project), ("nature", nature), ("procurement", line.procurement),
      ("category", line.category), ("amount", Self.amount(fen: entry.fen, using: &random)),
    ]
    var fields = texts.compactMap { name, value in value.map { JSONField.text(name, $0) } }
    if let from = writtenSource(of: line, using: &random) { fields.append(.number("from", from)) }
    return fields
  }

  /// Left out where the default is the same, mostly; 人员经费 and 公用经费 sometimes as 基本支出, of which they are parts.
  private func writtenNature(
    of line: DraftLine, projectNatures: [String: String], using random: inout SeededRandom
  ) -> String? {
    if line.nature == line.defaultNature(projectNatures: projectNatures), random.chance(percent: 75) { return nil }
    let fromBasic = SlowModel.storedNature(
      own: "basic", projectNature: nil, economic: line.economic, project: line.project)
    let isPlain = line.project == nil && line.nature == fromBasic
    return isPlain && random.chance(percent: 20) ? "basic" : line.nature
  }

  /// The year itself where that is stored as absent, sometimes; the default source of a carry-over left out, sometimes.
  private func writtenSource(of line: DraftLine, using random: inout SeededRandom) -> Int? {
    guard let year else { return nil }
    switch type {
    case "commitment", "disbursement", "refund", "virement", "lapse": return line.from
    case "carry-over": return line.from == year - 1 && random.chance(percent: 50) ? nil : line.from
    default: return line.from ?? (random.chance(percent: 8) ? year : nil)
    }
  }

  /// One line flat or in `lines`, several in `lines`, what many of them share sometimes as a default at the top.
  private static func joined(
    top: [JSONField], lines: [[JSONField]], using random: inout SeededRandom
  ) -> [JSONField] {
    guard let first = lines.first else { return top }
    if lines.count == 1, random.chance(percent: 85) { return top + first }
    var (top, lines) = (top, lines)
    // A field that a line lacks must not stand at the top, from where the line would take it.
    for name in first.map(\.name) where name != "amount" && random.chance(percent: 50) {
      let values = lines.compactMap { line in line.first { $0.name == name } }
      guard values.count == lines.count, let shared = values.randomElement(using: &random) else { continue }
      top.append(shared)
      lines = lines.map { line in line.filter { $0 != shared } }
    }
    let objects = lines.map { object($0, using: &random) }
    return top + [JSONField(name: "lines", json: "[" + objects.joined(separator: ",") + "]")]
  }

  private static func object(_ fields: [JSONField], using random: inout SeededRandom) -> String {
    let ordered = random.chance(percent: 25) ? fields.shuffled(using: &random) : fields
    let (comma, colon) = random.chance(percent: 20) ? (", ", ": ") : (",", ":")
    return "{" + ordered.map { "\"\($0.name)\"\(colon)\($0.json)" }.joined(separator: comma) + "}"
  }

  /// Such as `1200`, `1,234.50`, `1200.5元`, `29.49万`, `0.05亿元`: exact, and at most two decimals in yuan.
  static func amount(fen: Int, using random: inout SeededRandom) -> String {
    let (decimals, endings) = random.pick([
      (2, ["", "", "元"]), (2, ["", "", "元"]), (2, ["", "", "元"]), (6, ["万", "万元"]), (10, ["亿", "亿元"]),
    ])
    let size = String(fen.magnitude)
    let digits = String(repeating: "0", count: max(0, decimals + 1 - size.count)) + size
    var whole = String(digits.dropLast(decimals))
    var fraction = digits.suffix(decimals)
    if random.chance(percent: 75) {
      while fraction.last == "0" { fraction.removeLast() }
    }
    if random.chance(percent: 35) { whole = groupedByThousands(whole) }
    let point = fraction.isEmpty ? "" : "."
    return (fen < 0 ? "-" : "") + whole + point + fraction + random.pick(endings)
  }

  /// Such as `1200.00`: plain yuan with two decimals.
  /// - Precondition: not below zero.
  static func canonicalAmount(fen: Int) -> String { "\(fen / 100).\(fen % 100 / 10)\(fen % 10)" }

  private static func groupedByThousands(_ digits: String) -> String {
    let marks = digits.indices.dropFirst().filter { digits.distance(from: $0, to: digits.endIndex).isMultiple(of: 3) }
    return digits.indices.map { (marks.contains($0) ? "," : "") + String(digits[$0]) }.joined()
  }

  private static let fundNames = [
    "111": ["一般公共预算", "一般公共预算财政拨款", "一般公共预算资金"],
    "121": ["政府性基金", "政府性基金预算", "政府性基金预算财政拨款", "政府性基金资金"],
    "13": ["国有资本经营预算", "国有资本经营预算财政拨款", "国有资本经营预算资金"],
    "2": ["财政专户", "财政专户管理资金"],
    "31": ["事业收入"],
  ]
}

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
  /// First come the policy, a unit and some projects; the second unit, another project, a project declared again
  /// with another nature and one declared finished come later, among the money. Few events (under 20) may end before
  /// those.
  static func journal(seed: UInt64, events: Int) -> [String] {
    var writer = HistoryWriter(seed: seed, events: events)
    return writer.write()
  }
}

/// Writes one history: what it has written so far, and what later events may build on.
struct HistoryWriter {
  /// A project as declared: from `day` on it has this nature.
  struct DeclaredProject {
    let code: String
    let day: Int
    let nature: String
  }

  static let days = 1...1096  // 2020-01-01 to 2022-12-31
  static let natures = ["personnel", "public", "project", "operating", "targeted"]

  let events: Int
  var random: SeededRandom
  private(set) var journal: [String] = []
  var lastDay = days.lowerBound
  private(set) var units: [String] = []
  private(set) var projectCodes: [String] = []
  /// Every declaration, by day; of one day in the order recorded.
  private var projects: [DeclaredProject] = []
  /// Prefixes of funds whose basis some policy has set.
  private(set) var fundsWithBasis: Set<String> = []
  var moved: [MovedMoney] = []
  var paid = NetPaid()
  var contracts: [DraftContract: SlowContract<DraftLine>] = [:]
  /// 结余 that may be turned into 结转.
  var convertible: [StandingSurplus] = []
  /// Lines used before; used again often, so that sums have several terms.
  var usualLines: [DraftLine] = []

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
    let finishedProject = max(secondUnit + 3, events * 3 / 5)
    while journal.count < events {
      switch journal.count {
      case secondUnit: declareUnit()
      case lateProject: declareProject(day: 1)
      case changedProject: changeProject()
      case finishedProject: finishProject()
      default: moveMoney()
      }
    }
    return Array(journal.prefix(events))
  }

  mutating func append(_ event: DraftEvent) {
    journal.append(event.text(projectNatures: projectNatures(on: event.day), using: &random))
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
    let code = ["KQ", "TJPX", "扶贫-01", "2021A", "YX"][projectCodes.count]
    declare(DeclaredProject(code: code, day: day, nature: random.pick(Self.natures)))
    projectCodes.append(code)
  }

  /// Another nature for a project from the current day on, or from some time before.
  private mutating func changeProject() {
    let old = projects.first { $0.code == projectCodes[0] }?.nature
    let nature = random.pick(Self.natures.filter { $0 != old })
    declare(DeclaredProject(code: projectCodes[0], day: recentDay(), nature: nature))
  }

  /// Over from the current day on, or from some time before, or after.
  mutating func finishProject() {
    let day = random.chance(percent: 30) ? Int.random(in: Self.days, using: &random) : recentDay()
    let code = random.pick(projectCodes)
    let nature = projectNatures(on: day)[code] ?? random.pick(Self.natures)
    declare(DeclaredProject(code: code, day: day, nature: nature), status: "finished")
  }

  private mutating func declare(_ project: DeclaredProject, status: String? = nil) {
    let name = "项目\(project.code)"
    let fields = [JSONField.text("project", project.code), .text("name", name), .text("nature", project.nature)]
    let optional = random.pick([[], [JSONField(name: "key", json: "true")], [.text("status", "active")]])
    let last = status.map { [.text("status", $0)] } ?? optional
    append(DraftEvent(type: "project", day: project.day, year: nil, fields: fields + last, entries: []))
    projects.insert(project, at: projects.firstIndex { $0.day > project.day } ?? projects.endIndex)
  }

  /// A name that the code has anyway, so nothing else changes.
  mutating func renameCode() {
    let (scheme, code, name) = random.pick([
      ("function", "2130502", "一般行政管理事务"), ("economic", "30201", "办公费"), ("function", "2082201", "移民补助"),
    ])
    let fields = [JSONField.text("scheme", scheme), .text("code", code), .text("name", name)]
    append(DraftEvent(type: "code", day: nextDay(), year: nil, fields: fields, entries: []))
  }

  /// Another basis for some funds of a unit, or of all. Control stays off.
  mutating func setBasis() {
    let basis = random.pick([
      [("1", "payment")], [("31", "payment")], [("1", "payment"), ("12", "budget")], [("121", "receipts")],
      [("13", "payment"), ("31", "budget")], [("2", "payment"), ("1", "budget")], [],
    ])
    fundsWithBasis.formUnion(basis.map(\.0))
    let object = basis.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    var fields = [JSONField.text("control", "off"), JSONField(name: "basis", json: "{\(object)}")]
    if random.chance(percent: 50) { fields.append(.text("unit", random.pick(units))) }
    append(DraftEvent(type: "policy", day: nextDay(), year: nil, fields: fields, entries: []))
  }

  mutating func stateIndicator() {
    let (name, value) = random.pick([("培训人次", "36"), ("满意度", "92.5"), ("完成情况", "已完成")])
    let fields = [
      JSONField.text("name", name), .text("value", value), .text("role", random.pick(["actual", "target"])),
      .text("unit", random.pick(units)),
    ]
    let project = random.chance(percent: 40) ? [JSONField.text("project", random.pick(projectCodes))] : []
    append(DraftEvent(type: "indicator", day: nextDay(), year: nil, fields: fields + project, entries: []))
  }

  func projectNatures(on day: Int) -> [String: String] {
    Dictionary(projects.filter { $0.day <= day }.map { ($0.code, $0.nature) }) { _, later in later }
  }
}

// MARK: - Days

extension HistoryWriter {
  /// The day on which the next event happens if it is not recorded late.
  private var onTime: Int { Self.days.lowerBound + (Self.days.count - 1) * journal.count / max(events, 1) }

  private mutating func recentDay() -> Int {
    max(Self.days.lowerBound, onTime - Int.random(in: 0...120, using: &random))
  }

  /// Mostly in order; a fifth on the day of the event before, a fifth backdated.
  mutating func nextDay() -> Int {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: lastDay
    case 1: max(Self.days.lowerBound, onTime - Int.random(in: 1...200, using: &random))
    default: onTime
    }
  }

  /// The budget year is that of the day, or sometimes one beside it.
  mutating func nextDayAndYear() -> (day: Int, year: Int) {
    let day = nextDay()
    let years = 2020...2022
    let year = years.first { DraftEvent.date(day).hasPrefix(String($0)) } ?? years.lowerBound
    guard random.chance(percent: 10) else { return (day, year) }
    return (day, random.pick([year - 1, year + 1].filter(years.contains)))
  }
}

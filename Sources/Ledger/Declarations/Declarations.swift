/// A `unit` event: in force from its date on, until a later one of the same code.
public struct UnitDeclaration: Equatable, Sendable {
  public let position: Int
  public let date: Day
  public let name: String
  public let parent: ExactText?
  public let kind: UnitKind
}

/// A `project` event: in force from its date on, until a later one of the same code.
public struct ProjectDeclaration: Equatable, Sendable {
  public let position: Int
  public let date: Day
  public let name: String
  public let nature: Nature
  public let status: ProjectStatus
  /// 重点项目.
  public let isKey: Bool
}

/// A `code` event: the name of a code from its year on.
public struct CodeDeclaration: Equatable, Sendable {
  public let position: Int
  public let year: Int
  public let name: String
}

/// What the events of a book have declared: its units, projects, names of codes, rules of control and closed years.
///
/// Each declaration keeps its position, so that a question can be asked as of any point of the history: the default
/// that an event took when it was recorded is found again, whatever was declared later.
public struct Declarations: Sendable {
  /// Only what was declared before this position is seen. See `before`.
  private var limit = Int.max
  private var units: [ExactText: [UnitDeclaration]] = [:]
  private var projects: [ExactText: [ProjectDeclaration]] = [:]
  private var codes: [SchemeName: [String: [CodeDeclaration]]] = [:]
  private(set) var policies: [PolicyDeclaration] = []
  private(set) var closes: [CloseDeclaration] = []
  /// Rises with every declaration taken in: what could not be completed before may be so now.
  private(set) var revision = 0
  /// Rises with every declaration but the first of a project, which nothing could name before: what was completed at
  /// another of these may be completed otherwise now.
  private(set) var revisionOfCompleted = 0

  public init() {}

  private mutating func rise() {
    revision += 1
    revisionOfCompleted += 1
  }

  mutating func declare(unit code: ExactText, as unit: UnitDeclaration) {
    rise()
    units[code, default: []].append(unit)
  }

  mutating func declare(project code: ExactText, as project: ProjectDeclaration) {
    if projects[code] == nil { revision += 1 } else { rise() }
    projects[code, default: []].append(project)
  }

  mutating func declare(code: String, in scheme: SchemeName, as declaration: CodeDeclaration) {
    rise()
    codes[scheme, default: [:]][code, default: []].append(declaration)
  }

  mutating func declare(policy: PolicyDeclaration) {
    rise()
    policies.append(policy)
  }

  mutating func declare(close: CloseDeclaration) {
    rise()
    closes.append(close)
  }

  /// Takes in what an event declares, if anything.
  public mutating func apply(_ recorded: RecordedEvent) { recorded.event.definition.declare(recorded, &self) }

  /// Only what was declared before a position.
  ///
  /// What came later is passed over where it is asked for and not taken out, so that asking for the past of one event
  /// after another costs no copy of all projects each time.
  public func before(_ position: Int) -> Declarations {
    var earlier = self
    earlier.limit = min(limit, position)
    earlier.policies.removeAll { $0.position >= position }
    earlier.closes.removeAll { $0.position >= position }
    return earlier
  }
}

/// Something declared by the event at a position.
private protocol Declaration {
  var position: Int { get }
}

/// What holds from the day on that it was declared for.
private protocol DatedDeclaration: Declaration {
  var date: Day { get }
}

extension UnitDeclaration: DatedDeclaration {}
extension ProjectDeclaration: DatedDeclaration {}
extension CodeDeclaration: Declaration {}

extension Declarations {
  /// What is seen of the declarations of one thing, which stand in the order of their positions; `nil` if nothing is.
  private func seen<Kind: Declaration>(_ declared: [Kind]?) -> ArraySlice<Kind>? {
    // By index, since an element is copied where it is handed to a closure.
    guard let declared, !declared.isEmpty, declared[0].position < limit else { return nil }
    return declared[..<(declared.indices.first { declared[$0].position >= limit } ?? declared.count)]
  }

  private func seen(unit code: ExactText) -> ArraySlice<UnitDeclaration>? { seen(units[code]) }
  private func seen(project code: ExactText) -> ArraySlice<ProjectDeclaration>? { seen(projects[code]) }

  private func seen(code: String, in scheme: SchemeName) -> ArraySlice<CodeDeclaration>? {
    seen(codes[scheme]?[code])
  }

  private func codesSeen<Kind: Declaration>(_ declared: [ExactText: [Kind]]) -> [String] {
    declared.keys.filter { seen(declared[$0]) != nil }.sorted().map(\.text)
  }
}

extension Declarations {
  public var unitCodes: [String] { codesSeen(units) }
  public var projectCodes: [String] { codesSeen(projects) }
  public func knows(unit code: ExactText) -> Bool { seen(unit: code) != nil }
  public func knows(project code: ExactText) -> Bool { seen(project: code) != nil }

  /// The unit's name on a day: the latest one up to it, or the first if all are later.
  public func unitName(_ code: ExactText, on day: Day) -> String? {
    inForce(seen(unit: code), on: day) { $0[$1].name }
  }

  /// What kind of body the unit is on a day; `nil` if it is not declared.
  public func unitKind(_ code: ExactText, on day: Day) -> UnitKind? {
    inForce(seen(unit: code), on: day) { $0[$1].kind }
  }

  /// The unit above a unit on a day; `nil` if it has none.
  func unitParent(_ code: ExactText, on day: Day) -> ExactText? {
    inForce(seen(unit: code), on: day) { $0[$1].parent }
  }

  /// The codes of units by the last names they were given.
  var unitCodesByName: [String: String] { codesByName(unitCodes) { seen(unit: $0)?.last?.name } }

  /// The codes of projects by the last names they were given.
  var projectCodesByName: [String: String] { codesByName(projectCodes) { seen(project: $0)?.last?.name } }

  private func codesByName(_ codes: [String], _ name: (ExactText) -> String?) -> [String: String] {
    Dictionary(codes.compactMap { code in name(ExactText(code)).map { ($0, code) } }) { first, _ in first }
  }

  public func projectName(_ code: ExactText, on day: Day) -> String? {
    inForce(seen(project: code), on: day) { $0[$1].name }
  }

  /// A project as declared on a day: the latest up to it, or the first if all are later.
  func project(_ code: ExactText, on day: Day) -> ProjectDeclaration? {
    inForce(seen(project: code), on: day) { $0[$1] }
  }

  /// The days around this one on which the project has the nature it has then, as far as is known now, by number.
  func daysOfSameNature(_ code: ExactText, around day: Day) -> ClosedRange<Int32> {
    guard let declared = seen(project: code), declared.count > 1 else { return Day.first.number...Day.last.number }
    let starts = [Day.first] + Set(declared.map(\.date)).sorted()
    let natures = starts.map { project(code, on: $0)?.nature }
    let here = starts.lastIndex { $0 <= day } ?? 0
    let before = natures[..<here].lastIndex { $0 != natures[here] }
    let after = natures[here...].firstIndex { $0 != natures[here] }
    // The number before that of a first day need not be a day's: it only bounds.
    return (before.map { starts[$0 + 1] } ?? .first).number...(after.map { starts[$0].number - 1 } ?? Day.last.number)
  }

  /// How many declarations there are.
  var count: Int {
    func count<Kind: Declaration, Key>(_ declared: [Key: [Kind]]) -> Int {
      declared.values.reduce(0) { $0 + (seen($1)?.count ?? 0) }
    }
    return count(units) + count(projects) + codes.values.reduce(0) { $0 + count($1) } + policies.count + closes.count
  }

  /// The names of funds, with those declared here.
  public var fundNames: FundNames {
    var names = FundNames()
    for (code, declared) in codes[.fund] ?? [:] {
      for declaration in seen(declared) ?? [] { names.learn(declaration.name, means: code) }
    }
    return names
  }

  /// The only unit declared; `nil` if there are none or several.
  var onlyUnit: ExactText? {
    let known = units.lazy.filter { seen($0.value) != nil }.prefix(2)
    return known.dropFirst().isEmpty ? known.first?.key : nil
  }

  /// Units and all units below them, at any time.
  public func unitsUnder(_ tops: [ExactText]) -> Set<ExactText> {
    var found = Set(tops)
    var added = true
    while added {
      added = false
      for (code, declared) in units where !found.contains(code) {
        if (seen(declared) ?? []).contains(where: { $0.parent.map(found.contains) ?? false }) {
          found.insert(code)
          added = true
        }
      }
    }
    return found
  }

  /// The name of a code in a year: as declared in the book, else as published.
  public func name(of code: String, in scheme: SchemeName, year: Int) -> String? {
    let declared = seen(code: code, in: scheme)
    return declared?.filter { $0.year <= year }.latest(by: \.year)?.name
      ?? CodeTable.table(of: scheme).name(of: code, in: year) ?? declared?.first?.name
  }

  /// Whether a code of the right form stands on something known.
  public func standing(of code: String, in scheme: SchemeName) -> CodeStanding {
    if isKnown(code, in: scheme) { return .known }
    let hasKnownParent = scheme.parentLengths.contains { length in
      length < code.utf8.count && isKnown(String(code.prefix(length)), in: scheme)
    }
    return hasKnownParent ? .underKnownParent : .unknown
  }

  private func isKnown(_ code: String, in scheme: SchemeName) -> Bool {
    CodeTable.table(of: scheme).contains(code) || seen(code: code, in: scheme) != nil
  }

  /// - Parameter value: something of one of them, by its place: a report asks for thousands of names, and each would come
  ///   with a copy of all that was declared.
  private func inForce<Kind: DatedDeclaration, Value>(
    _ declared: ArraySlice<Kind>?, on day: Day, _ value: (ArraySlice<Kind>, Int) -> Value?
  ) -> Value? {
    guard let declared, let first = declared.indices.first else { return nil }
    if declared.count == 1 { return value(declared, first) }
    // Of one day the last, which was declared later.
    let latest = declared.indices.filter { declared[$0].date <= day }
      .max { (declared[$0].date, $0) < (declared[$1].date, $1) }
    return (latest ?? declared.indices.min { declared[$0].date < declared[$1].date }).flatMap { value(declared, $0) }
  }
}

/// How well a code is known.
public enum CodeStanding: Sendable {
  case known
  /// Well-formed below a known code: recorded with a warning, since the code tables are not complete.
  case underKnownParent
  case unknown
}

extension SchemeName {
  var parentLengths: [Int] {
    switch self {
    case .fund: FundScheme.lengths
    case .function: FunctionScheme.lengths
    case .economic: EconomicScheme.lengths
    case .government: GovernmentScheme.lengths
    }
  }
}

extension Array {
  /// The element with the greatest value; of equals the last, which was declared later.
  func latest<Value: Comparable>(by value: KeyPath<Element, Value>) -> Element? {
    self.max { $0[keyPath: value] < $1[keyPath: value] }.map { greatest in
      last { $0[keyPath: value] == greatest[keyPath: value] } ?? greatest
    }
  }
}

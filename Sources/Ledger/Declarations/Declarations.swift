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
  private var units: [ExactText: [UnitDeclaration]] = [:]
  private var projects: [ExactText: [ProjectDeclaration]] = [:]
  private var codes: [SchemeName: [String: [CodeDeclaration]]] = [:]
  private(set) var policies: [PolicyDeclaration] = []
  private(set) var closes: [CloseDeclaration] = []
  /// Rises with every declaration taken in: what was completed at another revision may be completed otherwise now.
  private(set) var revision = 0

  public init() {}

  mutating func declare(unit code: ExactText, as unit: UnitDeclaration) {
    revision += 1
    units[code, default: []].append(unit)
  }

  mutating func declare(project code: ExactText, as project: ProjectDeclaration) {
    revision += 1
    projects[code, default: []].append(project)
  }

  mutating func declare(code: String, in scheme: SchemeName, as declaration: CodeDeclaration) {
    revision += 1
    codes[scheme, default: [:]][code, default: []].append(declaration)
  }

  mutating func declare(policy: PolicyDeclaration) {
    revision += 1
    policies.append(policy)
  }

  mutating func declare(close: CloseDeclaration) {
    revision += 1
    closes.append(close)
  }

  /// Takes in what an event declares, if anything.
  public mutating func apply(_ recorded: RecordedEvent) { recorded.event.definition.declare(recorded, &self) }

  /// Only what was declared before a position.
  public func before(_ position: Int) -> Declarations {
    var earlier = self
    earlier.units = units.mapValues { $0.filter { $0.position < position } }.filter { !$0.value.isEmpty }
    earlier.projects = projects.mapValues { $0.filter { $0.position < position } }.filter { !$0.value.isEmpty }
    earlier.codes = codes.mapValues {
      $0.mapValues { $0.filter { $0.position < position } }.filter { !$0.value.isEmpty }
    }
    earlier.policies = policies.filter { $0.position < position }
    earlier.closes = closes.filter { $0.position < position }
    return earlier
  }
}

extension Declarations {
  public var unitCodes: [String] { units.keys.sorted().map(\.text) }
  public var projectCodes: [String] { projects.keys.sorted().map(\.text) }
  public func knows(unit code: ExactText) -> Bool { units[code] != nil }
  public func knows(project code: ExactText) -> Bool { projects[code] != nil }

  /// The unit's name on a day: the latest one up to it, or the first if all are later.
  public func unitName(_ code: ExactText, on day: Day) -> String? { inForce(units[code], on: day, \.date)?.name }

  /// What kind of body the unit is on a day; `nil` if it is not declared.
  public func unitKind(_ code: ExactText, on day: Day) -> UnitKind? { inForce(units[code], on: day, \.date)?.kind }

  /// The unit above a unit on a day; `nil` if it has none.
  func unitParent(_ code: ExactText, on day: Day) -> ExactText? { inForce(units[code], on: day, \.date)?.parent }

  public func projectName(_ code: ExactText, on day: Day) -> String? { project(code, on: day)?.name }

  /// A project as declared on a day: the latest up to it, or the first if all are later.
  func project(_ code: ExactText, on day: Day) -> ProjectDeclaration? { inForce(projects[code], on: day, \.date) }

  /// The days around this one on which the project has the nature it has then, as far as is known now, by number.
  func daysOfSameNature(_ code: ExactText, around day: Day) -> ClosedRange<Int32> {
    let starts = [Day.first] + Set((projects[code] ?? []).map(\.date)).sorted()
    let natures = starts.map { project(code, on: $0)?.nature }
    let here = starts.lastIndex { $0 <= day } ?? 0
    let before = natures[..<here].lastIndex { $0 != natures[here] }
    let after = natures[here...].firstIndex { $0 != natures[here] }
    // The number before that of a first day need not be a day's: it only bounds.
    return (before.map { starts[$0 + 1] } ?? .first).number...(after.map { starts[$0].number - 1 } ?? Day.last.number)
  }

  /// How many declarations there are.
  var count: Int {
    units.values.reduce(0) { $0 + $1.count } + projects.values.reduce(0) { $0 + $1.count }
      + codes.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } } + policies.count + closes.count
  }

  /// The names of funds, with those declared here.
  public var fundNames: FundNames {
    var names = FundNames()
    for (code, declared) in codes[.fund] ?? [:] {
      for declaration in declared { names.learn(declaration.name, means: code) }
    }
    return names
  }

  /// The only unit declared; `nil` if there are none or several.
  var onlyUnit: ExactText? { units.count == 1 ? units.keys.first : nil }

  /// Units and all units below them, at any time.
  public func unitsUnder(_ tops: [ExactText]) -> Set<ExactText> {
    var found = Set(tops)
    var added = true
    while added {
      added = false
      for (code, declared) in units where !found.contains(code) {
        if declared.contains(where: { $0.parent.map(found.contains) ?? false }) {
          found.insert(code)
          added = true
        }
      }
    }
    return found
  }

  /// The name of a code in a year: as declared in the book, else as published.
  public func name(of code: String, in scheme: SchemeName, year: Int) -> String? {
    let declared = codes[scheme]?[code]?.filter { $0.year <= year }.latest(by: \.year)
    return declared?.name ?? CodeTable.table(of: scheme).name(of: code, in: year)
      ?? codes[scheme]?[code]?.first?.name
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
    CodeTable.table(of: scheme).contains(code) || codes[scheme]?[code] != nil
  }

  private func inForce<Declaration>(
    _ declared: [Declaration]?, on day: Day, _ date: KeyPath<Declaration, Day>
  ) -> Declaration? {
    guard let declared else { return nil }
    return declared.filter { $0[keyPath: date] <= day }.latest(by: date)
      ?? declared.min { $0[keyPath: date] < $1[keyPath: date] }
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

/// What a figure is of: a measure, which is money, or a rate of two measures.
public enum Quantity: Hashable, Sendable {
  case money(Measure)
  case ratio(Rate)

  public init?(_ name: String) {
    if let measure = Measure(rawValue: name) {
      self = .money(measure)
    } else if let rate = Rate(rawValue: name) {
      self = .ratio(rate)
    } else {
      return nil
    }
  }

  public var name: String {
    switch self {
    case .money(let measure): measure.rawValue
    case .ratio(let rate): rate.rawValue
    }
  }

  static let names = Measure.allCases.map(\.rawValue) + Rate.allCases.map(\.rawValue)
}

/// A condition on the lines that a figure is taken over: `nature=basic`, `economic=30212|30217`.
public struct Condition: Hashable, Sendable {
  public enum Field: Hashable, Sendable {
    case line(LineField)
    case unit, year
    /// Whether the line's project is a 重点项目.
    case key
    /// What kind of body the unit is.
    case kind

    static let all: [Field] = LineField.allCases.map(Field.line) + [.unit, .year, .key, .kind]

    init?(_ name: String) {
      guard let found = Field.all.first(where: { $0.name == name }) else { return nil }
      self = found
    }

    public var name: String {
      switch self {
      case .line(let field): field.rawValue
      case .unit: "unit"
      case .year: "year"
      case .key: "key"
      case .kind: "kind"
      }
    }
  }

  /// What the field must be.
  public enum Accepted: Hashable, Sendable {
    /// One of these; none of them matches nothing.
    case values([String])
    /// One of these, or the line lacks the field.
    case valuesOrAbsent([String])
    /// The line lacks the field. No formula can say so; statements do, for what is 未分类.
    case absent
    /// This unit and none below it.
    case exactly(String)
  }

  public let field: Field
  public let accepted: Accepted

  public init(_ field: Field, _ accepted: Accepted) {
    self.field = field
    self.accepted = accepted
  }
}

/// A figure of the ledger as a formula names it: `disbursed{nature=basic,year=-1}`.
public struct Term: Hashable, Sendable {
  public let quantity: Quantity
  public let conditions: [Condition]

  public init(_ quantity: Quantity, _ conditions: [Condition] = []) {
    self.quantity = quantity
    self.conditions = conditions
  }
}

/// A performance indicator as a formula names it: `"在职人员数"{role=target}`.
public struct IndicatorTerm: Hashable, Sendable {
  public let name: String
  public let project: String?
  public let role: IndicatorRole
  public let group: String?
  public let year: YearReference?

  public init(name: String, project: String?, role: IndicatorRole, group: String?, year: YearReference?) {
    self.name = name
    self.project = project
    self.role = role
    self.group = group
    self.year = year
  }
}

/// A budget year, by its number or counted from the one a formula is evaluated for.
public enum YearReference: Hashable, Sendable {
  case absolute(Int)
  case relative(Int)

  /// Reads `2021`, `-1`, `+1`, `0`.
  init?(_ text: String) {
    if text == "0" || text.hasPrefix("-") || text.hasPrefix("+") {
      guard let offset = Int(text), (-100...100).contains(offset) else { return nil }
      self = .relative(offset)
    } else {
      guard let year = Int(text), String(year) == text, (1900...2999).contains(year) else { return nil }
      self = .absolute(year)
    }
  }

  func year(from base: Int) -> Int {
    switch self {
    case .absolute(let year): year
    case .relative(let offset): base + offset
    }
  }

  var text: String {
    switch self {
    case .absolute(let year): String(year)
    case .relative(let offset): offset > 0 ? "+\(offset)" : String(offset)
    }
  }
}

extension Condition {
  var text: String {
    switch accepted {
    case .values(let values): "\(field.name)=\(values.joined(separator: "|"))"
    case .valuesOrAbsent(let values): "\(field.name)=\((values + ["∅"]).joined(separator: "|"))"
    case .absent: "\(field.name)=∅"
    case .exactly(let unit): "\(field.name)=\(unit)"
    }
  }
}

extension Term {
  /// In the notation of formulas.
  public var text: String {
    conditions.isEmpty ? quantity.name : "\(quantity.name){\(conditions.map(\.text).joined(separator: ","))}"
  }
}

extension IndicatorTerm {
  public var text: String {
    let role = self.role == .actual ? nil : "role=\(self.role.rawValue)"
    let conditions = [
      project.map { "project=\($0)" }, role, group.map { "group=\($0)" }, year.map { "year=\($0.text)" },
    ].compactMap { $0 }
    return "\"\(name)\"" + (conditions.isEmpty ? "" : "{\(conditions.joined(separator: ","))}")
  }
}

extension Term {
  /// The term once for each value of its one condition that has several; `nil` where there is none, or where values overlap.
  var alternatives: [Term]? {
    let several = conditions.filter { condition in
      switch condition.accepted {
      case .values(let values): values.count > 1
      case .valuesOrAbsent: true
      case .absent, .exactly: false
      }
    }
    guard several.count == 1 else { return nil }
    let choices: [Condition.Accepted]
    let codes: [String]
    switch several[0].accepted {
    case .values(let values): (choices, codes) = (values.map { .values([$0]) }, values)
    case .valuesOrAbsent(let values): (choices, codes) = (values.map { .values([$0]) } + [.absent], values)
    case .absent, .exactly: return nil
    }
    guard !codes.contains(where: { code in codes.contains { $0 != code && $0.hasPrefix(code) } }) else { return nil }
    return choices.map { choice in
      Term(quantity, conditions.map { $0 == several[0] ? Condition($0.field, choice) : $0 })
    }
  }
}

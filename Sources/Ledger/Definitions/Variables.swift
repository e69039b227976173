/// The names that formulas of definitions may use in conditions, and what they come to stand for.
enum Variables {
  /// The fields for which rows and identities are made, each with the variable that holds the code.
  enum Field: String, CaseIterable {
    case function, economic, government, project, fund

    var variable: String {
      switch self {
      case .function: "F"
      case .economic: "E"
      case .government: "G"
      case .project: "P"
      case .fund: "B"
      }
    }

    var lineField: LineField {
      switch self {
      case .function: .function
      case .economic: .economic
      case .government: .government
      case .project: .project
      case .fund: .fund
      }
    }

    init?(_ field: LineField) {
      guard let found = Field.allCases.first(where: { $0.lineField == field }) else { return nil }
      self = found
    }
  }

  /// The lowest codes in use.
  static let sets = ["functions", "economics", "governments"]

  /// What the formulas of an identity may name: the sets, its code, the codes directly below that, and the lowest of them.
  static func bound(by each: IdentityDefinition.Each?) -> [String] {
    switch each {
    case nil: sets
    case .field(let field)?: sets + ["children", "lowest"] + (Field(field).map { [$0.variable] } ?? [])
    case .fields(let fields)?: sets + fields.compactMap { Field($0)?.variable }
    case .codes(_, let variable)?: sets + [variable]
    }
  }
}

/// What variables stand for.
struct Bindings {
  private var values: [String: Condition.Accepted?] = [:]

  init() {}

  /// - Parameter with: names and values as definitions state them: codes with `|`, or `*` for any.
  init(_ with: [String: String]) {
    for (name, value) in with { bind(name, toText: value) }
  }

  mutating func bind(_ name: String, to accepted: Condition.Accepted) { values[name] = .some(accepted) }

  mutating func bind(_ name: String, toText text: String) {
    if text == "*" {
      values[name] = .some(nil)
    } else {
      bind(name, to: .values(text.split(separator: "|").map(String.init)))
    }
  }

  func merged(with other: Bindings) -> Bindings {
    var merged = self
    merged.values.merge(other.values) { _, new in new }
    return merged
  }

  /// The condition with its variables filled in; `nil` where it is dropped.
  fileprivate func fill(_ condition: Condition) -> Condition? {
    guard case .values(let stated) = condition.accepted, stated.contains(where: { $0.hasPrefix("$") }) else {
      return condition
    }
    var filled: [String] = []
    for value in stated {
      guard value.hasPrefix("$") else {
        filled.append(value)
        continue
      }
      guard let accepted = values[String(value.dropFirst())] else {
        preconditionFailure("definitions are checked for variables that nothing binds: \(value)")
      }
      switch accepted {
      case nil: return nil
      case .values(let codes)?: filled += codes
      // Alone in its condition: a row for what lacks the field binds nothing else there.
      case .absent?, .valuesOrAbsent?, .exactly?: return Condition(condition.field, accepted ?? .absent)
      }
    }
    return Condition(condition.field, .values(filled))
  }
}

extension Formula {
  /// The formula with its variables filled in.
  func bound(to bindings: Bindings) -> Formula {
    mapTerms { term in .term(Term(term.quantity, term.conditions.compactMap(bindings.fill))) }
  }

  /// The variables its conditions name.
  var variables: Set<String> {
    Set(terms.flatMap(\.conditions).flatMap(\.variables))
  }
}

extension Condition {
  /// The variables it names, without their mark.
  fileprivate var variables: [String] {
    guard case .values(let values) = accepted else { return [] }
    return values.filter { $0.hasPrefix("$") }.map { String($0.dropFirst()) }
  }
}

/// Checks of definitions that concern several of their parts.
enum DefinitionCheck {
  /// What variables are bound to is what their conditions take.
  static func values(_ with: [String: String], of formula: Formula, _ reader: DefinitionReader) {
    for condition in formula.terms.flatMap(\.conditions) {
      for name in condition.variables {
        for code in with[name]?.split(separator: "|").map(String.init) ?? [] where code != "*" {
          if let expected = Condition.expected(of: code, in: condition.field) {
            reader.wrong("with.\(name)", .text(code), expected)
          }
        }
      }
    }
  }

  /// Every variable of a formula is bound by something.
  static func bound(_ formula: Formula, _ names: [String], _ reader: DefinitionReader, _ key: String) {
    for name in formula.variables.sorted() where !names.contains(name) {
      let expected: Phrase = names.isEmpty ? .expectedNoVariable : .expectedOneOf(names.sorted().map { "$\($0)" })
      reader.wrong(key, .text("$\(name)"), expected)
    }
  }
}

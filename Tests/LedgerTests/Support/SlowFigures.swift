/// What formulas and tables are computed from: every budget line of a slow model within two dates, and what is declared.
struct SlowFigures {
  /// One budget line and its measures in fen.
  struct Row {
    let unit: String
    let year: Int
    /// The line fields by name, without those that the line lacks.
    let fields: [String: String]
    let measures: [String: Int]
    /// What counts in 预算调整率.
    let counted: Int
    /// Whether its project is a 重点项目 on 31 December of its year.
    let isKey: Bool
    /// Of its unit on 31 December of its year; nil before the unit is declared.
    let kind: String?
  }

  let rows: [Row]
  private let declared: SlowDeclarations

  /// - Parameters:
  ///   - journal: the lines that the model was made of.
  ///   - asOf: the last date that counts (nil: all).
  ///   - knownPosition: the last position that counts, of declarations too (nil: all).
  init(_ model: SlowModel, journal: [String], asOf: String?, knownPosition: Int?) {
    let declared = SlowDeclarations(journal: journal, knownPosition: knownPosition)
    let counted = model.adjustmentCounted(asOf: asOf, knownPosition: knownPosition)
    let lines = model.lines(asOf: asOf, knownPosition: knownPosition)
    rows = lines.map { key, measures in
      Row(key: key, measures: measures, counted: counted[key, default: 0], declared: declared)
    }
    self.declared = declared
  }

  /// The unit and all below it.
  func units(under code: String) -> Set<String> { declared.units(under: code) }

  /// The lines of a budget year, of the given units (nil: all).
  func rows(units: Set<String>?, year: Int) -> [Row] {
    rows.filter { $0.year == year && (units?.contains($0.unit) ?? true) }
  }
}

extension SlowFigures.Row {
  private static let names = [
    "unit", "year", "fund", "function", "economic", "government", "project", "nature", "procurement", "from",
    "category",
  ]

  /// - Parameter key: as `SlowModel.lines` writes it.
  fileprivate init(key: String, measures: [String: Int], counted: Int, declared: SlowDeclarations) {
    let values = key.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard values.count == Self.names.count, let year = Int(values[1]) else {
      preconditionFailure("not the key of a line: \(key)")
    }
    self.unit = values[0]
    self.year = year
    fields = Dictionary(uniqueKeysWithValues: zip(Self.names, values)).filter { !$0.value.isEmpty }
    self.measures = measures
    self.counted = counted
    isKey = fields["project"].map { declared.isKey(project: $0, on: "\(year)-12-31") } ?? false
    kind = declared.kind(ofUnit: values[0], on: "\(year)-12-31")
  }

  /// Whether the field begins with one of these; a field that the line lacks does not.
  func has(_ field: String, in prefixes: [String]) -> Bool {
    guard let value = fields[field] else { return false }
    return prefixes.contains { value.hasPrefix($0) }
  }

  /// Whether its nature is one of these or a part of one of them.
  func hasNature(in natures: [String]) -> Bool {
    guard let nature = fields["nature"] else { return false }
    let whole =
      switch nature {
      case "personnel", "public": "basic"
      case "operating", "targeted": "project"
      default: nature
      }
    return natures.contains(nature) || natures.contains(whole)
  }
}

// MARK: - Declarations

/// What a journal declares of units and projects, as far as filters look at it.
struct SlowDeclarations {
  private struct Declared {
    let position: Int
    let date: String
    let code: String
    let fields: SlowModel.Fields
  }

  private var units: [Declared] = []
  private var projects: [Declared] = []

  init(journal: [String], knownPosition: Int?) {
    let texts = journal.filter { !$0.allSatisfy(\.isWhitespace) }
    for (index, text) in texts.prefix(knownPosition ?? texts.count).enumerated() {
      let event = SlowModel.Fields(text)
      let date = event.required("date")
      switch event.required("type") {
      case "unit":
        units.append(Declared(position: index + 1, date: date, code: event.required("unit"), fields: event))
      case "project":
        projects.append(Declared(position: index + 1, date: date, code: event.required("project"), fields: event))
      default: break
      }
    }
  }

  /// `administrative` where the declaration in force says nothing.
  func kind(ofUnit code: String, on date: String) -> String? {
    Self.inForce(code, on: date, of: units).map { $0.fields.text("kind") ?? "administrative" }
  }

  func isKey(project: String, on date: String) -> Bool {
    Self.inForce(project, on: date, of: projects)?.fields.values["key"] as? Bool ?? false
  }

  /// By the newest declaration of each unit.
  func units(under code: String) -> Set<String> {
    var found: Set<String> = [code]
    while true {
      let below = units.map(\.code).filter { unit in parent(of: unit).map(found.contains) ?? false }
      guard !found.isSuperset(of: below) else { return found }
      found.formUnion(below)
    }
  }

  private func parent(of unit: String) -> String? {
    Self.inForce(unit, on: "9999-12-31", of: units)?.fields.text("parent")
  }

  /// The latest by date, and of one date the one recorded last.
  private static func inForce(_ code: String, on date: String, of declared: [Declared]) -> Declared? {
    declared.filter { $0.code == code && $0.date <= date }.max { ($0.date, $0.position) < ($1.date, $1.position) }
  }
}

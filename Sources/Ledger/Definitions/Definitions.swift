import Foundation

/// Every indicator, identity, table and layout that is known: those that come with the program, and a user's own.
public struct Definitions: Sendable {
  public private(set) var indicators: [IndicatorDefinition] = []
  public private(set) var identities: [IdentityDefinition] = []
  public private(set) var tables: [TableDefinition] = []
  public private(set) var layouts: [LayoutDefinition] = []
  public private(set) var narrative = NarrativeDefinition(sections: [])

  private init() {}

  /// What comes with the program.
  public static let standard: Definitions = {
    var definitions = Definitions()
    do {
      for (name, text) in [
        ("indicators.toml", PackageResources.indicators_toml), ("identities.toml", PackageResources.identities_toml),
        ("final-accounts.toml", PackageResources.final_accounts_toml), ("budget.toml", PackageResources.budget_toml),
        ("self-evaluation.toml", PackageResources.self_evaluation_toml),
        ("targets.toml", PackageResources.targets_toml),
        ("narrative.toml", PackageResources.narrative_toml),
      ] { try definitions.add(String(decoding: text, as: UTF8.self), file: name) }
    } catch {
      preconditionFailure("a definition of this library cannot be read: \(error)")
    }
    return definitions
  }()

  /// Adds a user's own. One of an id that is there replaces it.
  /// - Throws: `Problems`: everything wrong with the file, and then nothing is added.
  public mutating func add(_ text: String, file: String) throws {
    var added = self
    try added.take(text, file: file)
    self = added
  }

  private mutating func take(_ text: String, file: String) throws {
    let reader = try DefinitionReader.read(text, file: file)
    let indicators = reader.tables("indicator").map(IndicatorDefinition.init)
    let identities = reader.tables("identity").map(IdentityDefinition.init)
    let tables = reader.tables("table").map(TableDefinition.init)
    let layouts = reader.tables("layout").map(LayoutDefinition.init)
    let sections = reader.tables("section").map(NarrativeDefinition.Section.init)
    reader.finish()
    for (key, ids) in [
      ("indicator", indicators.map(\.id)), ("identity", identities.map(\.id)), ("table", tables.map(\.id)),
    ] {
      for (number, id) in ids.enumerated() where ids[..<number].contains(id) {
        reader.findings.add(
          .definitionUnreadable, "\(key)[\(number + 1)].id", value: id, expected: .expectedOnceInFile)
      }
    }
    Definitions.replace(indicators, in: &self.indicators, by: \.id)
    Definitions.replace(identities, in: &self.identities, by: \.id)
    Definitions.replace(tables, in: &self.tables, by: \.id)
    // A text is of one piece: a user's own takes the place of the whole.
    if !sections.isEmpty { narrative = NarrativeDefinition(sections: sections) }
    // The last layout that fits counts, so a user's own goes before those of the program.
    self.layouts += layouts
    for (number, layout) in layouts.enumerated() {
      for (place, entry) in layout.entries.enumerated() where !entry.table.isEmpty && table(entry.table) == nil {
        reader.findings.add(
          .definitionUnreadable, "layout[\(number + 1)].tables[\(place + 1)].id", value: entry.table,
          expected: .expectedOneOf(self.tables.map(\.id)))
      }
    }
    if !reader.findings.problems.isEmpty { throw Problems(reader.findings.problems) }
  }

  private static func replace<Definition>(
    _ new: [Definition], in old: inout [Definition], by id: KeyPath<Definition, String>
  ) {
    for definition in new {
      if let place = old.firstIndex(where: { $0[keyPath: id] == definition[keyPath: id] }) {
        old[place] = definition
      } else {
        old.append(definition)
      }
    }
  }

  func table(_ id: String) -> TableDefinition? { tables.first { $0.id == id } }

  /// The places a statement has layouts for.
  public func places(of statement: StatementName) -> [String] {
    layouts.filter { $0.statement == statement }.map(\.place).reduce(into: []) { found, place in
      if !found.contains(place) { found.append(place) }
    }
  }

  /// The layout of a statement in a year; `nil` where the place has none.
  func layout(of statement: StatementName, in year: Int, at place: String) -> LayoutDefinition? {
    layouts.last { $0.applies(to: statement, in: year, at: place) }
  }
}

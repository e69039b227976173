extension ImportRules {
  /// Rules as they are for one table: of columns that may stand under several headings the one that it has.
  struct Fitted {
    let rules: ImportRules
    let missing: [MissingColumn]
    /// The headings that it has of those the rules name.
    let found: Set<String>

    /// Whether a row that has these cells is the one of the headings.
    var isOfHeadings: Bool { missing.isEmpty && !found.isEmpty }
  }

  /// A column that a table lacks.
  struct MissingColumn: Equatable {
    /// Of which one is enough.
    var headings: [String] = []
    /// Second tables that would do as well, were they at hand.
    var lookups: [String] = []
  }

  /// The rules for a table with these headings.
  func fitted(to headings: Set<String>) -> Fitted {
    var fitting = Fitting(headings: headings, tables: tables)
    let rules = ImportRules(
      name: name, form: form, headingRow: headingRow, statedAmounts: statedAmounts,
      skipped: skipped.map { fitting.fitted($0) },
      stops: stops.map { fitting.fitted($0) },
      totals: totals.map { TotalRule(when: fitting.fitted($0.when), isOfAll: $0.isOfAll) },
      id: id.map { IDRule(prefix: $0.prefix, columns: $0.columns.map { fitting.fitted($0) }) },
      events: events.map { event in
        EventRule(
          type: event.type, when: event.when.map { fitting.fitted($0) },
          fields: event.fields.compactMap { fitting.fitted($0) },
          lines: event.lines.map { $0.compactMap { fitting.fitted($0) } },
          same: event.same.map { sources in
            sources.compactMap { fitting.fitted(FieldRule(field: .memo, sources: [$0]))?.sources.first }
          })
      }, lookups: lookups, tables: tables)
    return Fitted(rules: rules, missing: fitting.missing, found: fitting.found)
  }
}

/// Goes through rules and notes what a table lacks.
private struct Fitting {
  let headings: Set<String>
  let tables: [String: LookupTable]
  var missing: [ImportRules.MissingColumn] = []
  var found: Set<String> = []

  /// The column under the heading that the table has; as it was, and noted, where there is none.
  mutating func fitted(_ column: ColumnName) -> ColumnName {
    guard let fitted = column.fitted(to: headings) else {
      note(ImportRules.MissingColumn(headings: column.names))
      return column
    }
    found.insert(fitted.heading)
    return fitted
  }

  mutating func fitted(_ condition: RowCondition) -> RowCondition {
    guard let column = condition.column else { return condition }
    // One that the table may lack keeps its name, under which nothing stands.
    let isLeftOut = condition.isOptional && column.fitted(to: headings) == nil
    return RowCondition(
      column: isLeftOut ? column : fitted(column), isOptional: condition.isOptional, test: condition.test)
  }

  /// With the first of its sources that the table has; `nil` where it may do without.
  mutating func fitted(_ rule: FieldRule) -> FieldRule? {
    for source in rule.sources {
      guard case .column(let column) = source else { return FieldRule(field: rule.field, sources: [source]) }
      guard let fitted = column.fitted(to: headings, tables) else { continue }
      found.insert(fitted.column.heading)
      return FieldRule(field: rule.field, sources: [.column(fitted)])
    }
    var lacking = ImportRules.MissingColumn()
    var (isOptional, isLost) = (false, false)
    for case .column(let column) in rule.sources {
      guard let lookup = column.lookup, column.column.fitted(to: headings) != nil else {
        isOptional = isOptional || column.isOptional
        lacking.headings += column.column.names
        continue
      }
      isOptional = isOptional || column.isOptional
      if let table = tables[lookup.table] {
        lacking.headings += lookup.take.names.map { "\($0) (\(table.name))" }
      } else {
        // The file has the key, so the value is to be had, and would be lost without a word.
        isLost = isLost || !column.isOptional
        lacking.lookups.append(lookup.table)
      }
    }
    if isLost || !isOptional { note(lacking) }
    return nil
  }

  private mutating func note(_ lacking: ImportRules.MissingColumn) {
    if !missing.contains(lacking) { missing.append(lacking) }
  }
}

extension ColumnRule {
  /// `nil` where the table has no such column, or what it is to be looked up in is not at hand.
  fileprivate func fitted(to headings: Set<String>, _ tables: [String: LookupTable]) -> ColumnRule? {
    guard let found = column.fitted(to: headings) else { return nil }
    var taken = lookup
    if let lookup {
      guard let table = tables[lookup.table], let take = lookup.take.fitted(to: table.headings) else { return nil }
      taken = Lookup(table: lookup.table, take: take)
    }
    return ColumnRule(
      column: found, isOptional: isOptional, lookup: taken, pattern: pattern, values: values, frame: frame, sign: sign)
  }
}

/// What changed between two states of a ledger, grouping by grouping, with the events that did it.
public struct DiffReport: Sendable {
  /// What one event did to one grouping.
  public struct Cause: Sendable {
    public let recorded: RecordedEvent
    /// The source it stands in, where there are several.
    public let source: String?
    /// What it added to the summed measures, in fen; nothing where it changed the basis they are read on.
    public let sums: Sums
  }

  /// One grouping.
  public struct Row: Sendable {
    public let key: [String?]
    public let name: String?
    /// At the first horizon, in fen; all zero where the grouping was not there yet.
    public let before: Figures
    /// At the second.
    public let after: Figures
    /// By source, in the order of positions. An event that only the first state has stands with its opposite.
    public let causes: [Cause]

    /// The measures that differ.
    public var changed: [Measure] { Measure.allCases.filter { before[$0] != after[$0] } }
  }

  public let query: MeasureQuery
  public let from: Horizon
  public let to: Horizon
  /// Those that changed, or that an event touched.
  public let rows: [Row]

  private struct Group {
    var before = Figures()
    var after = Figures()
    /// By the number of the source, in the order of positions.
    var causes: [Int: [Int: Cause]] = [:]
    var year = 0
    /// The units of lines whose basis is another.
    var unitsReadOtherwise: Set<ExactText> = []
  }

  /// - Throws: `Problems`.
  public init(_ query: MeasureQuery, from sources: [LedgerSource], between from: Horizon, and to: Horizon) throws {
    precondition(!query.by.contains(.month) && !query.by.contains(.lot), "lines are compared whole")
    self.query = query
    self.from = from
    self.to = to
    var groups: [GroupKey: Group] = [:]
    var declared: [Declarations] = []
    for (number, source) in sources.enumerated() {
      let name = sources.count > 1 ? source.name : nil
      let after = try source.declarations(knownAt: to.knownAt)
      let before = try source.declarations(knownAt: from.knownAt)
      declared.append(after)
      let units = after.unitsUnder(query.units)
      // A policy moves no money, but what a fund's income rests on.
      var policies: [RecordedEvent] = []
      func key(_ line: BudgetLine) -> GroupKey? {
        query.key(of: LineState(line: line, month: nil, sums: Sums()), nil, units)
      }
      for (horizon, declarations, side) in [(from, before, \Group.before), (to, after, \Group.after)] {
        for entry in try source.state(at: horizon, byMonth: false).lines {
          guard let key = key(entry.line) else { continue }
          var group = groups[key] ?? Group()
          group[keyPath: side].add(entry, by: declarations)
          group.year = max(group.year, entry.line.year)
          if before.basis(of: entry.line) != after.basis(of: entry.line) {
            group.unitsReadOtherwise.insert(entry.line.unit)
          }
          groups[key] = group
        }
      }
      try source.forEachPosted { recorded, _, postings in
        let (wasThere, isThere) = (from.includes(recorded), to.includes(recorded))
        guard wasThere != isThere else { return }
        if recorded.event.type == .policy { policies.append(recorded) }
        for posting in postings {
          guard let key = key(posting.line) else { continue }
          var sums = groups[key]?.causes[number]?[recorded.position]?.sums ?? Sums()
          guard sums.add(isThere ? posting.sums : posting.sums.opposite) else {
            throw Problems(Problem(.totalOutOfRange))
          }
          groups[key]?.causes[number, default: [:]][recorded.position] = Cause(
            recorded: recorded, source: name, sums: sums)
        }
      }
      for (key, group) in groups where !group.unitsReadOtherwise.isEmpty {
        for policy in policies where policy.event.unit.map(group.unitsReadOtherwise.contains) ?? true {
          groups[key]?.causes[number, default: [:]][policy.position] = Cause(
            recorded: policy, source: name, sums: Sums())
        }
      }
    }
    let namer = Namer(declarations: declared, dimensions: query.by)
    rows = groups.keys.sorted().compactMap { key in
      guard let group = groups[key], group.before != group.after || !group.causes.isEmpty else { return nil }
      return Row(
        key: key.values, name: namer.name(of: key.values, year: group.year), before: group.before,
        after: group.after,
        causes: group.causes.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value) })
    }
  }
}

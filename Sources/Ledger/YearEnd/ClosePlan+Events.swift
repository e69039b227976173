extension ClosePlan {
  /// The events of the close, in their order.
  func events(_ declarations: Declarations) -> [Event] {
    var events: [Event] = []
    func add(
      _ type: EventType, _ date: Day?, year: Int, entries: [Entry] = [], _ fill: (inout Event) -> Void = { _ in }
    ) {
      guard let date else { return }
      var event = Event(
        type: type, date: date, recorded: nil, id: "close-\(self.year)-\(unit)-\(events.count + 1)", unit: unit,
        year: year, entries: entries, details: Details(), annotation: Annotation())
      fill(&event)
      events.append(event)
    }
    let lastDay = Day.lastDay(ofYear: year)
    let firstDay = Day(year: year + 1, month: 1, day: 1)
    for contract in contracts {
      add(.release, lastDay, year: year) { event in
        event.annotation.contract = contract.key.number.text
        event.details[.amount] = Int64(exactly: contract.outstanding).map { .amount(Money(fen: $0)) }
      }
    }
    add(.close, lastDay, year: year)
    for kind in CarryOverKind.allCases {
      let entries = carried.filter { $0.lot.kind == kind && $0.carried != 0 }.compactMap { entry(of: $0, declarations) }
      guard !entries.isEmpty else { continue }
      add(.carryOver, firstDay, year: year + 1, entries: entries) { $0.details[.kind] = .text(kind.rawValue) }
    }
    for contract in contracts {
      for (next, lines) in Dictionary(grouping: contract.lines, by: { max($0.line.year, year + 1) })
        .sorted(by: { $0.key < $1.key })
      {
        let entries = lines.map { Entry(classification: $0.line.classification, amount: Money(fen: $0.outstanding)) }
        add(.commitment, Day(year: next, month: 1, day: 1), year: next, entries: entries) { event in
          event.annotation.contract = contract.key.number.text
          event.annotation.payee = contract.payee
        }
      }
    }
    return events
  }

  private func entry(of carried: Carried, _ declarations: Declarations) -> Entry? {
    guard let fen = Int64(exactly: carried.carried) else { return nil }
    var line = carried.pool.line
    line.from = carried.lot.from
    line.nature = nature(of: carried.pool, declarations)
    return Entry(classification: line, amount: Money(fen: fen))
  }

  /// 项目支出 keeps which part of it the project is.
  private func nature(of pool: PoolKey, _ declarations: Declarations) -> Nature? {
    switch pool.part {
    case .personnel: return .personnel
    case .public: return .public
    case .basic: return .basic
    case .project:
      let lastDay = Day.lastDay(ofYear: year) ?? .last
      let declared = pool.project.flatMap { declarations.project($0, on: lastDay)?.nature }
      return declared.map { ($0.whole ?? $0) == .project ? $0 : .project } ?? .project
    case .rest, nil: return nil
    }
  }
}

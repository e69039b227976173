extension ClosePlan {
  /// The events of the close, in their order.
  /// - Throws: `Overflow` where a carried amount would leave `Int64`.
  func events() throws -> [Event] {
    var events: [Event] = []
    func add(
      _ type: EventType, _ date: Day?, year: Int, entries: [Entry] = [], _ fill: (inout Event) -> Void = { _ in }
    ) {
      guard let date else { return }
      var event = Event(
        type: type, date: date, recorded: nil, id: "close-\(self.year)-\(stem)-\(events.count + 1)", unit: unit,
        year: year, entries: entries, details: Details(), annotation: Annotation())
      fill(&event)
      events.append(event)
    }
    let stem = idStem
    let lastDay = Day.lastDay(ofYear: year)
    let firstDay = Day(year: year + 1, month: 1, day: 1)
    for contract in contracts {
      let released = try Money(contract.outstanding)
      add(.release, lastDay, year: year) { event in
        event.annotation.contract = contract.key.number.text
        event.details[.amount] = .amount(released)
      }
    }
    add(.close, lastDay, year: year)
    for kind in CarryOverKind.allCases {
      let entries = try carried.filter { $0.lot.kind == kind && $0.carried != 0 }.map(entry)
      guard !entries.isEmpty else { continue }
      add(.carryOver, firstDay, year: year + 1, entries: entries) { $0.details[.kind] = .text(kind.rawValue) }
    }
    for contract in contracts {
      let byYear = Dictionary(grouping: contract.lines) { max($0.line.year, year + 1) }
      for (next, lines) in byYear.sorted(by: { $0.key < $1.key }) {
        let entries = lines.map { Entry(classification: $0.line.classification, amount: Money(fen: $0.outstanding)) }
        add(.commitment, Day(year: next, month: 1, day: 1), year: next, entries: entries) { event in
          event.annotation.contract = contract.key.number.text
          event.annotation.payee = contract.payee
        }
      }
    }
    return events
  }

  /// The unit as ids name it. A code that no id can hold stands by its digest.
  private var idStem: String {
    let fits = unit.text.utf8.count <= 40 && unit.text.isPrintable
    return fits ? unit.text : ChainHash.start.next(Array(unit.text.utf8)).hexadecimal.prefix(32).description
  }

  private func entry(of carried: Carried) throws -> Entry {
    var line = carried.pool.line
    line.from = carried.lot.from
    line.nature = carried.nature
    return Entry(classification: line, amount: try Money(carried.carried))
  }
}

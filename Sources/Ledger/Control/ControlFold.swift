/// What control thinks is left, from the events alone: the same charges that a book keeps in its tables, at the level in
/// force at the end of each year.
struct ControlFold {
  private let declarations: Declarations
  private var states: [UnitYear: ControlState] = [:]

  init(_ declarations: Declarations) { self.declarations = declarations }

  /// Takes in one event, in the order of positions.
  mutating func apply(_ postings: [Posting], of recorded: RecordedEvent) {
    for (key, postings) in Dictionary(grouping: postings, by: \.line.unitYear) {
      var state = states.removeValue(forKey: key) ?? ControlState()
      let charges = MoneyRule.charges(of: postings, at: level(of: key), in: &state)
      state.apply(charges, on: recorded.event.date, position: recorded.position)
      states[key] = state
    }
  }

  private func level(of key: UnitYear) -> ControlLevel {
    declarations.level(of: key.unit, on: Day.lastDay(ofYear: key.year) ?? .last)
  }

  /// A key with less than nothing left at the end.
  struct Overdrawn {
    let unitYear: UnitYear
    let key: ControlKey
    let available: Fen

    /// The unit, the year and the key.
    var name: String { "\(unitYear.unit) \(unitYear.year) \(key)" }
  }

  /// The keys with less than nothing left at the end, in the order of their names.
  func overdrawn(_ isAsked: (UnitYear) -> Bool) -> [Overdrawn] {
    states.filter { isAsked($0.key) }.flatMap { year, state in
      state.slots.filter { $0.state.available.total < 0 }.map { slot in
        Overdrawn(unitYear: year, key: slot.key, available: slot.state.available.total)
      }
    }.sorted { $0.name < $1.name }
  }
}

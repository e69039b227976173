/// What control thinks is left, from the events alone: the same charges that a book keeps in its tables.
struct ControlFold {
  struct YearKey: Hashable {
    let unit: ExactText
    let year: Int
  }

  private var states: [YearKey: ControlState] = [:]

  /// Takes in one event, in the order of positions.
  mutating func apply(_ recorded: RecordedEvent, target: RecordedEvent?) {
    let event = recorded.event
    guard event.isMoney, let unit = event.unit, let year = event.year else { return }
    let key = YearKey(unit: unit, year: year)
    var state = states.removeValue(forKey: key) ?? ControlState()
    let charges = MoneyRule.charges(of: event, position: recorded.position, target: target, in: state)
    state.apply(charges, on: event.date, position: recorded.position)
    states[key] = state
  }

  /// The keys with less than nothing left at the end, named and in order.
  func overdrawn(_ isAsked: (YearKey) -> Bool) -> [(name: String, available: Fen)] {
    states.filter { isAsked($0.key) }.flatMap { year, state in
      state.keys.filter { $0.value.available.total < 0 }.map { key, value in
        ("\(year.unit) \(year.year) \(key)", value.available.total)
      }
    }.sorted { $0.0 < $1.0 }
  }
}

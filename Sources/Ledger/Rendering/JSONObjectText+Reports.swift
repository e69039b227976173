/// What several reports say in the same words.
extension JSONObjectText {
  /// An event as a list of events names it: where it stands, and which it is.
  init(naming recorded: RecordedEvent, in source: String?) {
    self.init()
    add("source", source)
    add("position", recorded.position)
    add("id", recorded.event.id)
    add("type", recorded.event.type.rawValue)
    add("date", recorded.event.date.description)
    add("recorded", orNull: recorded.event.recorded?.description)
  }

  /// Both dates of a report, the last event in it, and its unit and year where it is of one.
  mutating func add(_ horizon: Horizon, position: Int, units: [ExactText], years: [Int]) {
    add("asOf", horizon.asOf.description)
    add("knownAt", orNull: horizon.knownAt.text)
    add("position", position)
    add("unit", orNull: units.single?.text)
    add("year", orNull: years.single)
  }
}

extension Array {
  /// The one element; `nil` where there are none or several.
  var single: Element? { count == 1 ? first : nil }
}

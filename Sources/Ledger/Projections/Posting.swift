/// What an event does to one budget line on one day. Every projection, and control, is a sum of postings.
public struct Posting: Equatable, Sendable {
  public let line: BudgetLine
  public let date: Day
  public let sums: Sums
}

extension Event {
  /// The postings of a complete event.
  ///
  /// - Parameter reversed: for a reversal, the event it takes back.
  public func postings(reversing reversed: Event?) -> [Posting] {
    let source = reversed ?? self
    guard let unit = source.unit, let year = source.year else { return [] }
    let effect = source.definition.effect
    return source.entries.map { entry in
      let sums = effect(source, entry)
      let line = BudgetLine(unit: unit, year: year, classification: entry.classification)
      return Posting(line: line, date: date, sums: reversed == nil ? sums : sums.opposite)
    }
  }
}

extension RecordedEvent {
  /// The postings of a complete event.
  /// - Parameter target: the event it is about, if any.
  func postings(of target: RecordedEvent?) -> [Posting] {
    event.postings(reversing: event.type == .reversal ? target?.event : nil)
  }
}

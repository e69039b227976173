/// What the strict reader and the completion make of a plain event. But for what differs from event to event it holds for
/// all of the same key, on some days.
struct PlainSample {
  let event: Event
  let line: BudgetLine
  let isNegative: Bool
  /// What one fen of the same sign does.
  let change: UnitChange
  /// On which days it holds: what is declared of the project may differ by date.
  let days: ClosedRange<Int32>
  /// Whether there is something to say of it, though nothing is wrong.
  let hasWarnings: Bool

  /// - Parameter line: of the event.
  /// - Returns: `nil` where the event is flawed, or more than an amount on one line of its own. The payment that a refund
  ///   is about is not looked at.
  init?(_ line: ReadLine, _ declarations: Declarations) {
    guard let stated = line.stated else { return nil }
    let outcome = Completion(declarations: declarations).complete(stated.event)
    event = outcome.event
    guard outcome.problems.isEmpty, event.entries.count == 1, event.of == nil || event.type == .refund,
      event.contract == nil,
      let unit = event.unit, let year = event.year
    else { return nil }
    isNegative = event.entries[0].amount < .zero
    guard let change = event.type.unitChange(of: event, isNegative: isNegative) else { return nil }
    self.change = change
    self.line = BudgetLine(unit: unit, year: year, classification: event.entries[0].classification)
    let project = stated.event.entries[0].classification.project
    days =
      project.map { declarations.daysOfSameNature($0, around: outcome.event.date) } ?? Day.first
      .number...Day.last.number
    hasWarnings = !outcome.warnings.isEmpty
  }
}

extension PlainSample {
  /// What was known when a sample was asked for: what came of it holds while its number is the same.
  struct Revision {
    /// Where there was none.
    let ofNothing: Int
    let ofFound: Int

    /// Before anything is known.
    static let none = Revision(ofNothing: -1, ofFound: -1)

    private init(ofNothing: Int, ofFound: Int) {
      self.ofNothing = ofNothing
      self.ofFound = ofFound
    }

    init(_ declarations: Declarations, _ reader: LineReader) {
      ofNothing = declarations.revision + reader.namesLearned
      ofFound = declarations.revisionOfCompleted + reader.namesLearned
    }
  }
}

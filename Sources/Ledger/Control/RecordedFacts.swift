/// Which of what is recorded is about what.
protocol RecordedReferences {
  /// The events that are about another one, in order.
  func events(referringTo position: Int) throws -> [RecordedEvent]
}

/// What the rules need to know of what is recorded, beside what control keeps.
protocol RecordedFacts: RecordedReferences {
  /// A sum day by day over the lines of a unit and year that are chosen.
  func timeline(
    of sum: (Sums) -> Fen, unit: ExactText, year: Int, where isChosen: (Classification) -> Bool
  ) throws -> Timeline
  /// What has been paid and not come back at a key, at the usual level, on a day and every later one.
  func paid(at key: ControlKey, unit: ExactText, year: Int, from date: Day) throws -> Timeline
}

extension RecordedReferences {
  func isReversed(_ position: Int) throws -> Bool {
    try events(referringTo: position).contains { $0.event.type == .reversal }
  }

  /// The refunds of a payment that have not been reversed.
  func standingRefunds(of position: Int) throws -> [RecordedEvent] {
    try events(referringTo: position).filter { try $0.event.type == .refund && !isReversed($0.position) }
  }
}

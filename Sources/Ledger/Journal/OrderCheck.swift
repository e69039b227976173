/// What a file states about its own order: positions rise, recorded times do not fall, and the hashes chain.
struct OrderCheck {
  /// The largest integer that every JSON reader keeps exact (RFC 8785).
  static let largestPosition = 9_007_199_254_740_991

  private var position = 0
  private var recorded: Instant?
  /// Of the last event.
  var hash: ChainHash? = .start
  private var hasUnhashed = false
  /// Hashes whose predecessor is not in the file, so that nothing can be said of them.
  private(set) var unlinked = 0

  mutating func next(_ stated: StatedEvent) -> (position: Int, problems: [FieldProblem]) {
    var problems: [FieldProblem] = []
    let expected = position + 1
    if let given = stated.position, given < expected {
      problems.append(
        FieldProblem(
          .positionOutOfOrder, .position, value: String(given), expected: .expectedAtLeast(String(expected))))
    }
    if let given = stated.position, given > OrderCheck.largestPosition {
      problems.append(
        FieldProblem(
          .positionOutOfOrder, .position, value: String(given),
          expected: .expectedAtMost(String(OrderCheck.largestPosition))))
    }
    let now = min(max(stated.position ?? expected, expected), OrderCheck.largestPosition)
    if let last = recorded, let given = stated.event.recorded, given < last {
      problems.append(
        FieldProblem(
          .recordedOutOfOrder, .recorded, value: given.description, expected: .expectedAtLeast(last.description)))
    }
    if let problem = check(stated, follows: now == expected) { problems.append(problem) }
    hash = stated.hash
    hasUnhashed = hasUnhashed || stated.hash == nil
    recorded = stated.event.recorded ?? recorded
    position = now
    return (now, problems)
  }

  /// An event that has a hash continues the chain. New events may be added below an export, but none above or between:
  /// there a removed hash would hide a changed event.
  private mutating func check(_ stated: StatedEvent, follows: Bool) -> FieldProblem? {
    guard let given = stated.hash else { return nil }
    if hasUnhashed {
      return FieldProblem(.hashMissing, .hash, value: given.hexadecimal, expected: .expectedHashesBefore)
    }
    guard follows, let link = hash else {
      unlinked += 1
      return nil
    }
    let computed = link.next(CanonicalWriter.bytes(of: stated.event))
    guard computed != given else { return nil }
    return FieldProblem(
      .hashMismatch, .hash, value: given.hexadecimal, expected: .expectedHashValue(computed.hexadecimal))
  }
}

// MARK: - Plain lines

extension OrderCheck {
  /// The position of an event; `nil` if there may be something to say about its order.
  /// - Parameter follows: whether its hash is proven to follow that of the event before.
  func position(ofPlain event: PlainEvent, follows: Bool) -> Int? {
    let expected = position + 1
    if event.position != 0, event.position < expected { return nil }
    let now = max(event.position, expected)
    guard now <= OrderCheck.largestPosition else { return nil }
    if event.hash >= 0, hasUnhashed || !follows || now != expected { return nil }
    if let last = recorded, event.recorded != PlainEvent.noTime, event.recorded < last.milliseconds { return nil }
    return now
  }

  /// Goes on behind such an event; if it has a hash, that is set later, when somebody asks for it.
  mutating func pass(_ event: PlainEvent, at position: Int) {
    self.position = position
    hash = nil
    hasUnhashed = hasUnhashed || event.hash < 0
    if event.recorded != PlainEvent.noTime { recorded = Instant(milliseconds: event.recorded) }
  }
}

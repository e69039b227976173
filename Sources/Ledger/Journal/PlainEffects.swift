/// What events of each key do to the measures of which line: found once a key by the strict reader and `Completion`,
/// and again when something has been declared since.
struct PlainEffects {
  /// What an event of a key does.
  struct Effect {
    /// The lane of `DailySums`.
    let lane: Int
    let year: Int
    /// On which days it does this: what is declared of its project may differ by date.
    let days: ClosedRange<Int32>
  }

  /// What is known of a key.
  enum Finding {
    case effect(Effect)
    /// Its events are flawed or not of the plain kind.
    case strict
    /// Nothing, or no more: it must be looked at.
    case unknown
  }

  private var keys = KeyTable()
  private var findings: [(revision: PlainSample.Revision, finding: Finding)] = []

  /// The number here of a key of a reader's.
  mutating func number(ofKey key: Int, in readers: KeyTable) -> UInt32 {
    let number = keys.number(ofKey: key, in: readers)
    if number == findings.count { findings.append((.none, .unknown)) }
    return UInt32(truncatingIfNeeded: number)
  }

  /// See `EventRegister.look`.
  func look(_ key: UInt32) -> UInt64 { UInt64(truncatingIfNeeded: findings[Int(key)].revision.ofFound) }

  /// The lane that events of a key were last found to add to; `nil` where there is none.
  func lane(_ key: UInt32) -> Int? {
    guard case .effect(let effect) = findings[Int(key)].finding else { return nil }
    return effect.lane
  }

  func finding(_ key: UInt32, on day: Int32, revision: PlainSample.Revision) -> Finding {
    let known = findings[Int(key)]
    switch known.finding {
    case .effect(let effect):
      guard known.revision.ofFound == revision.ofFound, effect.days.contains(day) else { return .unknown }
    case .strict, .unknown: guard known.revision.ofNothing == revision.ofNothing else { return .unknown }
    }
    return known.finding
  }

  mutating func keep(_ finding: Finding, of key: UInt32, revision: PlainSample.Revision) {
    findings[Int(key)] = (revision, finding)
  }
}

extension EventType {
  /// What one fen does that this event has on its only line; `nil` where it is more than adding or taking one fen.
  func unitChange(of event: Event, isNegative: Bool) -> UnitChange? {
    let one = Entry(classification: event.entries[0].classification, amount: Money(fen: isNegative ? -1 : 1))
    return UnitChange(definition.effect(event, one))
  }
}

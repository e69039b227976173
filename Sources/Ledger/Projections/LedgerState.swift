/// The sums of one budget line, or of one month of it.
public struct LineState: Sendable {
  public let line: BudgetLine
  /// The month of the movements, where they were asked for by month.
  public let month: String?
  public let sums: Sums
}

/// What a ledger says at a date: the fold of the events dated up to it and known by then.
public struct LedgerState: Sendable {
  public let lines: [LineState]
  /// The last event folded.
  public let position: Int

  public init(lines: [LineState], position: Int) {
    self.lines = lines
    self.position = position
  }
}

/// Up to when events count.
public struct Horizon: Equatable, Sendable {
  /// 业务日期, inclusive.
  public let asOf: Day
  public let knownAt: KnownAt

  public init(asOf: Day, knownAt: KnownAt) {
    self.asOf = asOf
    self.knownAt = knownAt
  }

  public func includes(_ recorded: RecordedEvent) -> Bool { recorded.event.date <= asOf && knownAt.includes(recorded) }
}

/// What the ledger had been told by then.
public enum KnownAt: Equatable, Sendable {
  case everything
  case time(Instant)
  case position(Int)

  func includes(_ recorded: RecordedEvent) -> Bool {
    switch self {
    case .everything: true
    case .time(let time): recorded.event.recorded.map { $0 <= time } ?? false
    case .position(let position): recorded.position <= position
    }
  }
}

/// A fold of events into sums per budget line.
public struct LineFold {
  private struct Key: Hashable {
    let line: BudgetLine
    let month: String?
  }

  private let byMonth: Bool
  private var sums: [Key: Sums] = [:]
  private(set) var position = 0

  public init(byMonth: Bool) { self.byMonth = byMonth }

  /// - Throws: `Overflow`.
  mutating func apply(_ postings: [Posting], of recorded: RecordedEvent) throws {
    position = max(position, recorded.position)
    for posting in postings { try add(posting.sums, posting.line, posting.date) }
  }

  mutating func add(_ change: Sums, _ line: BudgetLine, _ date: Day) throws {
    let key = Key(line: line, month: byMonth ? date.monthText : nil)
    guard sums[key, default: Sums()].add(change) else { throw Overflow() }
  }

  public var lines: [LineState] {
    sums.map { LineState(line: $0.key.line, month: $0.key.month, sums: $0.value) }
  }
}

import Foundation

/// Where a report reads from: a book or a journal. Both give the same figures.
public enum LedgerSource {
  case book(Book)
  case journal(Journal)

  /// Opens a file: a book if SQLite made it, else a journal.
  /// - Throws: `Problems`: `file.not-found`, `file.failed`, and whatever is wrong inside.
  public static func open(_ path: String) throws -> LedgerSource {
    let bytes = try InputFile.bytes(path)
    if try InputFile.isBook(bytes) { return .book(try Book.open(at: path, for: .read)) }
    return .journal(try Journal(bytes))
  }

  /// Whether a file is a book rather than text.
  public static func isBook(_ data: Data) -> Bool { data.starts(with: InputFile.bookMark) }

  /// The journal that a file is, or that a book exports.
  public static func journalText(of path: String) throws -> Data {
    let data = try InputFile.read(path)
    guard isBook(data) else { return data }
    var text = Data()
    try LedgerSource.open(path).forEachEvent { recorded, _ in
      text.append(contentsOf: CanonicalWriter.bytes(of: recorded) + [0x0A])
    }
    return text
  }

  /// As the person named it.
  public var name: String {
    switch self {
    case .book(let book): book.path
    case .journal(let journal): journal.name
    }
  }

  /// What was declared by then.
  public func declarations(knownAt: KnownAt = .everything) throws -> Declarations {
    switch self {
    case .book(let book): return try book.read { try $0.declarations(knownAt: knownAt) }
    case .journal(let journal): return try journal.declarations(knownAt: knownAt)
    }
  }

  /// What was declared by then, of projects at least those of these states' lines.
  func declarations(knownAt: KnownAt, about states: [LedgerState]) throws -> Declarations {
    guard case .book(let book) = self else { return try declarations(knownAt: knownAt) }
    var projects: Set<ExactText> = []
    for state in states {
      var last: ExactText?
      // Lines of a project mostly come one after the other. By index, since a line is copied where it is handed on.
      for index in state.lines.indices where state.lines[index].line.classification.project != last {
        last = state.lines[index].line.classification.project
        if let last { projects.insert(last) }
      }
    }
    return try book.read { try $0.declarations(knownAt: knownAt, ofProjects: projects) }
  }

  /// The newest budget year of its lines; `nil` where no money has moved.
  public func newestYear() throws -> Int? {
    switch self {
    case .book(let book): try book.read { try $0.newestYear() }
    case .journal(let journal): journal.newestYear
    }
  }

  /// The day of the last 年初预算批复 of a year that stands; `nil` where there is none.
  public func approvalDay(of year: Int, units: [ExactText], knownAt: KnownAt) throws -> Day? {
    let below = try declarations(knownAt: knownAt).unitsUnder(units)
    var reversed: Set<Int> = []
    try forEachEvent(of: .reversal) { recorded in
      if knownAt.includes(recorded), let target = recorded.ofPosition { reversed.insert(target) }
    }
    var day: Day?
    try forEachEvent(of: .appropriation) { recorded in
      guard knownAt.includes(recorded), !reversed.contains(recorded.position), recorded.event.year == year,
        units.isEmpty || recorded.event.unit.map(below.contains) ?? false
      else {
        return
      }
      day = max(day ?? recorded.event.date, recorded.event.date)
    }
    return day
  }

  /// Whether every event says when it was recorded, so that `--known-at` a time has an answer.
  public var hasRecordedTimes: Bool {
    switch self {
    case .book: true
    case .journal(let journal): journal.hasRecordedTimes
    }
  }

  /// Every line at two dates.
  /// - Throws: `Problems`: `total.out-of-range`, `book.damaged`.
  /// - Parameter years: the budget years whose lines are needed, so that others may be left out; empty: all.
  public func state(at horizon: Horizon, byMonth: Bool, years: [Int] = []) throws -> LedgerState {
    switch self {
    case .book(let book): try book.read { try $0.state(at: horizon, byMonth: byMonth, years: years) }
    case .journal(let journal):
      try journal.state(at: horizon, byMonth: byMonth)
        ?? journal.history().state(at: horizon, byMonth: byMonth, name: journal.name)
    }
  }

  /// The same as `state` from the events alone, past whatever is kept to be fast: to hold it against.
  public func foldedState(at horizon: Horizon) throws -> LedgerState {
    switch self {
    case .book(let book): try book.read { try $0.foldedState(at: horizon, byMonth: false) }
    case .journal(let journal): try journal.history().state(at: horizon, byMonth: false, name: journal.name)
    }
  }

  /// Every event in order, with the event it is about where it is about one.
  public func forEachEvent(_ body: (RecordedEvent, _ target: RecordedEvent?) throws -> Void) throws {
    switch self {
    case .book(let book):
      try book.read { reader in
        try reader.events { row in
          try body(row.recorded, try row.recorded.ofPosition.flatMap { try reader.event(at: $0)?.recorded })
        }
      }
    case .journal(let journal):
      let history = try journal.history()
      for recorded in history.events { try body(recorded, recorded.ofPosition.flatMap(history.recordedEvent)) }
    }
  }

  /// Every event of one type, in order.
  func forEachEvent(of type: EventType, _ body: (RecordedEvent) throws -> Void) throws {
    switch self {
    case .book(let book): try book.read { try $0.events(of: type, body) }
    case .journal(let journal):
      for recorded in try journal.history().events where recorded.event.type == type { try body(recorded) }
    }
  }

  /// The same, with what each event does to its lines.
  public func forEachPosted(
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void
  ) throws {
    switch self {
    case .book(let book):
      try book.read { try $0.posted(through: $0.head.position, lines: $0.budgetLines(), body) }
    case .journal(let journal): try journal.history().posted(body)
    }
  }

  /// The events under contracts and the reversals of them, in order, with what each does to its lines.
  func forEachContractEvent(
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void
  ) throws {
    switch self {
    case .book(let book): _ = try book.read { try $0.contractEvents(body) }
    case .journal(let journal):
      try journal.history().posted { recorded, target, postings in
        if (recorded.event.contract ?? target?.event.contract) != nil { try body(recorded, target, postings) }
      }
    }
  }

  /// The event that a person names: by its position, with or without `#`, or by its id.
  /// - Returns: `nil` if there is none.
  public func event(named name: String) throws -> RecordedEvent? {
    let position = Int(name.hasPrefix("#") ? String(name.dropFirst()) : name)
    return try position.flatMap { try event(at: $0) } ?? event(withID: name)
  }

  /// - Returns: `nil` if there is no event at this position.
  public func event(at position: Int) throws -> RecordedEvent? {
    switch self {
    case .book(let book): try book.read { try $0.event(at: position)?.recorded }
    case .journal(let journal): try journal.history().recordedEvent(at: position)
    }
  }

  /// - Returns: `nil` if no event has this id.
  public func event(withID id: String) throws -> RecordedEvent? {
    switch self {
    case .book(let book):
      return try book.read { reader in try reader.position(ofID: id).flatMap { try reader.event(at: $0)?.recorded } }
    case .journal(let journal):
      let history = try journal.history()
      return history.position(ofID: id).flatMap { history.recordedEvent(at: $0) }
    }
  }
}

extension History {
  /// By folding the events one by one.
  public func state(at horizon: Horizon, byMonth: Bool, name: String) throws -> LedgerState {
    var fold = LineFold(byMonth: byMonth)
    try posted { recorded, _, postings in
      guard horizon.includes(recorded) else { return }
      do { try fold.apply(postings, of: recorded) } catch is Overflow {
        throw Problems(
          Problem(
            .totalOutOfRange, at: SourceLocation(file: name, line: nil, column: nil),
            field: Field.position.rawValue, value: String(recorded.position), expected: .expectedTotalInRange))
      }
    }
    return LedgerState(lines: fold.lines, position: fold.position)
  }

}

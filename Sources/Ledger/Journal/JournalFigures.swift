/// What a journal says, but for its events one by one.
struct JournalFigures: Sendable {
  var declarations = Declarations()
  var sums = DailySums()
  /// The newest budget year in which money moved; `nil` where none did.
  private(set) var newestYear: Int?
  /// Whether every event says when it was recorded.
  private(set) var hasRecordedTimes = true
  /// See `JournalFile.unlinkedHashes`.
  var unlinkedHashes = 0
  /// The last position of each day, and of the day at hand.
  private var lastPositions: [Int32: Int] = [:]
  private var day: Int32 = 0
  private var position = 0

  /// An event was read, of whatever time.
  mutating func saw(year: Int?, hasTime: Bool) {
    if let year, year > newestYear ?? .min { newestYear = year }
    if !hasTime { hasRecordedTimes = false }
  }

  mutating func add(_ size: Int64, to lane: Int, on day: Int32, position: Int) {
    pass(day, position)
    sums.add(size, to: lane, on: day)
  }

  mutating func add(_ postings: [Posting], on day: Day, position: Int) {
    pass(day.number, position)
    sums.add(postings)
  }

  private mutating func pass(_ day: Int32, _ position: Int) {
    if day != self.day {
      keepPosition()
      self.day = day
    }
    self.position = position
  }

  private mutating func keepPosition() {
    if day != 0 { lastPositions[day] = max(lastPositions[day] ?? 0, position) }
  }

  mutating func finish() {
    keepPosition()
    day = 0
    sums.finish()
  }

  /// The last event up to a day; 0 if there is none.
  func lastPosition(asOf day: Day) -> Int {
    lastPositions.reduce(0) { $1.key <= day.number ? max($0, $1.value) : $0 }
  }
}

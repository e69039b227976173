/// Sums of events by budget line and day, of a history that is read once and not kept.
///
/// Events add to *lanes*: a lane is a budget line with what one fen does to its measures. A lane sums up the events of
/// its current day; when the day changes, the sum is put down, so there is about one entry for each lane and day,
/// however many events there are. Days mostly rise; where they do not, a lane has several entries for a day, and they
/// are put together now and then.
struct DailySums {
  private struct Lane {
    let line: Int32
    /// The lane of the same line that came before it; -1: none.
    let before: Int32
    /// What one fen adds: to these measures one, to those minus one.
    let change: UnitChange
    var day: Int32 = 0
    var sum: Int64 = 0
    /// All sizes added, which no sum of them in any order exceeds; beyond `Int64` the order of the events matters.
    var reach: UInt64 = 0

    /// - Returns: the day it was at before, and what that came to; `nil` if it goes on with the same.
    @inline(__always)
    mutating func add(_ size: Int64, on day: Int32) -> (day: Int32, sum: Int64)? {
      let (reached, overflow) = reach.addingReportingOverflow(size.magnitude)
      reach = overflow ? .max : reached
      guard day != self.day else {
        sum &+= size
        return nil
      }
      defer { (self.day, sum) = (day, size) }
      return (self.day, sum)
    }
  }

  /// What a lane came to on a day.
  private struct Entry {
    let lane: Int32
    let day: Int32
    var sum: Int64
  }

  private(set) var lines: [BudgetLine] = []
  private var lineNumbers: [BudgetLine: Int] = [:]
  private var lanes: [Lane] = []
  /// The last lane of each line; -1: it has none yet.
  private var lastLanes: [Int32] = []
  private var entries: [Entry] = []
  private var mostEntries = 1 << 20
  /// Whether some sum could leave `Int64` on the way; only adding up event by event can tell where.
  private(set) var mayOverflow = false

  /// The lane of a budget line on which one fen does this.
  mutating func lane(of line: BudgetLine, _ change: UnitChange) -> Int { lane(of: number(of: line), change) }

  /// The budget line of a lane.
  func line(ofLane lane: Int) -> BudgetLine { lines[Int(lanes[lane].line)] }

  private mutating func lane(of line: Int, _ change: UnitChange) -> Int {
    // A line has a few.
    var lane = lastLanes[line]
    while lane >= 0 {
      if lanes[Int(lane)].change == change { return Int(lane) }
      lane = lanes[Int(lane)].before
    }
    lanes.append(Lane(line: Int32(line), before: lastLanes[line], change: change))
    lastLanes[line] = Int32(lanes.count - 1)
    return lanes.count - 1
  }

  private mutating func number(of line: BudgetLine) -> Int {
    if let known = lineNumbers[line] { return known }
    lineNumbers[line] = lines.count
    lines.append(line)
    lastLanes.append(-1)
    return lines.count - 1
  }

  /// See `EventRegister.look`.
  func look(_ lane: Int) -> UInt64 { lanes[lane].reach }

  mutating func add(_ size: Int64, to lane: Int, on day: Int32) {
    guard let done = lanes[lane].add(size, on: day), done.day != 0 else { return }
    put(Entry(lane: Int32(lane), day: done.day, sum: done.sum))
  }

  /// What an event does to its lines, measure by measure.
  mutating func add(_ postings: [Posting]) {
    for posting in postings {
      let (line, day) = (number(of: posting.line), posting.date.number)
      // A line is shown if anything happened on it, also nothing in figures.
      add(0, to: lane(of: line, UnitChange()), on: day)
      for measure in SummedMeasure.allCases where posting.sums[measure] != 0 {
        add(posting.sums[measure], to: lane(of: line, UnitChange(adding: measure)), on: day)
      }
    }
  }

  private mutating func put(_ entry: Entry) {
    // Memory that is not touched costs nothing, and what grows by doubling is copied.
    if entries.capacity < mostEntries { entries.reserveCapacity(mostEntries) }
    entries.append(entry)
    if entries.count >= mostEntries { tidy() }
  }

  /// Puts together what stands twice for a lane and day.
  private mutating func tidy() {
    entries.sort { ($0.lane, $0.day) < ($1.lane, $1.day) }
    var kept = 0
    for index in entries.indices.dropFirst() {
      if entries[index].lane == entries[kept].lane, entries[index].day == entries[kept].day {
        entries[kept].sum &+= entries[index].sum
      } else {
        kept += 1
        entries[kept] = entries[index]
      }
    }
    entries.removeSubrange((kept + 1)...)
    mostEntries = max(mostEntries, entries.count * 2)
  }

  /// Puts down the days that lanes are still at, when all events have been added.
  mutating func finish() {
    for lane in lanes.indices where lanes[lane].day != 0 {
      put(Entry(lane: Int32(lane), day: lanes[lane].day, sum: lanes[lane].sum))
      lanes[lane].day = 0
    }
    var reaches = [UInt64](repeating: 0, count: lines.count)
    for lane in lanes {
      if lane.reach > Int64.max { mayOverflow = true }
      if lane.change.isNothing { continue }
      let (reach, overflow) = reaches[Int(lane.line)].addingReportingOverflow(lane.reach)
      reaches[Int(lane.line)] = reach
      if overflow || reach > Int64.max { mayOverflow = true }
    }
  }

  /// Every line up to a day.
  /// - Precondition: `finish` was called, and nothing may overflow.
  func states(asOf day: Day, byMonth: Bool) -> [LineState] { byMonth ? months(asOf: day) : totals(asOf: day) }

  private func totals(asOf day: Day) -> [LineState] {
    var sums = [Int64?](repeating: nil, count: lanes.count)
    for entry in entries where entry.day <= day.number { sums[Int(entry.lane), default: 0] &+= entry.sum }
    var totals = [Sums?](repeating: nil, count: lines.count)
    for (lane, sum) in zip(lanes, sums) {
      if let sum { lane.change.add(sum, to: &totals[Int(lane.line), default: Sums()]) }
    }
    return zip(lines, totals).compactMap { line, sums in
      sums.map { LineState(line: line, month: nil, sums: $0) }
    }
  }

  private func months(asOf day: Day) -> [LineState] {
    struct Key: Hashable {
      let line: Int
      let month: Int32
    }
    var totals: [Key: Sums] = [:]
    for entry in entries where entry.day <= day.number {
      let lane = lanes[Int(entry.lane)]
      lane.change.add(entry.sum, to: &totals[Key(line: Int(lane.line), month: entry.day / 100), default: Sums()])
    }
    return totals.map { key, sums in
      LineState(line: lines[key.line], month: Day(number: Int(key.month) * 100 + 1)?.monthText, sums: sums)
    }
  }
}

extension Array {
  /// An element that may be absent, as a dictionary's.
  fileprivate subscript<Value>(index: Int, default value: Value) -> Value where Element == Value? {
    get { self[index] ?? value }
    set { self[index] = newValue }
  }
}

/// What one fen of an event does to the measures of its line: adds one to some, takes one from others.
struct UnitChange: Hashable, Sendable {
  private var plus: UInt32 = 0
  private var minus: UInt32 = 0

  /// Nothing.
  init() {}

  init(adding measure: SummedMeasure) { plus = 1 << UInt32(measure.rawValue) }

  /// - Returns: `nil` where it does more than that.
  init?(_ sums: Sums) {
    for measure in SummedMeasure.allCases {
      switch sums[measure] {
      case 0: continue
      case 1: plus |= 1 << UInt32(measure.rawValue)
      case -1: minus |= 1 << UInt32(measure.rawValue)
      default: return nil
      }
    }
  }

  var isNothing: Bool { plus == 0 && minus == 0 }

  /// The measures by their raw values, each with whether it is added to or taken from.
  @inline(__always)
  func forEach(_ body: (_ measure: Int, _ isAdded: Bool) throws -> Void) rethrows {
    try (plus | minus).forEachBit { try body($0, plus & (1 << UInt32($0)) != 0) }
  }

  /// - Precondition: no sum leaves `Int64`.
  func add(_ size: Int64, to sums: inout Sums) {
    forEach { measure, isAdded in sums[measure: measure] += isAdded ? size : -size }
  }

  /// 1 where it adds to a measure, -1 where it takes from it, else 0.
  func sign(of measure: SummedMeasure) -> Int64 {
    let bit: UInt32 = 1 << UInt32(measure.rawValue)
    return plus & bit != 0 ? 1 : minus & bit != 0 ? -1 : 0
  }
}

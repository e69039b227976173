/// The sums of neighbouring lines of a book in one table, by their numbers: what a fold of stored events adds up in.
struct LineSums: Sendable {
  private let first: Int
  /// By line, then by measure.
  private var values: [Int64]
  private var moved: [Bool]

  /// - Parameter lines: the numbers that can be added to.
  init(lines: Range<Int>) {
    first = lines.lowerBound
    values = [Int64](repeating: 0, count: lines.count * Sums.count)
    moved = [Bool](repeating: false, count: lines.count)
  }

  /// Whether an event moved this line.
  func isMoved(_ line: Int) -> Bool { moved[line - first] }

  subscript(line: Int) -> Sums {
    var sums = Sums()
    for measure in 0..<Sums.count { sums[measure: measure] = values[(line - first) * Sums.count + measure] }
    return sums
  }

  /// - Throws: `Overflow`.
  mutating func add(_ sums: Sums, line: Int) throws {
    moved[line - first] = true
    try sums.forEachNonZero { try add($1, to: $0, line: line) }
  }

  /// - Parameter change: what one fen of the same sign does.
  /// - Throws: `Overflow`.
  mutating func add(_ amount: Int64, by change: UnitChange, line: Int) throws {
    moved[line - first] = true
    let size = abs(amount)
    try change.forEach { measure, isAdded in try add(isAdded ? size : -size, to: measure, line: line) }
  }

  /// - Parameter bytes: the sums of a block, packed.
  /// - Throws: `Overflow`; `PackedReader.Malformed`.
  mutating func add(block: Int, packed bytes: UnsafeRawBufferPointer) throws {
    let place = block * BlockSums.size + 1 - first
    var reader = PackedSumsReader(bytes)
    // Most of what a report reads comes through here: the array is made sure to be the only one once, not sum by sum.
    try values.withUnsafeMutableBufferPointer { values in
      while let (index, measures) = try reader.nextLine() {
        guard moved.indices.contains(place + index) else { throw PackedReader.Malformed() }
        moved[place + index] = true
        let row = (place + index) * Sums.count
        try measures.forEachBit { try values[row + $0].add(try reader.value()) }
      }
    }
  }

  /// - Parameter other: of the same lines.
  /// - Throws: `Overflow`.
  mutating func add(_ other: LineSums) throws {
    for index in moved.indices where other.moved[index] { try add(other[first + index], line: first + index) }
  }

  private mutating func add(_ change: Int64, to measure: Int, line: Int) throws {
    try values[(line - first) * Sums.count + measure].add(change)
  }
}

/// The sums of lines in each month of the business date, or in all as one.
struct MonthlySums {
  /// By month, `202109`; under 0 where months do not matter.
  typealias Totals = [Int: LineSums]

  private let lines: Range<Int>
  private let byMonth: Bool
  private var others: Totals
  private var month = 0
  /// Of the month turned to last.
  var current: LineSums

  /// - Parameter totals: what has been added up before, of the same lines.
  init(lines: Range<Int>, byMonth: Bool, onto totals: Totals = [:]) {
    self.lines = lines
    self.byMonth = byMonth
    others = totals
    current = others.removeValue(forKey: 0) ?? LineSums(lines: lines)
  }

  var totals: Totals { others.merging([month: current]) { _, last in last } }

  /// Makes a month the current one.
  @inline(__always)
  mutating func turn(to next: Int) {
    guard byMonth, next != month else { return }
    others[month] = current
    current = others.removeValue(forKey: next) ?? LineSums(lines: lines)
    month = next
  }
}

/// Reads the sums of a block as `BlockSums.bytes` writes them.
struct PackedSumsReader {
  private var reader: PackedReader
  private var next = 0

  init(_ bytes: UnsafeRawBufferPointer) { reader = PackedReader(bytes) }

  /// - Returns: the place of the next line in the block and its measures that are not zero, as bits; `nil` at the end.
  /// - Throws: `PackedReader.Malformed`.
  mutating func nextLine() throws(PackedReader.Malformed) -> (index: Int, measures: UInt64)? {
    guard !reader.isAtEnd else { return nil }
    let index = Int(try reader.byte())
    guard index >= next, index < BlockSums.size else { throw PackedReader.Malformed() }
    next = index + 1
    let measures = try reader.unsigned()
    guard measures < 1 << UInt64(Sums.count) else { throw PackedReader.Malformed() }
    return (index, measures)
  }

  /// Tells the sums of lines, each with the line's place in the block.
  /// - Parameter asked: the places, as bits.
  /// - Throws: `PackedReader.Malformed`.
  static func forEachLine(
    of bytes: UnsafeRawBufferPointer, among asked: BlockSums.Lines, _ body: (_ index: Int, Sums) throws -> Void
  ) throws {
    var reader = PackedSumsReader(bytes)
    var left = asked
    while left != 0, let (index, measures) = try reader.nextLine() {
      left &= .max << index  // Lines before it were not moved.
      guard left >> index & 1 == 1 else {
        try measures.forEachBit { _ in _ = try reader.value() }
        continue
      }
      var sums = Sums()
      try measures.forEachBit { sums[measure: $0] = try reader.value() }
      try body(index, sums)
      left &= left - 1
    }
  }

  /// The sum of the next of these measures.
  mutating func value() throws(PackedReader.Malformed) -> Int64 { try reader.signed() }
}

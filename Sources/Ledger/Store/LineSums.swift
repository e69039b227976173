/// The sums of all lines of a book in one table, by their numbers: what a fold of stored events adds up in.
struct LineSums: Sendable {
  /// By line from number 1, then by measure.
  private var values: [Int64]
  private var moved: [Bool]

  /// - Parameter lines: how many the book has.
  init(lines: Int) {
    values = [Int64](repeating: 0, count: lines * Sums.count)
    moved = [Bool](repeating: false, count: lines)
  }

  /// Whether an event moved this line.
  func isMoved(_ line: Int) -> Bool { moved[line - 1] }

  subscript(line: Int) -> Sums {
    var sums = Sums()
    for measure in 0..<Sums.count { sums[measure: measure] = values[(line - 1) * Sums.count + measure] }
    return sums
  }

  /// - Throws: `Overflow`.
  mutating func add(_ sums: Sums, line: Int) throws {
    moved[line - 1] = true
    for measure in 0..<Sums.count where sums[measure: measure] != 0 {
      try add(sums[measure: measure], to: measure, line: line)
    }
  }

  /// - Parameter change: what one fen of the same sign does.
  /// - Throws: `Overflow`.
  mutating func add(_ amount: Int64, by change: UnitChange, line: Int) throws {
    moved[line - 1] = true
    let size = abs(amount)
    try change.forEach { measure, isAdded in try add(isAdded ? size : -size, to: measure, line: line) }
  }

  /// - Parameter bytes: the sums of a block, packed.
  /// - Throws: `Overflow`; `PackedReader.Malformed`.
  mutating func add(block: Int, packed bytes: UnsafeRawBufferPointer) throws {
    let first = block * BlockSums.size + 1
    var reader = PackedSumsReader(bytes)
    while let (index, measures) = try reader.nextLine() {
      guard first + index <= moved.count else { throw PackedReader.Malformed() }
      moved[first + index - 1] = true
      var rest = measures
      while rest != 0 {
        try add(try reader.value(), to: rest.trailingZeroBitCount, line: first + index)
        rest &= rest - 1
      }
    }
  }

  /// - Throws: `Overflow`.
  mutating func add(_ other: LineSums) throws {
    for index in moved.indices where other.moved[index] { try add(other[index + 1], line: index + 1) }
  }

  private mutating func add(_ change: Int64, to measure: Int, line: Int) throws {
    let place = (line - 1) * Sums.count + measure
    let (sum, overflow) = values[place].addingReportingOverflow(change)
    if overflow { throw Overflow() }
    values[place] = sum
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

  /// The sum of the next of these measures.
  mutating func value() throws(PackedReader.Malformed) -> Int64 { try reader.signed() }
}

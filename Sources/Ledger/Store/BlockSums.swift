/// The sums of up to 128 neighbouring budget lines over some period: what the store keeps as one value.
///
/// Lines are numbered as they first appear, so those of one unit stand together, and a block is about what a day's
/// recording touches. Only measures that are not zero take room; a line that was moved and came back to zero is kept
/// all the same, since a report shows it.
struct BlockSums {
  /// Lines to a block.
  static let size = 128
  /// Some of them, by bit.
  typealias Lines = UInt128

  /// Which lines were moved.
  private(set) var moved: Lines = 0
  /// Which measures have values, by bit.
  private var measures: UInt64 = 0
  /// By measure, of those that have any; then by line. Most days move two or three measures of many lines.
  private var values: [Int64] = []

  static func block(ofLine number: Int) -> Int { (number - 1) / size }
  static func index(ofLine number: Int) -> Int { (number - 1) % size }

  subscript(index: Int) -> Sums? {
    guard moved >> index & 1 == 1 else { return nil }
    var sums = Sums()
    forEachValue(at: index) { sums[measure: $0] = $1 }
    return sums
  }

  /// - Throws: `Overflow`.
  mutating func add(_ sums: Sums, at index: Int) throws {
    moved |= 1 << index
    try sums.forEachNonZero { try add($1, to: $0, at: index) }
  }

  /// - Parameters:
  ///   - size: an amount without its sign, in fen.
  ///   - change: what one fen does.
  /// - Throws: `Overflow`.
  mutating func add(_ size: Int64, by change: UnitChange, at index: Int) throws {
    moved |= 1 << index
    try change.forEach { measure, isAdded in try add(isAdded ? size : -size, to: measure, at: index) }
  }

  /// - Throws: `Overflow`.
  mutating func add(_ other: BlockSums) throws {
    guard moved != 0 else {
      self = other
      return
    }
    moved |= other.moved
    var start = 0
    try other.measures.forEachBit { measure in
      let row = row(of: measure)
      for index in 0..<BlockSums.size { try values[row + index].add(other.values[start + index]) }
      start += BlockSums.size
    }
  }

  /// - Throws: `Overflow`.
  private mutating func add(_ change: Int64, to measure: Int, at index: Int) throws {
    let row = row(of: measure)
    try values[row + index].add(change)
  }

  /// Where the values of a measure begin, which are there from now on.
  private mutating func row(of measure: Int) -> Int {
    let bit: UInt64 = 1 << UInt64(measure)
    let row = (measures & (bit - 1)).nonzeroBitCount * BlockSums.size
    if measures & bit == 0 {
      if values.isEmpty { values.reserveCapacity(2 * BlockSums.size) }
      values.insert(contentsOf: repeatElement(0, count: BlockSums.size), at: row)
      measures |= bit
    }
    return row
  }

  /// Tells the measures of a line that are not zero, in order.
  private func forEachValue(at index: Int, _ body: (_ measure: Int, Int64) -> Void) {
    var place = index
    measures.forEachBit { measure in
      if values[place] != 0 { body(measure, values[place]) }
      place += BlockSums.size
    }
  }
}

extension BlockSums {
  /// Line by line: its place in the block, which measures are not zero as bits, and these.
  var bytes: [UInt8] {
    var writer = PackedWriter()
    var left = moved
    while left != 0 {
      let index = left.trailingZeroBitCount
      left &= left - 1
      writer.add(byte: UInt8(index))
      var present: UInt64 = 0
      forEachValue(at: index) { measure, _ in present |= 1 << UInt64(measure) }
      writer.add(present)
      forEachValue(at: index) { writer.add(signed: $1) }
    }
    return writer.bytes
  }

  /// - Returns: `nil` for bytes that are not such sums.
  init?(bytes: UnsafeRawBufferPointer) {
    do { try add(packed: bytes) } catch { return nil }
  }

  /// Adds what `bytes` wrote.
  /// - Throws: `Overflow`; `PackedReader.Malformed` for bytes that are no such sums.
  mutating func add(packed bytes: UnsafeRawBufferPointer) throws {
    var reader = PackedSumsReader(bytes)
    while let (index, measures) = try reader.nextLine() {
      moved |= 1 << index
      try measures.forEachBit { try add(try reader.value(), to: $0, at: index) }
    }
  }
}

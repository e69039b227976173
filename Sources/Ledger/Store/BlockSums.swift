/// The sums of up to 64 neighbouring budget lines over some period: what the store keeps as one value.
///
/// Lines are numbered as they first appear, so those of one unit stand together, and a block is about what a day's
/// recording touches. Only measures that are not zero take room; a line that was moved and came back to zero is kept
/// all the same, since a report shows it.
struct BlockSums: Equatable {
  /// Lines to a block.
  static let size = 64

  /// Which lines were moved, by bit.
  private(set) var moved: UInt64 = 0
  /// By line, then by measure; empty where no line was moved.
  private var values: [Int64] = []

  static func block(ofLine number: Int) -> Int { (number - 1) / size }
  static func index(ofLine number: Int) -> Int { (number - 1) % size }

  subscript(index: Int) -> Sums? {
    guard moved >> UInt64(index) & 1 == 1 else { return nil }
    var sums = Sums()
    for measure in SummedMeasure.allCases { sums[measure] = values[index * Sums.count + measure.rawValue] }
    return sums
  }

  /// - Throws: `Overflow`.
  mutating func add(_ sums: Sums, at index: Int) throws {
    touch(index)
    try sums.forEachNonZero { try add($1, to: $0, at: index) }
  }

  /// - Parameters:
  ///   - size: an amount without its sign, in fen.
  ///   - change: what one fen does.
  /// - Throws: `Overflow`.
  mutating func add(_ size: Int64, by change: UnitChange, at index: Int) throws {
    touch(index)
    try change.forEach { measure, isAdded in try add(isAdded ? size : -size, to: measure, at: index) }
  }

  /// - Throws: `Overflow`.
  mutating func add(_ other: BlockSums) throws {
    guard other.moved != 0 else { return }
    guard moved != 0 else {
      self = other
      return
    }
    moved |= other.moved
    for position in other.values.indices where other.values[position] != 0 {
      let (sum, overflow) = values[position].addingReportingOverflow(other.values[position])
      if overflow { throw Overflow() }
      values[position] = sum
    }
  }

  /// Marks a line as moved.
  private mutating func touch(_ index: Int) {
    if values.isEmpty { values = [Int64](repeating: 0, count: BlockSums.size * Sums.count) }
    moved |= 1 << UInt64(index)
  }

  /// - Throws: `Overflow`.
  private mutating func add(_ change: Int64, to measure: Int, at index: Int) throws {
    let (sum, overflow) = values[index * Sums.count + measure].addingReportingOverflow(change)
    if overflow { throw Overflow() }
    values[index * Sums.count + measure] = sum
  }
}

extension BlockSums {
  /// Line by line: its place in the block, which measures are not zero as bits, and these.
  var bytes: [UInt8] {
    var writer = PackedWriter()
    for index in 0..<BlockSums.size where moved >> UInt64(index) & 1 == 1 {
      let row = values[index * Sums.count..<(index + 1) * Sums.count]
      writer.add(byte: UInt8(index))
      writer.add(row.indices.reduce(0) { row[$1] == 0 ? $0 : $0 | 1 << UInt64($1 - row.startIndex) })
      for value in row where value != 0 { writer.add(signed: value) }
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
      touch(index)
      var rest = measures
      while rest != 0 {
        try add(try reader.value(), to: rest.trailingZeroBitCount, at: index)
        rest &= rest - 1
      }
    }
  }
}

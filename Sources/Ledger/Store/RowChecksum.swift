/// A cheap checksum over the columns of a stored row, so that a report notices a changed byte in any row it reads.
///
/// Each step is a bijection of the state for a given word and of the word for a given state, so no change of a single
/// word goes unnoticed. It guards against damage; against intent there is the hash chain.
struct RowChecksum {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ number: Int64) {
    state = ((state << 23 | state >> 41) ^ UInt64(bitPattern: number)) &* 0xD6E8_FEB8_6659_FD93
  }

  mutating func add(_ number: Int) { add(Int64(number)) }

  /// A missing value differs from every number.
  mutating func add(_ number: Int64?) {
    add(number == nil ? 1 : 2)
    if let number { add(number) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(Int64(bytes.count))
    var at = 0
    while at + 8 <= bytes.count {
      add(Int64(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))))
      at += 8
    }
    guard at < bytes.count else { return }
    var word: UInt64 = 0
    for byte in bytes[at...] { word = word << 8 | UInt64(byte) }
    add(Int64(bitPattern: word))
  }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  mutating func add(_ text: (some ColumnText)?) {
    guard let text else { return add(Int64(-1)) }
    text.withBytes { add($0) }
  }

  mutating func add(_ sums: Sums) { for measure in SummedMeasure.allCases { add(sums[measure]) } }

  /// As the store keeps it.
  var value: Int64 { Int64(bitPattern: state ^ state >> 29) }
}

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

  mutating func add(_ bytes: some Collection<UInt8>) {
    add(Int64(bytes.count))
    var word: UInt64 = 0
    var filled = 0
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled == 8 {
        add(Int64(bitPattern: word))
        word = 0
        filled = 0
      }
    }
    if filled > 0 { add(Int64(bitPattern: word)) }
  }

  mutating func add(_ text: String?) {
    guard let text else { return add(Int64(-1)) }
    add(text.utf8)
  }

  mutating func add(_ sums: Sums) { for measure in SummedMeasure.allCases { add(sums[measure]) } }

  /// As the store keeps it.
  var value: Int64 { Int64(bitPattern: state ^ state >> 29) }
}

/// Everything of a plain event but what differs from event to event: its type, unit, year, classification, reason and
/// kind, the sign of its amount, and which fields it has at all.
///
/// Two events of one key are completed to the same line, and add to the same measures. So the strict reader looks at
/// a key once and not at every event. The key is kept whole and compared whole.
struct PlainKey: ~Copyable {
  /// The fields that are there and the sign; then each value as a number of bytes and the bytes, in words.
  fileprivate let words: UnsafeMutablePointer<UInt64>
  fileprivate(set) var count = 0
  fileprivate(set) var hash: UInt64 = 0

  private static let mostWords = 64

  init() {
    words = .allocate(capacity: PlainKey.mostWords)
    words.initialize(repeating: 0, count: PlainKey.mostWords)
  }

  deinit { words.deallocate() }

  private static let valued = UInt64.fields(
    .type, .unit, .year, .fund, .function, .economic, .government, .project, .nature, .procurement, .from, .category,
    .reason, .kind)
  private static let negative: UInt64 = 1 << 63
  /// Fields that every event may have or not without meaning anything for the sums.
  private static let ignored = UInt64.fields(.recorded, .id, .position, .hash, .doc, .payee, .by, .memo, .source)

  /// - Returns: `false` if the values are too long.
  mutating func read(_ bytes: UnsafeRawPointer, _ line: borrowing PlainLine, isNegative: Bool) -> Bool {
    count = 0
    hash = 0x2D35_8DCC_AA6C_78A5
    add(line.present & ~PlainKey.ignored | (isNegative ? PlainKey.negative : 0))
    var rest = line.present & PlainKey.valued
    while rest != 0 {
      let number = rest.trailingZeroBitCount
      rest &= rest &- 1
      let text = line.text(ofFieldNumbered: number)
      guard add(bytes, text.lowerBound, text.upperBound) else { return false }
    }
    // Without a year it is that of the date.
    if line.has(.year) { return true }
    let date = line.text(of: .date).lowerBound
    return add(bytes, date, date + 4)
  }

  @inline(__always)
  private mutating func add(_ word: UInt64) {
    words[count] = word
    count += 1
    hash = hash.mixed(with: word)
  }

  @inline(__always)
  private mutating func add(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    let length = end - start
    guard length <= 8 * PlainKey.mostWords, count + length / 8 + 2 <= PlainKey.mostWords else { return false }
    add(bytes[word: start].first(min(length, 6)) | UInt64(length) << 48)
    var at = start + 6
    while at < end {
      add(end - at >= 8 ? bytes[word: at] : bytes[word: at].first(end - at))
      at += 8
    }
    return true
  }
}

/// Numbers keys from 0, in the order they are first met.
struct KeyTable {
  /// The upper half of a key's hash, and below it where the key stands in `words`; 0: free.
  private var places = [UInt64](repeating: 0, count: 1_024)
  /// Key after key: its number and how many words it has, its hash, its words. The first word of all is of no key.
  private var words: [UInt64] = [0]
  /// Where each key stands in `words`.
  private var starts: [Int] = []

  mutating func number(of key: borrowing PlainKey) -> Int {
    var place = Int(truncatingIfNeeded: key.hash) & (places.count - 1)
    while places[place] != 0 {
      let start = Int(places[place] & 0xFFFF_FFFF)
      if places[place] >> 32 == key.hash >> 32, isSame(start, key) { return Int(words[start] >> 32) }
      place = (place + 1) & (places.count - 1)
    }
    return add(key, at: place)
  }

  @inline(__always)
  private func isSame(_ start: Int, _ key: borrowing PlainKey) -> Bool {
    guard words[start] & 0xFFFF_FFFF == UInt64(key.count) else { return false }
    for index in 0..<key.count where words[start + 2 + index] != key.words[index] { return false }
    return true
  }

  private mutating func add(_ key: borrowing PlainKey, at place: Int) -> Int {
    let number = starts.count
    precondition(words.count <= UInt32.max, "keys take less than 32 GiB")
    places[place] = (key.hash >> 32) << 32 | UInt64(words.count)
    starts.append(words.count)
    words.append(UInt64(number) << 32 | UInt64(key.count))
    words.append(key.hash)
    for index in 0..<key.count { words.append(key.words[index]) }
    if starts.count * 2 > places.count { grow() }
    return number
  }

  private mutating func grow() {
    places = [UInt64](repeating: 0, count: places.count * 2)
    for start in starts {
      let hash = words[start + 1]
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = (hash >> 32) << 32 | UInt64(start)
    }
  }

  /// A key met before, to find it in another table.
  func key(_ number: Int) -> PlainKey {
    var key = PlainKey()
    let start = starts[number]
    key.hash = words[start + 1]
    key.count = Int(words[start] & 0xFFFF_FFFF)
    for index in 0..<key.count { key.words[index] = words[start + 2 + index] }
    return key
  }
}

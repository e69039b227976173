/// Everything of a plain event but what differs from event to event: its type, unit, year, classification, reason and
/// kind, the sign of its amount, and which fields it has at all.
///
/// Two events of one key are completed to the same line, and add to the same measures. So the strict reader looks at
/// a key once and not at every event. The key is kept whole and compared whole.
struct PlainKey: ~Copyable {
  /// The fields that are there and the sign; then each value as a number of bytes and the bytes, in words.
  fileprivate(set) var words = InlineArray<64, UInt64>(repeating: 0)
  fileprivate(set) var count = 0
  fileprivate(set) var hash: UInt64 = 0

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
      guard add(bytes, line.start(number), line.end(number)) else { return false }
    }
    // Without a year it is that of the date.
    let date = line.start(Field.date.number)
    return line.has(.year) || add(bytes, date, date + 4)
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
    guard length <= 6 || (length <= 200 && count + length / 8 + 2 <= words.count), count < words.count else {
      return false
    }
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
  /// The number of a key and one more; 0: free.
  private var places = [UInt32](repeating: 0, count: 1_024)
  private var hashes: [UInt64] = []
  /// Where each key starts in `words`, and where the last ends.
  private var starts = [0]
  private var words: [UInt64] = []

  var count: Int { hashes.count }

  mutating func number(of key: borrowing PlainKey) -> Int {
    var place = Int(truncatingIfNeeded: key.hash) & (places.count - 1)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if hashes[number] == key.hash, isSame(number, key) { return number }
      place = (place + 1) & (places.count - 1)
    }
    return add(key, at: place)
  }

  private func isSame(_ number: Int, _ key: borrowing PlainKey) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == key.count else { return false }
    for index in 0..<key.count where words[start + index] != key.words[index] { return false }
    return true
  }

  private mutating func add(_ key: borrowing PlainKey, at place: Int) -> Int {
    places[place] = UInt32(count + 1)
    hashes.append(key.hash)
    for index in 0..<key.count { words.append(key.words[index]) }
    starts.append(words.count)
    if count * 2 > places.count { grow() }
    return count - 1
  }

  private mutating func grow() {
    places = [UInt32](repeating: 0, count: places.count * 2)
    for (number, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number + 1)
    }
  }

  /// A key met before, to find it in another table.
  func key(_ number: Int) -> PlainKey {
    var key = PlainKey()
    key.hash = hashes[number]
    for word in words[starts[number]..<starts[number + 1]] {
      key.words[key.count] = word
      key.count += 1
    }
    return key
  }
}

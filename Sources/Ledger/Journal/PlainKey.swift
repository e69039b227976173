import Foundation

/// Everything of a plain event but what differs from event to event: its type, unit, year, classification, reason and
/// kind, the sign of its amount, and which fields it has at all.
///
/// Two events of one key are completed to the same line, and add to the same measures. So the strict reader looks at
/// a key once and not at every event. The key is kept whole and compared whole.
struct PlainKey: ~Copyable {
  /// The fields that are there and the sign; then each value, its length in a byte before it; zeros up to a whole word.
  fileprivate let words: UnsafeMutablePointer<UInt64>
  fileprivate private(set) var count = 0
  private(set) var hash: UInt64 = 0
  /// How many bytes there are so far.
  private var size = 0

  private static let mostBytes = 512

  init() {
    let capacity = PlainKey.mostBytes / 8 + 2
    words = .allocate(capacity: capacity)
    words.initialize(repeating: 0, count: capacity)
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
    words[0] = line.present & ~PlainKey.ignored | (isNegative ? PlainKey.negative : 0)
    size = 8
    var rest = line.present & PlainKey.valued
    while rest != 0 {
      let number = rest.trailingZeroBitCount
      rest &= rest &- 1
      let text = line.text(ofFieldNumbered: number)
      guard add(bytes, text.lowerBound, text.upperBound) else { return false }
    }
    // Without a year it is that of the date.
    if !line.has(.year) {
      let date = line.text(of: .date).lowerBound
      guard add(bytes, date, date + 4) else { return false }
    }
    finish()
    return true
  }

  @inline(__always)
  private mutating func add(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int) -> Bool {
    let length = end - start
    guard length <= UInt8.max, size + 1 + length <= PlainKey.mostBytes else { return false }
    let target = UnsafeMutableRawPointer(words)
    target.storeBytes(of: UInt8(truncatingIfNeeded: length), toByteOffset: size, as: UInt8.self)
    size += 1
    // In words, of which the last may bring bytes that do not belong here; what comes next stands in their place.
    var done = 0
    while done < length {
      target.storeBytes(of: bytes[word: start + done].littleEndian, toByteOffset: size + done, as: UInt64.self)
      done += 8
    }
    size += length
    return true
  }

  @inline(__always)
  private mutating func finish() {
    UnsafeMutableRawPointer(words).storeBytes(of: 0, toByteOffset: size, as: UInt64.self)
    count = (size + 7) / 8
    hash = 0x2D35_8DCC_AA6C_78A5
    for index in 0..<count { hash = hash.mixed(with: words[index]) }
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

  var count: Int { starts.count }

  mutating func number(of key: borrowing PlainKey) -> Int {
    number(of: UnsafeBufferPointer(start: key.words, count: key.count), hash: key.hash)
  }

  /// The number here of a key of another table.
  mutating func number(ofKey number: Int, in other: KeyTable) -> Int {
    let start = other.starts[number]
    let count = Int(other.words[start] & 0xFFFF_FFFF)
    return other.words.withUnsafeBufferPointer { words in
      self.number(of: UnsafeBufferPointer(rebasing: words[start + 2..<start + 2 + count]), hash: words[start + 1])
    }
  }

  @inline(__always)
  private mutating func number(of key: UnsafeBufferPointer<UInt64>, hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let start = Int(places[place] & 0xFFFF_FFFF)
      if places[place] >> 32 == hash >> 32, isSame(start, key) { return Int(words[start] >> 32) }
      place = (place + 1) & (places.count - 1)
    }
    return add(key, hash, at: place)
  }

  @inline(__always)
  private func isSame(_ start: Int, _ key: UnsafeBufferPointer<UInt64>) -> Bool {
    words.withUnsafeBufferPointer { words in
      guard words[start] & 0xFFFF_FFFF == UInt64(key.count), let known = words.baseAddress, let asked = key.baseAddress
      else { return false }
      return memcmp(known + start + 2, asked, key.count * MemoryLayout<UInt64>.size) == 0
    }
  }

  private mutating func add(_ key: UnsafeBufferPointer<UInt64>, _ hash: UInt64, at place: Int) -> Int {
    let number = starts.count
    precondition(words.count <= UInt32.max, "keys take less than 32 GiB")
    places[place] = (hash >> 32) << 32 | UInt64(words.count)
    starts.append(words.count)
    words.append(UInt64(number) << 32 | UInt64(key.count))
    words.append(hash)
    words.append(contentsOf: key)
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
}

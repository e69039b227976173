import Foundation

/// The keys of some plain lines, one behind the other.
///
/// A key is everything of a plain event but what differs from event to event: its type, unit, year, classification,
/// reason and kind, the sign of its amount, and which fields it has at all. Two events of one key are completed to the
/// same line, and add to the same measures. So the strict reader looks at a key once and not at every event. A key is
/// kept whole and compared whole.
struct PlainKeys: ~Copyable {
  /// So many are kept at a time: what a table knows of them is looked for side by side.
  static let most = 32

  private struct Place {
    var hash: UInt64 = 0
    var start = 0
    var end = 0
  }

  private(set) var count = 0
  /// Of each key: the fields that are there and the sign; then each value, its length in a byte before it; zeros up to a
  /// whole word.
  private let words: UnsafeMutablePointer<UInt64>
  private let places: UnsafeMutablePointer<Place>

  private static let mostBytes = 512

  init() {
    let capacity = PlainKeys.most * PlainKeys.mostBytes / 8 + 2
    words = .allocate(capacity: capacity)
    words.initialize(repeating: 0, count: capacity)
    places = .allocate(capacity: PlainKeys.most + 1)
    places.initialize(repeating: Place(), count: PlainKeys.most + 1)
  }

  deinit {
    words.deallocate()
    places.deallocate()
  }

  func hash(_ index: Int) -> UInt64 { places[index].hash }

  func words(_ index: Int) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: words + places[index].start, count: places[index].end - places[index].start)
  }

  private static let valued = UInt64.fields(
    .type, .unit, .year, .fund, .function, .economic, .government, .project, .nature, .procurement, .from, .category,
    .reason, .kind)
  private static let negative: UInt64 = 1 << 63
  /// Fields that every event may have or not without meaning anything for the sums.
  private static let ignored = UInt64.fields(.recorded, .id, .position, .hash, .doc, .payee, .by, .memo, .source)

  mutating func removeAll() { count = 0 }

  /// Adds the key of a line.
  /// - Returns: `false` if the values are too long.
  /// - Precondition: there are fewer than `most`.
  mutating func add(_ bytes: UnsafeRawPointer, _ line: borrowing PlainLine, isNegative: Bool) -> Bool {
    let start = count == 0 ? 0 : places[count - 1].end
    let target = UnsafeMutableRawPointer(words + start)
    words[start] = line.present & ~PlainKeys.ignored | (isNegative ? PlainKeys.negative : 0)
    var size = 8
    var rest = line.present & PlainKeys.valued
    while rest != 0 {
      let number = rest.trailingZeroBitCount
      rest &= rest &- 1
      let text = line.text(ofFieldNumbered: number)
      guard PlainKeys.add(bytes, text.lowerBound, text.upperBound, to: target, &size) else { return false }
    }
    // Without a year it is that of the date.
    if !line.has(.year) {
      let date = line.text(of: .date).lowerBound
      guard PlainKeys.add(bytes, date, date + 4, to: target, &size) else { return false }
    }
    target.storeBytes(of: 0, toByteOffset: size, as: UInt64.self)
    let end = start + (size + 7) / 8
    var hash: UInt64 = 0x2D35_8DCC_AA6C_78A5
    for index in start..<end { hash = hash.mixed(with: words[index]) }
    places[count] = Place(hash: hash, start: start, end: end)
    count += 1
    return true
  }

  @inline(__always)
  private static func add(
    _ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, to target: UnsafeMutableRawPointer, _ size: inout Int
  ) -> Bool {
    let length = end - start
    guard length <= UInt8.max, size + 1 + length <= PlainKeys.mostBytes else { return false }
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

  /// The number of one of some keys.
  mutating func number(of index: Int, in keys: borrowing PlainKeys) -> Int {
    number(of: keys.words(index), hash: keys.hash(index))
  }

  /// Brings what `number` will look at for these keys into the processor's cache; see `EventRegister.look`.
  /// - Returns: something of what was seen, so that it is not left out.
  func look(ahead keys: borrowing PlainKeys) -> UInt64 {
    var seen: UInt64 = 0
    for index in 0..<keys.count { seen ^= places[place(of: keys.hash(index))] }
    for index in 0..<keys.count {
      let start = Int(places[place(of: keys.hash(index))] & 0xFFFF_FFFF)
      // A key mostly takes two lines of the cache.
      seen ^= words[start] ^ words[min(start + 8, words.count - 1)]
    }
    return seen
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (places.count - 1) }

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
    var place = place(of: hash)
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
      var place = place(of: hash)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = (hash >> 32) << 32 | UInt64(start)
    }
  }
}

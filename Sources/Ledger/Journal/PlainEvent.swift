/// What the sums need of a plain line that moves money on one line of its own.
///
/// What can differ from event to event is here as numbers; everything else of the event is its key (`PlainKeys`). Bytes
/// that are read together are no more than 2 GiB: so an event takes 72 bytes.
struct PlainEvent {
  /// Where the line stands among the bytes that were read together, without its newline.
  @Narrow var start = 0
  @Narrow var end = 0
  /// Of the line among those read together, from 0.
  @Narrow var line = 0
  /// The number of its key, or `strict`.
  var key = PlainEvent.strict
  /// As `Day.number`.
  var date: Int32 = 0
  /// Where its id stands; -1: it has none.
  @Narrow var idText = -1
  /// Where the id of the event stands that it is about; -1: about none.
  @Narrow var of = -1
  /// Where its hash stands; -1: it states none.
  @Narrow var hash = -1
  /// Where the line starts that its hash is proven to follow, among the bytes that were read together; -1: none.
  @Narrow var follows = -1
  /// The amount without its sign, in fen.
  var size: Int64 = 0
  /// `noTime`: not stated.
  var recorded = PlainEvent.noTime
  /// 0: not stated.
  var position = 0
  /// The fingerprint of the id; 0: it has none.
  var id: UInt64 = 0

  /// The line is not plain, or not of this kind.
  static let strict: UInt32 = .max
  static let noTime = Int64.min

  /// The fields that a plain event may have. Nothing of a contract's use, and no lines.
  fileprivate static let taken = UInt64.fields(
    .type, .date, .recorded, .id, .position, .hash, .unit, .year, .fund, .function, .economic, .government, .project,
    .nature, .procurement, .from, .category, .amount, .of, .doc, .payee, .contract, .by, .approval, .memo, .source,
    .reason,
    .kind)
  fileprivate static let needed = UInt64.fields(.type, .date, .amount)
  fileprivate static let wholeNumbers = UInt64.fields(.position, .year, .from)
}

/// Reads the values of plain lines, one line after another.
struct PlainEventReader: ~Copyable {
  /// Those of the lines read since they were last removed.
  var keys = PlainKeys()
  private var line = PlainLine()
  private var chain = PlainChain()
  /// Days repeat: the last one read, as its bytes and as a number.
  private var lastDay: (low: UInt64, high: UInt64, number: Int32) = (0, 0, 0)

  /// Reads the line that starts at a place; its key is then the last of `keys`, and the event has its number there.
  /// - Returns: the place of its newline, and the event; `nil` if the strict reader must take the line.
  mutating func read(_ bytes: UnsafeRawPointer, from start: Int, into event: inout PlainEvent) -> Int? {
    if let end = readLine(bytes, from: start, into: &event) { return end }
    chain.interrupt()
    return nil
  }

  /// The next line stands elsewhere.
  mutating func interrupt() { chain.interrupt() }

  private mutating func readLine(
    _ bytes: UnsafeRawPointer, from start: Int, into event: inout PlainEvent
  ) -> Int? {
    guard let end = line.read(bytes, from: start), line.isPlainEvent,
      let date = day(bytes, line.text(of: .date)),
      let amount = PlainEventReader.amount(bytes, line.text(of: .amount))
    else { return nil }
    event.date = date
    event.size = amount.size
    event.id = 0
    event.idText = -1
    event.of = line.has(.of) ? line.text(of: .of).lowerBound : -1
    event.position = 0
    event.recorded = PlainEvent.noTime
    if line.has(.id) {
      guard let id = PlainEventReader.fingerprint(bytes, line.text(of: .id)) else { return nil }
      event.id = id
      event.idText = line.text(of: .id).lowerBound
    }
    if line.has(.position) {
      event.position = PlainEventReader.number(bytes, line.text(of: .position))
      guard event.position > 0 else { return nil }
    }
    if line.has(.recorded) {
      guard let time = time(bytes, line.text(of: .recorded)) else { return nil }
      event.recorded = time
    }
    event.hash = -1
    event.follows = -1
    if line.has(.hash) {
      guard let follows = chain.link(bytes, line, from: start) else { return nil }
      event.hash = line.text(of: .hash).lowerBound
      event.follows = follows
    } else {
      chain.interrupt()
    }
    event.key = UInt32(truncatingIfNeeded: keys.count)
    return keys.add(bytes, line, isNegative: amount.isNegative) ? end : nil
  }

  // MARK: Values

  /// `2021-09-14`; `nil`: no such day.
  private mutating func day(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> Int32? {
    guard range.count == 10 else { return nil }
    return day(bytes, at: range.lowerBound)
  }

  private mutating func day(_ bytes: UnsafeRawPointer, at place: Int) -> Int32? {
    let (low, high) = (bytes[word: place], bytes[word: place + 8].first(2))
    if low == lastDay.low, high == lastDay.high { return lastDay.number }
    let places = [0, 1, 2, 3, 5, 6, 8, 9]
    guard bytes[byte: place + 4] == UInt8(ascii: "-"), bytes[byte: place + 7] == UInt8(ascii: "-"),
      places.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[byte: place + $0] })
    else { return nil }
    let number = places.reduce(0) { $0 * 10 + Int(bytes[byte: place + $1] - UInt8(ascii: "0")) }
    guard let day = Day(number: number) else { return nil }
    lastDay = (low, high, day.number)
    return day.number
  }

  /// `2021-09-14T08:30:00.000Z`, as a book writes it, in milliseconds.
  private mutating func time(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> Int64? {
    let start = range.lowerBound
    guard range.count == 24, bytes[byte: start + 10] == UInt8(ascii: "T"), bytes[byte: start + 13] == UInt8(ascii: ":"),
      bytes[byte: start + 16] == UInt8(ascii: ":"), bytes[byte: start + 19] == UInt8(ascii: "."),
      bytes[byte: start + 23] == UInt8(ascii: "Z"),
      let day = day(bytes, at: start).flatMap({ Day(number: Int($0)) }),
      let hour = PlainEventReader.digits(bytes, start + 11, 2), hour < 24,
      let minute = PlainEventReader.digits(bytes, start + 14, 2), minute < 60,
      let second = PlainEventReader.digits(bytes, start + 17, 2), second < 60,
      let fraction = PlainEventReader.digits(bytes, start + 20, 3)
    else { return nil }
    return (day.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000 + fraction
  }

  private static func digits(_ bytes: UnsafeRawPointer, _ start: Int, _ count: Int) -> Int64? {
    var value: Int64 = 0
    for place in start..<start + count {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[byte: place] else { return nil }
      value = value * 10 + Int64(bytes[byte: place] - UInt8(ascii: "0"))
    }
    return value
  }

  /// A whole number of at most sixteen digits.
  private static func number(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> Int {
    var value = 0
    for place in range { value = value &* 10 &+ Int(bytes[byte: place] &- UInt8(ascii: "0")) }
    return value
  }

  /// Yuan as they are mostly written: `294900.00`, `-5`, `0.5`. Other spellings, zero and more than fifteen digits are
  /// not plain.
  private static func amount(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> (size: Int64, isNegative: Bool)? {
    var at = range.lowerBound
    let isNegative = bytes[byte: at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let first = at
    var size: Int64 = 0
    while at < range.upperBound, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[byte: at] {
      size = size &* 10 &+ Int64(bytes[byte: at] &- UInt8(ascii: "0"))
      at += 1
    }
    let whole = at - first
    guard whole > 0, whole <= 15, whole == 1 || bytes[byte: first] != UInt8(ascii: "0") else { return nil }
    size *= 100
    if at < range.upperBound {
      let decimals = range.upperBound - at - 1
      guard bytes[byte: at] == UInt8(ascii: "."), decimals == 1 || decimals == 2,
        let cents = digits(bytes, at + 1, decimals)
      else { return nil }
      size += decimals == 1 ? cents * 10 : cents
    }
    return size == 0 ? nil : (size, isNegative)
  }

  /// Of an id of 1 to 64 printable ASCII characters; `nil` for any other.
  private static func fingerprint(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> UInt64? {
    guard range.count <= 64 else { return nil }
    for place in range where !(0x20...0x7E ~= bytes[byte: place]) { return nil }
    return fingerprint(of: bytes, range)
  }

  /// Of an id however it was read; never 0.
  static func fingerprint(of bytes: UnsafeRawPointer, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(range.count) &+ 0xA076_1D64_78BD_642F
    var at = range.lowerBound
    while range.upperBound - at >= 8 {
      hash = hash.mixed(with: bytes[word: at])
      at += 8
    }
    if at < range.upperBound { hash = hash.mixed(with: bytes[word: at].first(range.upperBound - at)) }
    return hash.mixed(with: 0xE703_7ED1_A0B4_28DB) | 1
  }

  static func fingerprint(of id: String) -> UInt64 {
    let bytes = Array(id.utf8) + [UInt8](repeating: 0, count: 8)
    return bytes.withUnsafeBytes { raw in
      raw.baseAddress.map { fingerprint(of: $0, 0..<bytes.count - 8) } ?? 1
    }
  }
}

extension PlainLine {
  /// Whether it has the fields of a plain event, each as a text or a number as it should be.
  fileprivate var isPlainEvent: Bool {
    let whole = present & PlainEvent.wholeNumbers
    return present & PlainEvent.needed == PlainEvent.needed && present & ~PlainEvent.taken == 0 && numbers == whole
  }
}

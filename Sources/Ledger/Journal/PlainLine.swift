/// A line of a journal as nearly all are: one flat object of known fields, each once, whose values are texts without
/// escapes or whole numbers.
///
/// One pass over the bytes finds where each value stands and makes nothing. What is not as plain as that — `lines`,
/// an escape, a doubled key, a `null`, anything wrong — is said to be not plain, and no more: the strict reader
/// (`JSONScanner`, `EventReader`) then takes the line and tells what it is. So nothing here has to be told twice, and
/// a line is only ever read two ways if both come to the same.
///
/// It knows no meaning: whoever binds texts into a store, or figures, starts from `text(of:)` of a field.
struct PlainLine: ~Copyable {
  /// The fields that are there, as bits.
  private(set) var present: UInt64 = 0
  /// Those of them whose values are whole numbers: no sign, no leading zero, at most sixteen digits.
  private(set) var numbers: UInt64 = 0
  /// Whether there is a space anywhere between keys and values.
  private(set) var hasSpaces = false
  /// Behind the closing brace.
  private(set) var end = 0
  /// By number of the field: where its value starts, and where it ends. Memory of its own, since a fixed array in a
  /// struct is copied where the compiler sees fit.
  private let places: UnsafeMutablePointer<(start: Int, end: Int)>
  /// By number of the field before, the last one for that at the start of a line: what came next when it was last looked
  /// for. Lines of a journal are mostly written alike, and what is expected is known without a search.
  private let expected: UnsafeMutablePointer<Opening>

  init() {
    places = .allocate(capacity: UInt64.bitWidth)
    places.initialize(repeating: (0, 0), count: UInt64.bitWidth)
    expected = .allocate(capacity: UInt64.bitWidth + 1)
    expected.initialize(repeating: Opening(), count: UInt64.bitWidth + 1)
  }

  deinit {
    places.deallocate()
    expected.deallocate()
  }

  /// How many bytes behind the last line must be there to be read, whatever they are.
  static let padding = 16

  /// Where the value of a field stands, without quotes.
  /// - Precondition: the field is present.
  func text(of field: Field) -> Range<Int> { text(ofFieldNumbered: field.number) }

  func text(ofFieldNumbered number: Int) -> Range<Int> {
    Range(uncheckedBounds: (places[number].start, places[number].end))
  }

  /// The bytes of a text; `nil` if the field is not there.
  func bytes(of field: Field, _ bytes: UnsafeRawPointer) -> UnsafeRawBufferPointer? {
    guard has(field) else { return nil }
    let range = text(of: field)
    return UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count)
  }

  /// Where a text stands that starts here, in a line that has been read.
  static func text(_ bytes: UnsafeRawPointer, at start: Int) -> Range<Int> {
    start..<(endOfText(bytes, from: start) ?? start)
  }

  @inline(__always)
  func has(_ field: Field) -> Bool { present & field.bit != 0 }

  /// Reads the line that starts at a place.
  ///
  /// - Parameter bytes: a newline stands behind every line, also the last, and `padding` bytes behind that.
  /// - Returns: the place of the newline; `nil` if the line is not plain.
  mutating func read(_ bytes: UnsafeRawPointer, from start: Int) -> Int? {
    present = 0
    numbers = 0
    hasSpaces = false
    guard bytes[byte: start] == UInt8(ascii: "{") else { return nil }
    var at = start + 1
    var before = UInt64.bitWidth
    while true {
      let opening = expected + before
      if opening.pointee.stands(bytes, at) {
        before = opening.pointee.number
        at += opening.pointee.length
        guard add(before), opening.pointee.isText ? text(bytes, &at, before) : wholeNumber(bytes, &at, before)
        else { return nil }
      } else {
        guard let number = member(bytes, &at, expectedAt: opening) else { return nil }
        before = number
      }
      skipSpaces(bytes, &at)
      let next = bytes[byte: at]
      at += 1
      if next == UInt8(ascii: ",") { continue }
      guard next == UInt8(ascii: "}") else { return nil }
      end = at
      while bytes[byte: at] == 0x20 || bytes[byte: at] == 0x0D || bytes[byte: at] == 0x09 { at += 1 }
      return bytes[byte: at] == 0x0A ? at : nil
    }
  }

  /// A member that was not expected here.
  /// - Returns: the number of its field.
  private mutating func member(
    _ bytes: UnsafeRawPointer, _ at: inout Int, expectedAt opening: UnsafeMutablePointer<Opening>
  ) -> Int? {
    skipSpaces(bytes, &at)
    let start = at
    guard let number = PlainLine.key(bytes, &at), add(number) else { return nil }
    let length = at - start
    skipSpaces(bytes, &at)
    guard bytes[byte: at] == UInt8(ascii: ":") else { return nil }
    at += 1
    skipSpaces(bytes, &at)
    let isText = bytes[byte: at] == UInt8(ascii: "\"")
    if isText { at += 1 }
    if at - start == length + (isText ? 2 : 1) {
      opening.pointee = Opening(bytes, start..<at, number: number, isText: isText)
    }
    guard isText ? text(bytes, &at, number) : wholeNumber(bytes, &at, number) else { return nil }
    return number
  }

  /// - Returns: whether the field has not been there before.
  @inline(__always)
  private mutating func add(_ number: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(number)
    defer { present |= bit }
    return present & bit == 0
  }

  @inline(__always)
  private mutating func skipSpaces(_ bytes: UnsafeRawPointer, _ at: inout Int) {
    guard bytes[byte: at] == 0x20 else { return }
    hasSpaces = true
    repeat { at += 1 } while bytes[byte: at] == 0x20
  }

  /// A name from its opening quote to behind its closing one.
  @inline(__always)
  private static func key(_ bytes: UnsafeRawPointer, _ at: inout Int) -> Int? {
    guard bytes[byte: at] == UInt8(ascii: "\"") else { return nil }
    let low = bytes[word: at + 1]
    let quote = low.places(of: UInt8(ascii: "\""))
    if quote != 0 {
      let length = quote.trailingZeroBitCount >> 3
      at += length + 2
      return FieldTable.shared.number(low.first(length), 0)
    }
    let high = bytes[word: at + 9]
    let second = high.places(of: UInt8(ascii: "\""))
    guard second != 0 else { return nil }
    let length = second.trailingZeroBitCount >> 3
    at += length + 10
    return FieldTable.shared.number(low, high.first(length))
  }

  /// A text from behind its opening quote.
  @inline(__always)
  private func text(_ bytes: UnsafeRawPointer, _ at: inout Int, _ number: Int) -> Bool {
    guard let end = PlainLine.endOfText(bytes, from: at), end > at else { return false }
    places[number] = (at, end)
    at = end + 1
    return true
  }

  @inline(__always)
  private mutating func wholeNumber(_ bytes: UnsafeRawPointer, _ at: inout Int, _ number: Int) -> Bool {
    let start = at
    while UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[byte: at] { at += 1 }
    let length = at - start
    guard length > 0, length <= 16, bytes[byte: start] != UInt8(ascii: "0") || length == 1 else { return false }
    numbers |= 1 << UInt64(number)
    places[number] = (start, at)
    return true
  }

  /// The place of the closing quote; `nil` where an escape, a control character or a byte that is not UTF-8 comes
  /// before it.
  @inline(__always)
  private static func endOfText(_ bytes: UnsafeRawPointer, from start: Int) -> Int? {
    var at = start
    while true {
      let word = bytes[word: at]
      let stop = word.placesOfTextEnds
      guard stop != 0 else {
        at += 8
        continue
      }
      at += stop.trailingZeroBitCount >> 3
      var byte = bytes[byte: at]
      while byte >= 0x80 {
        if bytes.hasTwoCharacters(at: at) {
          at += 6
        } else {
          let width = bytes.widthOfCharacter(at: at)
          guard width > 0 else { return nil }
          at += width
        }
        byte = bytes[byte: at]
      }
      if byte == UInt8(ascii: "\"") { return at }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
    }
  }
}

/// How a member of an object begins, up to its value: `"amount":"`, `"year":`.
private struct Opening {
  private var low: UInt64 = 1
  private var lowMask: UInt64 = 0
  private var high: UInt64 = 0
  private var highMask: UInt64 = 0
  private(set) var length = 0
  private(set) var number = 0
  private(set) var isText = false

  /// One that stands nowhere.
  init() {}

  init(_ bytes: UnsafeRawPointer, _ range: Range<Int>, number: Int, isText: Bool) {
    guard range.count <= 16 else { return }
    lowMask = range.count < 8 ? UInt64.max.first(range.count) : .max
    highMask = range.count < 8 ? 0 : range.count < 16 ? UInt64.max.first(range.count - 8) : .max
    low = bytes[word: range.lowerBound] & lowMask
    high = bytes[word: range.lowerBound + 8] & highMask
    length = range.count
    self.number = number
    self.isText = isText
  }

  @inline(__always)
  func stands(_ bytes: UnsafeRawPointer, _ at: Int) -> Bool {
    bytes[word: at] & lowMask == low && bytes[word: at + 8] & highMask == high
  }
}

import Crypto

/// Holds the hashes of plain lines against each other: that of a line must be what the line before it and its own
/// canonical form come to.
///
/// A plain line whose keys are sorted and whose values are spelled as a book writes them is its own canonical form, but
/// for position and hash, which are left out of it. So it is hashed as it stands. Nothing is said of other lines.
struct PlainChain: ~Copyable {
  private let stated: UnsafeMutableBufferPointer<UInt8>
  private let previous: UnsafeMutableBufferPointer<UInt8>
  /// Where the line of `previous` starts; `nil`: the line before states no hash or is not plain.
  private var previousStart: Int?
  private let order = Field.canonicalOrder.map(\.number)

  init() {
    stated = .allocate(capacity: 32)
    previous = .allocate(capacity: 32)
    previous.initialize(repeating: 0)
    stated.initialize(repeating: 0)
  }

  deinit {
    stated.deallocate()
    previous.deallocate()
  }

  /// The next line does not follow on a line that states a hash.
  mutating func interrupt() { previousStart = nil }

  /// - Returns: where the line starts that this one is proven to follow; -1 if none; `nil` if the line is not in its
  ///   canonical form.
  mutating func link(_ bytes: UnsafeRawPointer, _ line: borrowing PlainLine, from start: Int) -> Int? {
    guard isCanonical(bytes, line), readHash(bytes, line.text(of: .hash)) else { return nil }
    var followed = -1
    if let previousStart {
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(previous))
      add(bytes, line, from: start, to: &hasher)
      if hasher.finalize().elementsEqual(stated) { followed = previousStart }
    }
    for index in 0..<32 { previous[index] = stated[index] }
    previousStart = start
    return followed
  }

  private func add(_ bytes: UnsafeRawPointer, _ line: borrowing PlainLine, from start: Int, to hasher: inout SHA256) {
    var at = start
    func add(until end: Int) {
      hasher.update(bufferPointer: UnsafeRawBufferPointer(start: bytes + at, count: end - at))
    }
    let hash = line.text(of: .hash)
    add(until: hash.lowerBound - #""hash":""#.utf8.count)
    at = hash.upperBound + 2
    if line.has(.position) {
      let position = line.text(of: .position)
      add(until: position.lowerBound - #""position":"#.utf8.count)
      at = position.upperBound + 1
    }
    add(until: line.end)
  }

  private func isCanonical(_ bytes: UnsafeRawPointer, _ line: borrowing PlainLine) -> Bool {
    guard !line.hasSpaces else { return false }
    var last = 0
    for number in order where line.present & (1 << UInt64(number)) != 0 {
      let start = line.text(ofFieldNumbered: number).lowerBound
      if start < last { return false }
      last = start
    }
    let amount = line.text(of: .amount)
    guard amount.count > 3, bytes[byte: amount.upperBound - 3] == UInt8(ascii: ".") else { return false }
    return !line.has(.fund)
      || line.text(of: .fund).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[byte: $0] }
  }

  private func readHash(_ bytes: UnsafeRawPointer, _ range: Range<Int>) -> Bool {
    guard range.count == 64 else { return false }
    for index in 0..<32 {
      guard let high = PlainChain.digit(bytes[byte: range.lowerBound + 2 * index]),
        let low = PlainChain.digit(bytes[byte: range.lowerBound + 2 * index + 1])
      else { return false }
      stated[index] = high << 4 | low
    }
    return true
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

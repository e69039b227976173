import Foundation

/// The bytes of a journal on their way into a file.
final class JournalOutput {
  /// More than the longest line made here.
  private static let longestLine = 1 << 14
  private static let capacity = 1 << 20

  private let file: FileHandle
  private let pool: TextPool
  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  private var count = 0
  /// Why a line could not be written; nothing is written after it.
  private var failure: (any Error)?

  init(file: FileHandle, pool: TextPool) {
    self.file = file
    self.pool = pool
  }

  deinit { buffer.deallocate() }

  /// Makes room for one line.
  func startLine() {
    if count > JournalOutput.capacity - JournalOutput.longestLine { flush() }
  }

  /// - Throws: what kept any of the lines from being written.
  func finish() throws {
    flush()
    if let failure { throw failure }
  }

  private func flush() {
    let bytes = Data(bytesNoCopy: buffer, count: count, deallocator: .none)
    do { if failure == nil { try file.write(contentsOf: bytes) } } catch { failure = error }
    count = 0
  }

  func put(_ text: StaticString) { put(text.utf8Start, text.utf8CodeUnitCount) }

  func put(_ text: TextPool.Text) { put(pool.start(of: text), text.count) }

  func put(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      if let start = utf8.baseAddress { put(start, utf8.count) }
    }
  }

  private func put(_ start: UnsafePointer<UInt8>, _ length: Int) {
    precondition(length <= JournalOutput.capacity - count, "a line is longer than expected")
    (buffer + count).update(from: start, count: length)
    count += length
  }

  /// A number with leading zeros up to `digits`, or without for 1.
  func put(_ number: Int, digits: Int = 1) {
    var length = 1
    var rest = number / 10
    while rest > 0 {
      rest /= 10
      length += 1
    }
    length = max(length, digits)
    rest = number
    for place in stride(from: length - 1, through: 0, by: -1) {
      buffer[count + place] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    count += length
  }

  /// Sixteen hexadecimal digits.
  func put(hexadecimal number: UInt64) {
    for place in 0..<16 {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place) & 15)
      buffer[count + place] = digit < 10 ? 48 + digit : 87 + digit
    }
    count += 16
  }

  /// An amount in fen as yuan with two decimals.
  func put(yuan fen: Int) {
    if fen < 0 { put("-" as StaticString) }
    put(fen.magnitude.quotientAndRemainder(dividingBy: 100))
  }

  private func put(_ parts: (quotient: UInt, remainder: UInt)) {
    put(Int(parts.quotient))
    put("." as StaticString)
    put(Int(parts.remainder), digits: 2)
  }
}

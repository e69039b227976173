import Foundation

/// Some lines of a journal, those that start in one stretch of the file, with all of their bytes.
///
/// It is used again for the next stretch, so that reading a file of any size takes as much memory as a few stretches.
/// A newline stands behind every line, also where the file ends without one.
struct JournalChunk: ~Copyable {
  private(set) var bytes: UnsafeMutableRawBufferPointer
  /// Where the first byte stands in the file.
  private(set) var offset = 0
  /// The lines, with their newlines.
  private(set) var lines = 0..<0
  /// The length of the last line, where it is larger than an event may be: its end is not kept.
  private(set) var cutLine: Int?

  private static let tail = 4_096

  init(size: Int) {
    bytes = .allocate(
      byteCount: size + JournalChunk.tail + 2 + PlainLine.padding, alignment: MemoryLayout<UInt64>.alignment)
  }

  deinit { bytes.deallocate() }

  /// Reads the lines that start in a stretch of the file.
  mutating func read(_ source: JournalBytes, _ stretch: Range<Int>) throws {
    let isFirst = stretch.lowerBound == 0
    // From the byte before: the stretch starts with a line if that is a newline.
    offset = isFirst ? 0 : stretch.lowerBound - 1
    cutLine = nil
    var filled = try source.read(from: offset, into: room(0, until: stretch.upperBound - offset + JournalChunk.tail))
    let end = min(stretch.upperBound - offset, filled)
    guard let start = isFirst ? 0 : newline(0..<end).map({ place in place + 1 }), start < end else {
      lines = 0..<0
      return
    }
    var last = newline(end - 1..<filled)
    while last == nil, offset + filled < source.count {
      guard filled - end <= JournalFile.largestEvent else {
        try cut(source, &filled)
        break
      }
      let more = try source.read(from: offset + filled, into: room(filled, until: filled * 2))
      if more == 0 { break }
      last = newline(filled..<filled + more)
      filled += more
    }
    if last == nil {
      bytes[filled] = 0x0A
      last = filled
    }
    lines = start..<(last ?? filled) + 1
  }

  /// Finds the end of a line that is too large, and keeps no more of it.
  private mutating func cut(_ source: JournalBytes, _ filled: inout Int) throws {
    var size = filled
    let start = (bytes[..<filled].lastIndex(of: 0x0A) ?? -1) + 1
    let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
    defer { part.deallocate() }
    while true {
      let more = try source.read(from: offset + size, into: part)
      if let end = part[..<more].firstIndex(of: 0x0A) {
        size += end
        break
      }
      size += more
      if more < part.count { break }
    }
    cutLine = size - start
  }

  private func newline(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = bytes.baseAddress,
      let found = memchr(base + range.lowerBound, 0x0A, range.count)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// The memory from a place up to another, with more behind it for a newline and what is read beyond.
  private mutating func room(_ start: Int, until end: Int) -> UnsafeMutableRawBufferPointer {
    let needed = end + 1 + PlainLine.padding
    if needed > bytes.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: needed, alignment: MemoryLayout<UInt64>.alignment)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<start]))
      bytes.deallocate()
      bytes = larger
    }
    return UnsafeMutableRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// A line, or any part of the bytes.
  func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).bindMemory(to: UInt8.self)[range])
  }
}

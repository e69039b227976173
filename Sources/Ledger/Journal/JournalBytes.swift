import Foundation

/// The bytes of a journal, read a part at a time and as often as needed: a file that is open, or a text in memory.
///
/// A file is not mapped: pages of a map that have been looked at count as memory of the program.
public struct JournalBytes: Sendable {
  private enum Content {
    case file(OpenFile)
    case text(Data)
  }

  private let content: Content
  /// As the person named the file.
  let name: String?
  let count: Int

  public init(text: Data, name: String?) {
    self.name = name
    content = .text(text)
    count = text.count
  }

  /// - Returns: `nil` if it is not a file of its own that can be read anywhere: a pipe, a folder, nothing.
  init?(path: String) {
    guard let file = OpenFile(path) else { return nil }
    name = path
    content = .file(file)
    count = file.size
  }

  /// - Parameter descriptor: of a file that is open; it is closed with the last that knows it.
  /// - Returns: `nil` if it is not a file of its own.
  init?(descriptor: Int32, name: String?) {
    guard descriptor >= 0, let file = OpenFile(descriptor: descriptor) else { return nil }
    self.name = name
    content = .file(file)
    count = file.size
  }

  /// Reads into memory from a place on.
  /// - Returns: how many bytes there were, less than asked for only at the end.
  /// - Throws: `Problems`: `file.failed`.
  func read(from offset: Int, into target: UnsafeMutableRawBufferPointer) throws -> Int {
    switch content {
    case .text(let text):
      let length = min(target.count, max(0, text.count - offset))
      text.withUnsafeBytes { raw in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[offset..<offset + length]))
      }
      return length
    case .file(let file):
      guard let length = file.read(from: offset, into: target) else {
        let place = SourceLocation(file: name, line: nil, column: nil)
        throw Problems(Problem(.fileFailed, at: place, detail: .storeSaid(String(cString: strerror(errno)))))
      }
      return length
    }
  }

  /// All of it.
  public func text() throws -> Data {
    if case .text(let text) = content { return text }
    var text = Data(count: count)
    let length = try text.withUnsafeMutableBytes { try read(from: 0, into: $0) }
    return text.prefix(length)
  }

  /// The line that starts at a place, without its newline.
  func line(at offset: Int) throws -> [UInt8] {
    var length = 1_024
    while true {
      let line = try [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
        filled = try read(from: offset, into: UnsafeMutableRawBufferPointer(buffer))
      }
      if let end = line.firstIndex(of: 0x0A) { return Array(line[..<end]) }
      if line.count < length { return line }
      length *= 8
    }
  }
}

/// A file open for reading, closed with the last that knows it.
private final class OpenFile: Sendable {
  let size: Int
  private let descriptor: Int32

  convenience init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    self.init(descriptor: descriptor)
  }

  init?(descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    size = Int(status.st_size)
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else { return nil }
  }

  deinit { close(descriptor) }

  /// - Returns: `nil` if the system refuses.
  func read(from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Int? {
    var filled = 0
    while filled < target.count, let base = target.baseAddress {
      let length = pread(descriptor, base + filled, target.count - filled, off_t(offset + filled))
      if length < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if length == 0 { break }
      filled += length
    }
    return filled
  }
}

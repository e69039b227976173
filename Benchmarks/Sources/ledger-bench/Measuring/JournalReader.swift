import Foundation

/// Reads a journal file some lines at a time, so that what is measured has the memory to itself.
final class JournalReader {
  /// How many lines were read so far.
  private(set) var lines = 0
  private let file: UnsafeMutablePointer<FILE>
  /// The memory in which `getline` puts a line.
  private var line: UnsafeMutablePointer<CChar>?
  private var capacity = 0

  init(of path: String) throws {
    guard let file = fopen(path, "r") else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    self.file = file
  }

  deinit {
    free(line)
    fclose(file)
  }

  /// The text of the next lines with their line feeds; fewer at the end of the file, and `nil` behind it.
  func next(_ count: Int) throws -> Data? {
    var text = Data()
    try read(count) { text.append(contentsOf: $0) }
    return text.isEmpty ? nil : text
  }

  /// Goes past the next lines.
  func skip(_ count: Int) throws { try read(count) { _ in } }

  private func read(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    for _ in 0..<count {
      let length = getline(&line, &capacity, file)
      guard length > 0 else {
        guard ferror(file) == 0 else { throw POSIXError(.EIO) }
        return
      }
      body(UnsafeRawBufferPointer(start: line, count: length))
      lines += 1
    }
  }
}

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
    for _ in 0..<count {
      let length = getline(&line, &capacity, file)
      guard length > 0, let line else {
        guard ferror(file) == 0 else { throw POSIXError(.EIO) }
        break
      }
      line.withMemoryRebound(to: UInt8.self, capacity: length) { text.append($0, count: length) }
      lines += 1
    }
    return text.isEmpty ? nil : text
  }
}

import Foundation

/// Files and standard input, as bytes.
public enum InputFile {
  static let bookMark = Data("SQLite format 3\u{0}".utf8)

  /// Whether a file is a book, by its first bytes.
  public static func isBook(_ bytes: JournalBytes) throws -> Bool {
    let start = try [UInt8](unsafeUninitializedCapacity: bookMark.count) { buffer, filled in
      filled = try bytes.read(from: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bookMark.elementsEqual(start)
  }

  /// Whether a file that should be a journal is a table: its name ends as that of one, and it does not begin with an event.
  public static func isTable(_ bytes: JournalBytes) throws -> Bool {
    guard let ending = bytes.name?.split(separator: ".").last?.lowercased(),
      ["csv", "tsv", "txt", "xls", "xlsx"].contains(ending)
    else { return false }
    let start = try [UInt8](unsafeUninitializedCapacity: 256) { buffer, filled in
      filled = try bytes.read(from: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return start.first { $0 > 0x20 } != UInt8(ascii: "{")
  }

  /// A file that can be read anywhere as it stands; what cannot, such as a pipe, in memory.
  public static func bytes(_ path: String) throws -> JournalBytes {
    if path != "-", let bytes = JournalBytes(path: path) { return bytes }
    return JournalBytes(text: try read(path), name: path)
  }

  /// - Parameter path: a file, or `-` for standard input.
  public static func read(_ path: String) throws -> Data {
    let place = SourceLocation(file: path, line: nil, column: nil)
    do {
      if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
      guard FileManager.default.fileExists(atPath: path) else { throw Problems(Problem(.fileNotFound, at: place)) }
      let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      if type != .typeRegular, type != .typeDirectory, type != .typeSymbolicLink,
        let pipe = FileHandle(forReadingAtPath: path)
      {
        return try pipe.readToEnd() ?? Data()
      }
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch let error as Problems {
      throw error
    } catch {
      throw Problems(Problem(.fileFailed, at: place, detail: .storeSaid(error.localizedDescription)))
    }
  }
}

import Foundation

/// Files and standard input, as bytes.
public enum InputFile {
  static let bookMark = Data("SQLite format 3\u{0}".utf8)

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

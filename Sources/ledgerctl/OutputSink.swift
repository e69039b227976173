import Foundation
import Ledger

/// Where output goes as it is made: standard output, or a file that is there once all of it is written.
///
/// What is no plain file, such as a pipe or a device, is written to as it stands. A link stays one, and a file keeps who
/// may read it.
final class OutputSink {
  private static let partSize = 1 << 16

  private let handle: FileHandle
  /// Where it is written until it is whole, and where it belongs then; `nil`: where it belongs from the start.
  private let unfinished: (path: String, target: String)?
  /// As the person named it; `nil`: standard output.
  private let path: String?
  private var part = Data()

  /// - Parameters:
  ///   - flag: that named the file.
  ///   - inputs: what is read meanwhile, and must not be written over.
  /// - Throws: `Problems`: `book.exists`, `file.failed`; a usage error where the file is one of the inputs.
  init(path: String?, flag: String = "-o", inputs: [String] = []) throws {
    self.path = path
    guard let path else {
      handle = .standardOutput
      unfinished = nil
      return
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var there = stat()
    let exists = stat(target, &there) == 0
    if exists, there.st_mode & S_IFMT != S_IFREG {
      guard let handle = FileHandle(forWritingAtPath: target) else { throw OutputSink.failed(path) }
      self.handle = handle
      unfinished = nil
      return
    }
    if exists {
      try OutputSink.refuseInputs(inputs, there, path, flag)
      try OutputOptions.refuseBook(at: target, flag: flag)
      guard access(target, W_OK) == 0 else { throw OutputSink.failed(path) }
    }
    let beside = target + ".\(UInt32.random(in: 0...UInt32.max)).unfinished"
    guard FileManager.default.createFile(atPath: beside, contents: nil),
      let handle = FileHandle(forWritingAtPath: beside)
    else { throw OutputSink.failed(path) }
    if exists { chmod(beside, there.st_mode & 0o7777) }
    self.handle = handle
    unfinished = (beside, target)
  }

  deinit {
    // After `finish` nothing stands there any more.
    if let unfinished { unlink(unfinished.path) }
  }

  private static func refuseInputs(_ inputs: [String], _ there: stat, _ path: String, _ flag: String) throws {
    for input in inputs {
      var read = stat()
      if stat(input, &read) == 0, read.st_ino == there.st_ino, read.st_dev == there.st_dev {
        throw Problems(
          Problem(
            .usage, at: SourceLocation(file: path, line: nil, column: nil), field: flag, value: path,
            expected: .expectedOtherThanInput))
      }
    }
  }

  func write(_ text: String) throws { try write(Data(text.utf8)) }

  func write(_ data: Data) throws {
    part.append(data)
    if part.count >= OutputSink.partSize { try flush() }
  }

  func finish() throws {
    try flush()
    guard let unfinished else { return }
    do { try handle.close() } catch { throw OutputSink.failed(path, error.localizedDescription) }
    guard rename(unfinished.path, unfinished.target) == 0 else { throw OutputSink.failed(path) }
  }

  private func flush() throws {
    defer { part.removeAll(keepingCapacity: true) }
    do { try handle.write(contentsOf: part) } catch { throw OutputSink.failed(path, error.localizedDescription) }
  }

  private static func failed(_ path: String?, _ what: String = String(cString: strerror(errno))) -> Problems {
    Problems(
      Problem(.fileFailed, at: SourceLocation(file: path, line: nil, column: nil), detail: .storeSaid(what)))
  }
}

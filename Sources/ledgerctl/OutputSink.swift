import Foundation
import Ledger

/// Where a long output goes as it is made: standard output, or a file that is there once all of it is written.
final class OutputSink {
  private static let partSize = 1 << 16

  /// `nil`: standard output.
  private let path: String?
  /// What is written until it is whole; it stands beside the file.
  private let unfinished: (url: URL, handle: FileHandle)?
  private var part = Data()

  init(path: String?) throws {
    self.path = path
    guard let path else {
      unfinished = nil
      return
    }
    try OutputOptions.refuseBook(at: path, flag: "-o")
    let url = URL(fileURLWithPath: path + ".\(UInt32.random(in: 0...UInt32.max)).unfinished")
    guard FileManager.default.createFile(atPath: url.path, contents: nil),
      let handle = try? FileHandle(forWritingTo: url)
    else { throw OutputSink.failed(path, String(cString: strerror(errno))) }
    unfinished = (url, handle)
  }

  deinit {
    // After `finish` nothing stands there any more.
    if let unfinished { try? FileManager.default.removeItem(at: unfinished.url) }
  }

  func write(_ text: String) throws {
    part.append(contentsOf: text.utf8)
    if part.count >= OutputSink.partSize { try flush() }
  }

  func finish() throws {
    try flush()
    guard let unfinished, let path else { return }
    do { try unfinished.handle.close() } catch { throw OutputSink.failed(path, error.localizedDescription) }
    guard rename(unfinished.url.path, path) == 0 else {
      throw OutputSink.failed(path, String(cString: strerror(errno)))
    }
  }

  private func flush() throws {
    defer { part.removeAll(keepingCapacity: true) }
    guard let unfinished, let path else { return try Terminal.write(part) }
    do { try unfinished.handle.write(contentsOf: part) } catch {
      throw OutputSink.failed(path, error.localizedDescription)
    }
  }

  private static func failed(_ path: String, _ what: String) -> Problems {
    Problems(
      Problem(.fileFailed, at: SourceLocation(file: path, line: nil, column: nil), detail: .storeSaid(what)))
  }
}

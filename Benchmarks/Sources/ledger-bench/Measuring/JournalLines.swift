import Foundation

/// The lines of a journal file.
struct JournalLines {
  let text: Data
  /// Where each line ends, its line feed included.
  private let ends: [Int]

  init(of path: String) throws {
    let text = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    ends = text.withUnsafeBytes { bytes in
      var ends: [Int] = []
      var start = 0
      while start < bytes.count, let base = bytes.baseAddress {
        let found = memchr(base + start, 0x0A, bytes.count - start)
        let end = found.map { base.distance(to: UnsafeRawPointer($0)) + 1 } ?? bytes.count
        ends.append(end)
        start = end
      }
      return ends
    }
    self.text = text
  }

  var count: Int { ends.count }

  /// The text of some lines, counted from 0, in memory of its own.
  func text(of lines: Range<Int>) -> Data {
    guard !lines.isEmpty else { return Data() }
    return Data(text[(lines.lowerBound == 0 ? 0 : ends[lines.lowerBound - 1])..<ends[lines.upperBound - 1]])
  }
}

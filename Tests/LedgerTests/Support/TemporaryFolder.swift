import Foundation
import Ledger

/// A folder of its own for a test, gone with it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// A new book with these journal lines imported.
  func book(_ name: String = "a.book", recording lines: [String]) throws -> Book {
    let book = try Book.create(at: path(name))
    _ = try book.importing(lines)
    return book
  }

  /// The same book again, in a file of its own.
  func copy(_ book: Book, to name: String) throws -> Book {
    let copy = try Book.create(at: path(name))
    let options = RecordingOptions(
      ids: .derived, origin: .journal(now: Instant(milliseconds: 0)), expectedPosition: nil, dryRun: false)
    let text = try export(book)
    _ = try copy.record({ JournalFile(text: Data(text.utf8), name: "export", fundNames: $0) }, options: options)
    return copy
  }

  func export(_ book: Book) throws -> String {
    var text = ""
    try LedgerSource.book(book).forEachEvent { recorded, _ in
      text += String(decoding: CanonicalWriter.bytes(of: recorded), as: UTF8.self) + "\n"
    }
    return text
  }

  func exportedLines(_ book: Book) throws -> [String] {
    try export(book).split(separator: "\n").map(String.init)
  }

  func journal(_ lines: [String]) throws -> LedgerSource {
    .journal(try Journal(JournalBytes(text: Data(lines.joined(separator: "\n").utf8), name: "journal")))
  }
}

extension Book {
  func importing(_ lines: [String], at milliseconds: Int64 = 1_700_000_000_000) throws -> BatchResult {
    let options = RecordingOptions(
      ids: .derived, origin: .now(Instant(milliseconds: milliseconds)), expectedPosition: nil, dryRun: false)
    return try record(
      { JournalFile(text: Data(lines.joined(separator: "\n").utf8), name: "import", fundNames: $0) }, options: options)
  }
}

extension LedgerState {
  /// Every line and its measures in the notation of the slow model.
  func measures(_ declarations: Declarations) -> [String: [String: Int]] {
    Dictionary(
      uniqueKeysWithValues: lines.map { entry in
        let fields = LineField.allCases.map { entry.line.classification[$0] ?? "" }
        let key = ([entry.line.unit.text, String(entry.line.year)] + fields).joined(separator: "|")
        let figures = Figures(entry, by: declarations)
        return (key, Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0.rawValue, Int(figures[$0])) }))
      })
  }
}

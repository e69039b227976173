import Foundation

/// An event of a journal file, with its place.
public struct WrittenEvent: Sendable {
  /// As stated, before defaults.
  public let event: Event
  /// As stated, or counted where the file has no positions.
  public let position: Int
  public let hash: ChainHash?
  /// From 1.
  public let line: Int
  fileprivate let range: Range<Int>
}

/// A journal as text: every event that could be read, and every flaw of the rest.
public struct JournalFile: Sendable {
  /// As the person named it.
  public var name: String? { reader.name }
  public private(set) var events: [WrittenEvent] = []
  public private(set) var problems: [Problem] = []
  /// Hashes that cannot be checked, because the event before is not in the file: a part of a book was exported.
  public var unlinkedHashes: Int { reader.order.unlinked }
  private let text: Data
  private var reader: LineReader

  /// The largest event, in bytes.
  static let largestEvent = 64 << 20

  /// - Parameters:
  ///   - name: the file as the person named it; `nil` for what was typed as flags.
  ///   - fundNames: names of funds declared in the book the journal is read for.
  public init(text: Data, name: String?, fundNames: FundNames = FundNames()) {
    self.text = text
    reader = LineReader(name: name, fundNames: fundNames)
    text.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      var start = 0
      var number = 0
      while start < bytes.count {
        number += 1
        let end = JournalFile.endOfLine(in: bytes, from: start)
        read(bytes, start..<end, number)
        start = end + 1
      }
    }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ number: Int) {
    let outcome = reader.read(UnsafeBufferPointer(rebasing: bytes[range]), number: number)
    problems += outcome.problems
    guard let (stated, position) = outcome.stated else { return }
    events.append(
      WrittenEvent(event: stated.event, position: position, hash: stated.hash, line: number, range: range))
  }

  private static func endOfLine(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
      return bytes.count
    }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Problems that only the book could see, each at its field.
  func located(_ found: [FieldProblem], in written: WrittenEvent) -> [Problem] {
    withLine(of: written) { reader.located(found, in: $0, number: written.line) }
  }

  /// Where a field of an event stands: at the top, or in the first of its lines that has it.
  func location(of field: Field, in written: WrittenEvent) -> SourceLocation {
    withLine(of: written) { reader.location(of: field, in: $0, number: written.line) }
  }

  private func withLine<Result>(of written: WrittenEvent, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withUnsafeBytes { raw in
      body(UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[written.range]))
    }
  }
}

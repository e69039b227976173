/// Reads lines of a file that is recorded: strictly, or, of a plain line, only its id.
struct PlainIntake: ~Copyable {
  var reader: LineReader
  private var line = PlainLine()

  init(_ reader: LineReader) { self.reader = reader }

  /// The id of a line; `nil` if it must be taken strictly.
  mutating func id(of plain: PlainEvent, _ chunk: borrowing JournalChunk) -> String? {
    guard let bytes = UnsafeRawPointer(chunk.bytes.baseAddress), line.read(bytes, from: plain.start) != nil
    else { return nil }
    return line.bytes(of: .id, bytes).map { String(decoding: $0, as: UTF8.self) }
  }
}

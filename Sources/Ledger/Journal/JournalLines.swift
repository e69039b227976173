/// The lines of one stretch of a journal, taken apart.
struct JournalLines: ~Copyable {
  /// A line that has been read strictly before somebody asks for it.
  struct Ahead {
    /// Its place among `events`.
    let event: Int
    let line: ReadLine
  }

  var chunk: JournalChunk
  /// All lines but empty ones.
  var events: [PlainEvent] = []
  /// Those that will be asked for strictly, in their order: lines that are not plain, and the first of each key. They are
  /// read with no fund named but those that every journal may name.
  var ahead: [Ahead] = []
  /// How many lines there are, with empty ones.
  var count = 0

  init(_ options: JournalReadingOptions) { chunk = JournalChunk(size: options.chunkSize) }

  /// The size of a line that is larger than an event may be; `nil` for any other.
  func cutSize(of event: PlainEvent) -> Int? { event.line == count - 1 ? chunk.cutLine : nil }

  /// The id of a plain event; `nil` where it has none.
  func id(of event: PlainEvent) -> String? {
    guard event.idText >= 0, let bytes = UnsafeRawPointer(chunk.bytes.baseAddress) else { return nil }
    return String(decoding: chunk.text(PlainLine.text(bytes, at: event.idText)), as: UTF8.self)
  }

  func text(of event: PlainEvent) -> UnsafeBufferPointer<UInt8> { chunk.text(event.start..<event.end) }
}

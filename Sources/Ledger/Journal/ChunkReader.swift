import Foundation

/// Takes stretches of a journal apart into lines, whichever come first; what they mean together is not asked here, so
/// several readers can work at a time.
struct ChunkReader: ~Copyable {
  private(set) var chunk: JournalChunk
  /// The lines of the chunk, but for empty ones.
  private(set) var events: [PlainEvent] = []
  /// How many lines there are, with empty ones.
  private(set) var lineCount = 0
  private(set) var keys = KeyTable()
  /// What this reader's keys are in `PlainEffects`, as far as asked.
  var effects: [UInt32] = []
  private var reader = PlainEventReader()
  private let options: JournalReadingOptions

  /// - Parameter keys: those of other files, which keep their numbers.
  init(_ options: JournalReadingOptions, keys: KeyTable = KeyTable()) {
    self.options = options
    self.keys = keys
    chunk = JournalChunk(size: options.chunkSize)
  }

  mutating func read(_ source: JournalBytes, _ stretch: Range<Int>) throws {
    events.removeAll(keepingCapacity: true)
    lineCount = 0
    reader.interrupt()
    try chunk.read(source, stretch)
    guard let bytes = UnsafeRawPointer(chunk.bytes.baseAddress) else { return }
    var event = PlainEvent()
    var at = chunk.lines.lowerBound
    while at < chunk.lines.upperBound {
      event.start = at
      event.line = lineCount
      if !options.isStrict, let end = reader.read(bytes, from: at, into: &event), end - at <= JournalFile.largestEvent {
        event.key = UInt32(truncatingIfNeeded: keys.number(of: reader.key))
        event.end = end
      } else {
        event.key = PlainEvent.strict
        event.end = endOfLine(bytes, at)
      }
      if event.end > at { events.append(event) }
      at = event.end + 1
      lineCount += 1
    }
    if chunk.cutLine != nil, let last = events.indices.last { events[last].key = PlainEvent.strict }
  }

  private func endOfLine(_ bytes: UnsafeRawPointer, _ start: Int) -> Int {
    let found = memchr(bytes + start, 0x0A, chunk.lines.upperBound - start)
    return found.map { bytes.distance(to: $0) } ?? chunk.lines.upperBound - 1
  }
}

/// How a journal is read. Whatever is chosen, the figures and the problems are the same.
public struct JournalReadingOptions: Sendable {
  /// Of the stretches read at a time, in bytes.
  public var chunkSize = 1 << 19
  /// How many stretches are read at a time, if there are as many cores.
  public var readers = 4
  /// Whether every line is read strictly, also plain ones.
  public var isStrict = false

  public init() {}
}

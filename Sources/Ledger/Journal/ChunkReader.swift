import Foundation

/// Takes stretches of a journal apart into lines, whichever come first; what they mean together is not asked here, so
/// several readers can work at a time.
struct ChunkReader: ~Copyable {
  private(set) var keys: KeyTable
  /// What this reader's keys are in `PlainEffects`, as far as asked.
  var effects: [UInt32] = []
  var payments = PlainPayments()
  private var reader = PlainEventReader()
  private let options: JournalReadingOptions
  /// Whose keys somebody reads ahead; `nil`: nothing is read ahead.
  private let claims: KeyClaims?

  /// - Parameters:
  ///   - keys: those of other files, which keep their numbers.
  ///   - claims: of all who read ahead in this file.
  init(_ options: JournalReadingOptions, keys: KeyTable = KeyTable(), claims: KeyClaims? = nil) {
    self.options = options
    self.keys = keys
    self.claims = claims
  }

  /// Takes the lines apart that start in a stretch of the file.
  mutating func read(_ source: JournalBytes, _ stretch: Range<Int>, into lines: inout JournalLines) throws {
    lines.events.removeAll(keepingCapacity: true)
    lines.ahead.removeAll(keepingCapacity: true)
    lines.count = 0
    reader.interrupt()
    try lines.chunk.read(source, stretch)
    guard let bytes = UnsafeRawPointer(lines.chunk.bytes.baseAddress) else { return }
    var event = PlainEvent()
    var at = lines.chunk.lines.lowerBound
    while at < lines.chunk.lines.upperBound {
      event.start = at
      event.line = lines.count
      var isAsked = true
      if !options.isStrict, let end = reader.read(bytes, from: at, into: &event), end - at <= JournalFile.largestEvent {
        let known = keys.count
        event.key = UInt32(truncatingIfNeeded: keys.number(of: reader.key))
        event.end = end
        isAsked = keys.count > known && claims?.claim(reader.key.hash) ?? false
      } else {
        event.key = PlainEvent.strict
        event.end = endOfLine(lines.chunk, bytes, at)
      }
      if event.end > at {
        if isAsked { readAhead(event, &lines) }
        lines.events.append(event)
      }
      at = event.end + 1
      lines.count += 1
    }
    if lines.chunk.cutLine != nil, let last = lines.events.indices.last { lines.events[last].key = PlainEvent.strict }
  }

  /// Reads a line strictly that is about to be the next of the events.
  private func readAhead(_ event: PlainEvent, _ lines: inout JournalLines) {
    guard claims != nil, event.end - event.start <= JournalFile.largestEvent else { return }
    let line = ReadLine(lines.text(of: event), fundNames: FundNames(), isPlain: event.key != PlainEvent.strict)
    lines.ahead.append(JournalLines.Ahead(event: lines.events.count, line: line))
  }

  private func endOfLine(_ chunk: borrowing JournalChunk, _ bytes: UnsafeRawPointer, _ start: Int) -> Int {
    let found = memchr(bytes + start, 0x0A, chunk.lines.upperBound - start)
    return found.map { bytes.distance(to: $0) } ?? chunk.lines.upperBound - 1
  }
}

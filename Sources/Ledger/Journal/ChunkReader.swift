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
  /// See `KeyTable.look`.
  private var seen: UInt64 = 0

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
    var at = lines.chunk.lines.lowerBound
    while at < lines.chunk.lines.upperBound {
      let known = lines.events.count
      at = takeApart(from: at, bytes, &lines)
      number(lines.events.indices[known...], &lines)
    }
    if lines.chunk.cutLine != nil, let last = lines.events.indices.last { lines.events[last].key = PlainEvent.strict }
  }

  /// Takes the next lines apart, as many as their keys can be kept of.
  /// - Returns: where the line behind them starts.
  private mutating func takeApart(
    from start: Int, _ bytes: UnsafeRawPointer, _ lines: inout JournalLines
  ) -> Int {
    reader.keys.removeAll()
    var event = PlainEvent()
    var at = start
    while at < lines.chunk.lines.upperBound, reader.keys.count < PlainKeys.most {
      event.start = at
      event.line = lines.count
      if !options.isStrict, let end = reader.read(bytes, from: at, into: &event), end - at <= JournalFile.largestEvent {
        event.end = end
      } else {
        event.key = PlainEvent.strict
        event.end = endOfLine(lines.chunk, bytes, at)
      }
      if event.end > at { lines.events.append(event) }
      at = event.end + 1
      lines.count += 1
    }
    return at
  }

  /// Gives events the numbers of their keys, and reads ahead what will be asked for.
  private mutating func number(_ events: Range<Int>, _ lines: inout JournalLines) {
    seen ^= keys.look(ahead: reader.keys)
    for index in events {
      let place = Int(lines.events[index].key)
      var isAsked = true
      if lines.events[index].key != PlainEvent.strict {
        let known = keys.count
        lines.events[index].key = UInt32(truncatingIfNeeded: keys.number(of: place, in: reader.keys))
        isAsked = keys.count > known && claims?.claim(reader.keys.hash(place)) ?? false
      }
      if isAsked { readAhead(index, &lines) }
    }
  }

  /// Reads the line of an event strictly.
  private func readAhead(_ index: Int, _ lines: inout JournalLines) {
    let event = lines.events[index]
    guard claims != nil, event.end - event.start <= JournalFile.largestEvent else { return }
    let line = ReadLine(lines.text(of: event), fundNames: FundNames(), isPlain: event.key != PlainEvent.strict)
    lines.ahead.append(JournalLines.Ahead(event: index, line: line))
  }

  private func endOfLine(_ chunk: borrowing JournalChunk, _ bytes: UnsafeRawPointer, _ start: Int) -> Int {
    let found = memchr(bytes + start, 0x0A, chunk.lines.upperBound - start)
    return found.map { bytes.distance(to: $0) } ?? chunk.lines.upperBound - 1
  }
}

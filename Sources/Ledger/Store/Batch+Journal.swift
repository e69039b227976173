/// A journal recorded as it is read, stretch by stretch, and not kept.
extension Batch {
  /// So many events at a time are looked at ahead, since more would leave the processor's cache before their turn.
  private static let lookedAhead = 32

  /// Plain lines go the short way as long as nothing is to be said of them; every other line goes the way of a line that
  /// was typed. What is recorded and what is refused is the same either way.
  mutating func record(_ source: JournalBytes, progress: (Int) -> Void) throws -> BatchResult {
    let reading = JournalReadingOptions()
    var part = ChunkReader(reading, keys: ways.takeKeys())
    var lines = JournalLines(reading)
    var reader = LineReader(name: source.name, fundNames: declarations.fundNames)
    var lineCount = 0
    reading: for start in stride(from: 0, to: source.count, by: reading.chunkSize) {
      try part.read(source, start..<min(source.count, start + reading.chunkSize), into: &lines)
      for (index, event) in lines.events.enumerated() {
        if index.isMultiple(of: Batch.lookedAhead) {
          seen ^= ways.look(ahead: lines.events[index...].prefix(Batch.lookedAhead), control)
        }
        let number = lineCount + event.line + 1
        if event.key != PlainEvent.strict, takesPlain {
          do {
            if try takePlain(event, lines, &reader) { continue }
          } catch is Overflow {
            tellOverflow(reader.place(of: event, lines, number))
            break reading
          }
        }
        guard try takeStrict(event, lines, number, &reader) else { break reading }
      }
      lineCount += lines.count
      progress(result.added + result.known)
    }
    ways.end(with: part.keys, hasNewNames: reader.namesLearned > 0)
    return try finish()
  }

  /// - Returns: `false` where sums mean nothing from here on.
  private mutating func takeStrict(
    _ event: PlainEvent, _ lines: borrowing JournalLines, _ number: Int, _ reader: inout LineReader
  ) throws -> Bool {
    let line = lines.text(of: event)
    if let size = lines.cutSize(of: event) {
      flaws.append(reader.placed(LineReader.tooLarge(size), line, number))
      return true
    }
    let outcome = reader.read(line, number: number)
    flaws += outcome.problems
    guard let (stated, position) = outcome.stated else { return true }
    let place = reader.place(of: event, lines, number)
    do { try record(Written(stated.event, stated.hash, at: position, place)) } catch is Overflow {
      tellOverflow(place)
      return false
    }
    return true
  }

  /// Whether this batch can take events the short way at all: new ones, stamped now, and only counted. Of these nobody
  /// asks the hash before the end.
  var takesPlain: Bool {
    guard case .now = options.origin, case .derived = options.ids else { return false }
    return !options.isCorrection && !options.tellsEach
  }

  /// - Returns: `false` if it must be taken strictly; nothing has changed then.
  private mutating func takePlain(
    _ plain: PlainEvent, _ lines: borrowing JournalLines, _ reader: inout LineReader
  ) throws -> Bool {
    guard plain.id != 0, plain.hash < 0, case .now(let now) = options.origin,
      let inFile = reader.order.position(ofPlain: plain, follows: false),
      let date = Day(number: Int(plain.date)),
      let id = lines.id(of: plain)
    else { return false }
    let (position, time) = (head.position + 1, max(now, head.recorded))
    let taken = try ways.withWay(of: plain, lines, declarations, reader) { way -> PendingEvents.Plain? in
      guard try writer.position(ofID: id) == nil,
        try control.takePlain(&way, plain.size, on: date, at: position, declarations, self.lines)
      else { return nil }
      let number = try way.number ?? self.lines.number(of: way.line)
      way.number = number
      try control.keepPlain(&way, plain.size, line: number, on: date, at: position)
      let kind = way.kindNumber ?? writer.add(way.kind)
      way.kindNumber = kind
      return PendingEvents.Plain(
        kind: kind, line: number, date: plain.date, position: position, recorded: time,
        amount: way.isNegative ? -plain.size : plain.size)
    }
    guard let event = taken else { return false }
    mayWait = mayWait && plain.size <= Batch.largestToWait
    try writer.append(event, id: id, lines.text(of: plain))
    advance(to: position, nil, recorded: time)
    bookPositions.add(position, at: inFile)
    reader.order.pass(plain, at: inFile)
    return true
  }
}

extension LineReader {
  /// Where a line stands, for what is to be said of it.
  fileprivate func place(of event: PlainEvent, _ lines: borrowing JournalLines, _ number: Int) -> EventPlace {
    let line = lines.text(of: event)
    return EventPlace(
      located: { located($0, in: line, number: number) },
      location: { location(of: $0, in: line, number: number) })
  }
}

import Dispatch
import Synchronization

/// A journal that has been read and found in order.
///
/// It keeps sums and places, not events, so that a journal of any length fits in memory. Figures at any two dates come
/// from the sums, or from reading the file once more; who needs the events themselves has them read into a `History`.
public final class Journal {
  public let source: JournalBytes
  private let options: JournalReadingOptions
  private let figures: JournalFigures
  private var events: History?
  /// The figures at the last question of what was known by then.
  private var known: (at: KnownAt, figures: JournalFigures)?

  /// - Throws: `Problems`, all of the file's.
  public init(_ source: JournalBytes, options: JournalReadingOptions = JournalReadingOptions()) throws {
    self.source = source
    self.options = options
    figures = try Journal.read(source, knownAt: .everything, options)
  }

  /// As the person named it.
  public var name: String { source.name ?? "" }

  /// The events, all in memory; read when they are first asked for.
  public func history() throws -> History {
    if let events { return events }
    let read = try History(JournalFile(text: try source.text(), name: source.name))
    events = read
    return read
  }

  /// The newest budget year in which money moved; `nil` where none did.
  public var newestYear: Int? { figures.newestYear }

  /// Whether every event says when it was recorded.
  public var hasRecordedTimes: Bool { figures.hasRecordedTimes }

  /// See `JournalFile.unlinkedHashes`.
  public var unlinkedHashes: Int { figures.unlinkedHashes }

  /// What was declared by then.
  public func declarations(knownAt: KnownAt) throws -> Declarations { try figures(knownAt: knownAt).declarations }

  /// Every line at two dates.
  /// - Returns: `nil` if only adding up event by event can tell whether a sum leaves `Int64`.
  func state(at horizon: Horizon, byMonth: Bool) throws -> LedgerState? {
    let figures = try figures(knownAt: horizon.knownAt)
    guard !figures.sums.mayOverflow else { return nil }
    return LedgerState(
      lines: figures.sums.states(asOf: horizon.asOf, byMonth: byMonth),
      position: figures.lastPosition(asOf: horizon.asOf))
  }

  private func figures(knownAt: KnownAt) throws -> JournalFigures {
    if case .everything = knownAt { return figures }
    if let known, known.at == knownAt { return known.figures }
    let read = try Journal.read(source, knownAt: knownAt, options)
    known = (knownAt, read)
    return read
  }
}

// MARK: - Reading

extension Journal {
  /// What readers that work at the same time share.
  private struct Relay {
    var reading: JournalReading
    var nextChunk = 0
    var failure: (any Error)?

    /// The next stretch to be read; `nil` if there is none.
    mutating func claim(of count: Int) -> Int? {
      guard nextChunk < count, failure == nil else { return nil }
      nextChunk += 1
      return nextChunk - 1
    }

    mutating func take(_ part: inout ChunkReader, _ failure: (any Error)?) {
      guard self.failure == nil else { return }
      do {
        if let failure { throw failure }
        try reading.take(&part)
      } catch { self.failure = error }
    }
  }

  /// Readers take stretches of the file as they get to them and take them apart side by side; what is found is taken
  /// in one stretch after another, in the order of the file.
  private static func read(
    _ source: JournalBytes, knownAt: KnownAt, _ options: JournalReadingOptions
  ) throws -> JournalFigures {
    let chunks = (source.count + options.chunkSize - 1) / options.chunkSize
    let readers = max(1, min(options.readers, chunks))
    let relay = Mutex(Relay(reading: JournalReading(source, knownAt: knownAt)))
    // Chunk n waits for its turn at semaphore n modulo the number of readers; no two of those at work share one.
    let turns = (0..<readers).map { _ in DispatchSemaphore(value: 0) }
    turns[0].signal()
    DispatchQueue.concurrentPerform(iterations: readers) { _ in
      var part = ChunkReader(options)
      while let chunk = relay.withLock({ $0.claim(of: chunks) }) {
        let start = chunk * options.chunkSize
        var failure: (any Error)?
        do { try part.read(source, start..<min(source.count, start + options.chunkSize)) } catch { failure = error }
        turns[chunk % readers].wait()
        relay.withLock { $0.take(&part, failure) }
        turns[(chunk + 1) % readers].signal()
      }
    }
    return try relay.withLock { relay in
      if let failure = relay.failure { throw failure }
      let problems = relay.reading.flaws + relay.reading.problems
      guard problems.isEmpty else { throw Problems(problems) }
      relay.reading.finish()
      return relay.reading.figures
    }
  }
}

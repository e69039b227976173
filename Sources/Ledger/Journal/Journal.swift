import Foundation
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
  private final class Relay: Sendable {
    private struct Taken {
      var reading: JournalReading
      var failure: (any Error)?
    }

    private let source: JournalBytes
    private let options: JournalReadingOptions
    private let chunks: Int
    let readers: Int
    /// The next stretch to be read: by itself, so that nobody who goes on to it waits for what another one takes in.
    private let next = Atomic(0)
    private let taken: Mutex<Taken>
    private let claims = KeyClaims()
    /// Stretch n waits for its turn at semaphore n modulo their number: of those that are being read or wait there are
    /// never more, and they follow on each other.
    private let turns: [DispatchSemaphore]

    init(_ source: JournalBytes, knownAt: KnownAt, _ options: JournalReadingOptions) {
      self.source = source
      self.options = options
      chunks = (source.count + options.chunkSize - 1) / options.chunkSize
      readers = max(1, min(options.readers, chunks))
      taken = Mutex(Taken(reading: JournalReading(source, knownAt: knownAt)))
      turns = (0..<readers * options.waiting).map { _ in DispatchSemaphore(value: 0) }
      turns[0].signal()
    }

    /// A stretch that a reader has read, or could not.
    private final class Stretch {
      var number = 0
      var lines: JournalLines
      var failure: (any Error)?

      init(_ options: JournalReadingOptions) { lines = JournalLines(options) }
    }

    /// What one reader does: it reads one stretch after another, each taken in when those before it have been. As long as
    /// it is not the turn of its oldest, it reads more.
    func work() {
      var part = ChunkReader(options, claims: claims)
      var waiting: [Stretch] = []
      var free: [Stretch] = []
      var isAllClaimed = false
      while !isAllClaimed || !waiting.isEmpty {
        if let oldest = waiting.first, isTurn(of: oldest, awaited: isAllClaimed || waiting.count == options.waiting) {
          take(oldest, of: &part)
          free.append(waiting.removeFirst())
        } else if let number = claim() {
          let stretch = free.popLast() ?? Stretch(options)
          read(number, into: stretch, &part)
          waiting.append(stretch)
        } else {
          isAllClaimed = true
        }
      }
    }

    /// - Parameter isAwaited: whether there is nothing else to do; then it is.
    private func isTurn(of stretch: Stretch, awaited isAwaited: Bool) -> Bool {
      turns[stretch.number % turns.count].wait(timeout: isAwaited ? .distantFuture : .now()) == .success
    }

    private func read(_ number: Int, into stretch: Stretch, _ part: inout ChunkReader) {
      stretch.number = number
      stretch.failure = nil
      let start = number * options.chunkSize
      do {
        try part.read(source, start..<min(source.count, start + options.chunkSize), into: &stretch.lines)
      } catch { stretch.failure = error }
    }

    /// - Precondition: it is the turn of the stretch.
    private func take(_ stretch: Stretch, of part: inout ChunkReader) {
      taken.withLock { taken in
        guard taken.failure == nil else { return }
        taken.failure = stretch.failure
        guard taken.failure == nil else { return }
        do { try taken.reading.take(stretch.lines, of: &part) } catch { taken.failure = error }
      }
      turns[(stretch.number + 1) % turns.count].signal()
    }

    private func claim() -> Int? {
      let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return chunk < chunks ? chunk : nil
    }

    /// - Throws: what a reader failed with; `Problems`, all of the file's.
    func figures() throws -> JournalFigures {
      try taken.withLock { taken in
        if let failure = taken.failure { throw failure }
        let problems = taken.reading.flaws + taken.reading.problems
        guard problems.isEmpty else { throw Problems(problems) }
        taken.reading.finish()
        return taken.reading.figures
      }
    }
  }

  /// Readers take stretches of the file as they get to them and take them apart side by side; what is found is taken
  /// in one stretch after another, in the order of the file.
  private static func read(
    _ source: JournalBytes, knownAt: KnownAt, _ options: JournalReadingOptions
  ) throws -> JournalFigures {
    let relay = Relay(source, knownAt: knownAt, options)
    let others = DispatchGroup()
    // Threads of their own: of those that are lent, there are no more than cores, and most here wait for their turn.
    for _ in 1..<relay.readers {
      others.enter()
      Thread.detachNewThread {
        relay.work()
        others.leave()
      }
    }
    relay.work()
    others.wait()
    return try relay.figures()
  }
}

/// How a journal is read. Whatever is chosen, the figures and the problems are the same.
public struct JournalReadingOptions: Sendable {
  /// Of the stretches read at a time, in bytes.
  public var chunkSize = 1 << 19
  /// How many read at a time, at most.
  public var readers = 2
  /// How many stretches one reader keeps at most until their turn comes: at the start of a journal taking one in takes
  /// much longer than reading it.
  public var waiting = 8
  /// Whether every line is read strictly, also plain ones.
  public var isStrict = false

  public init() {}
}

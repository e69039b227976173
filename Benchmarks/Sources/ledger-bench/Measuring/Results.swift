/// Work on a number of events.
struct WorkResult: Codable {
  let seconds: Double
  let events: Int
  let peakBytes: Int
}

/// Durable recording.
struct RecordingResult: Codable {
  let seconds: Double
  let events: Int
  /// Events in a transaction.
  let batch: Int
  let durability: String
  let peakBytes: Int
}

/// Answers about random dates.
struct AsOfResult: Codable {
  let events: Int
  let queries: Int
  /// Of one answer, in milliseconds.
  let minimum: Double
  let median: Double
  /// Nineteen of twenty answers took no longer.
  let percentile95: Double
  let maximum: Double
  /// Answers compared with the full fold; a difference ends the program instead.
  let checked: Int
  let peakBytes: Int
}

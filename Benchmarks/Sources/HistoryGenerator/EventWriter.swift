/// Writes events in canonical form: keys sorted, no spaces, absent fields left out.
///
/// Each event is put together from left to right, by `start`, what the type adds in the order of its keys, and `end`.
final class EventWriter {
  let pool: TextPool
  /// Events written.
  private(set) var count = 0

  private let output: JournalOutput
  private let seed: UInt64
  private let hasRandomIDs: Bool

  init(_ options: HistoryOptions, output: JournalOutput, pool: TextPool) {
    seed = SeededRandom.mixed(options.seed)
    hasRandomIDs = options.hasRandomIDs
    self.output = output
    self.pool = pool
  }

  /// Begins an event; its number, from 1, stands in its id.
  func start() {
    count += 1
    output.startLine()
    output.put("{")
  }

  func put(_ text: StaticString) { output.put(text) }
  func put(_ text: TextPool.Text) { output.put(text) }
  func put(_ text: String) { output.put(text) }

  /// - Parameter fen: an amount.
  func amount(_ fen: Int) {
    output.put("\"amount\":\"")
    output.put(yuan: fen)
  }

  func date(_ text: TextPool.Text) {
    output.put("\"date\":\"")
    output.put(text)
  }

  func contract(_ number: Int, year: Int) {
    output.put("\",\"contract\":\"HT")
    output.put(year)
    output.put("-")
    output.put(number, digits: 6)
  }

  /// The number of the voucher (凭证号): that of the event.
  func document(_ prefix: StaticString) {
    output.put("\",\"doc\":\"")
    output.put(prefix)
    output.put(count, digits: 7)
  }

  /// The value of `id`, or of `of`, for the event with this number in this year.
  func id(_ number: Int, year: Int) {
    if hasRandomIDs { return output.put(hexadecimal: SeededRandom.mixed(seed &+ UInt64(number))) }
    output.put(year)
    output.put("-")
    output.put(number, digits: 10)
  }
}

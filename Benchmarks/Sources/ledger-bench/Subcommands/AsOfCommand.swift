import ArgumentParser
import HistoryGenerator
import Ledger

struct AsOfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "as-of", abstract: "Times execution by project at random dates of a book's years.")

  @Argument(help: "The book.")
  var book: String

  @Option(help: "Questions asked.")
  var queries = 100

  @Option(help: "Another seed asks about other dates.")
  var seed: UInt64 = 1

  @Flag(help: "Also as the book was at a random position.")
  var knownAt = false

  @Option(help: "How many answers to compare with the full fold.")
  var check = 0

  func validate() throws {
    guard queries > 0, (0...queries).contains(check) else {
      throw ValidationError("at least one query, and no more checks than queries")
    }
  }

  func run() throws {
    let book = try Book.open(at: book, for: .read)
    let state = try LedgerSource.book(book).state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
    let years = Set(state.lines.map(\.line.year)).sorted()
    guard !years.isEmpty else { throw ValidationError("the book has no budget lines") }
    var random = SeededRandom(seed: seed)
    let horizons = (0..<queries).map { _ in horizon(years, position: state.position, &random) }
    var milliseconds: [Double] = []
    for (index, horizon) in horizons.enumerated() {
      var report: MeasureReport?
      let duration = try ContinuousClock().measure { report = try LedgerCalls.execution(book, at: horizon) }
      milliseconds.append(duration.seconds * 1_000)
      if index < check, let report { try AnswerCheck.compare(report, try LedgerCalls.slowSums(book, at: horizon)) }
    }
    let statistics = Statistics(milliseconds)
    try JSONLine.print(
      AsOfResult(
        events: state.position, queries: queries, minimum: statistics.minimum, median: statistics.median,
        percentile95: statistics.percentile(0.95), maximum: statistics.maximum, checked: check,
        peakBytes: PeakMemory.bytes))
  }

  private func horizon(_ years: [Int], position: Int, _ random: inout SeededRandom) -> Horizon {
    let year = years[random.below(years.count)]
    let day = Day(year: year, month: 1 + random.below(12), day: 1 + random.below(28)) ?? .last
    return Horizon(asOf: day, knownAt: knownAt ? .position(1 + random.below(position)) : .everything)
  }
}

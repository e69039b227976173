/// How the cost of one event grows with the history.
struct Growth {
  static let sizes = [10_000, 100_000, 1_000_000, 10_000_000]

  /// How often a history of fewer than a million events is measured in each turn: half a second is too short to be like
  /// the minutes around it, and figures of such a second differ by half.
  private static let timesOfSmall = 10

  let workspace: Workspace
  let seed: UInt64
  let runs: Int

  /// A journal of one size, and what an event of it took each time, in seconds.
  private struct History {
    let files: HistoryFiles
    var reading: [Double] = []
    var recording: [Double] = []
    /// As many first events of the largest journal: of the same county, whose book they begin.
    var recordingFirst: [Double] = []
    var fold: [Double] = []
    var peakOfReading = 0

    init(_ files: HistoryFiles) { self.files = files }
  }

  func run() throws -> String {
    var histories = Growth.sizes.map { History(HistoryFiles(workspace: workspace, events: $0)) }
    let largest = histories.count - 1
    for history in histories { try history.files.prepareJournal(seed: seed) }
    // In turns, so that a slow minute strikes all sizes.
    for _ in 0..<runs {
      for index in histories.indices {
        let times = Growth.sizes[index] < 1_000_000 ? Growth.timesOfSmall : 1
        for _ in 0..<times { try measure(&histories[index], firstOf: histories[largest].files) }
      }
    }
    let rows = try histories.map(row)
    for history in histories { try history.files.removeAll() }
    var table = MarkdownTable(
      header: [
        "events", "reading a journal", "recording in batches (\(LedgerCalls.durability))",
        "recording as many first events of the largest journal", "fold", "any date, median", "any date, 95 %",
        "known at, median", "journal", "book", "peak memory of reading",
      ])
    for row in rows { table.add(row) }
    return """
      ## Growth

      Time for each event, medians of \(runs) turns, small histories \(Growth.timesOfSmall) times in each; of any date, for one question.

      \(table.text)

      \(ratios(histories[1], histories[largest]))
      """
  }

  private func measure(_ history: inout History, firstOf largest: HistoryFiles) throws {
    let files = history.files
    let events = Double(files.events)
    let reading = try workspace.run(workspace.ledgerctl, ["execution", "-f", files.journalPath])
    history.reading.append(reading.seconds / events)
    history.peakOfReading = max(history.peakOfReading, reading.peakBytes)
    history.recording.append(try files.makeBook(files.book, events: files.events).result.seconds / events)
    if files.events == largest.events {
      history.recordingFirst = history.recording
    } else {
      let part = try largest.makeBook("part.book", events: files.events).result
      history.recordingFirst.append(part.seconds / events)
      try workspace.remove("part.book")
    }
    let fold = try workspace.measured(WorkResult.self, "ledger-bench", ["fold", files.bookPath]).result
    history.fold.append(fold.seconds / events)
  }

  private func row(_ history: History) throws -> [String] {
    let files = history.files
    let dates = DateComparison(files: files)
    let (anyDate, known) = (try dates.ask([]).result, try dates.ask(["--known-at"]).result)
    let sizes = (try workspace.size(of: files.journal), try workspace.size(of: files.book))
    func each(_ seconds: [Double]) -> String { Figure.nanoseconds(Statistics(seconds).median * 1e9) }
    return [
      Figure.count(Double(files.events)), each(history.reading), each(history.recording), each(history.recordingFirst),
      each(history.fold), Figure.milliseconds(anyDate.median), Figure.milliseconds(anyDate.percentile95),
      Figure.milliseconds(known.median), Figure.megabytes(Double(sizes.0)), Figure.megabytes(Double(sizes.1)),
      Figure.megabytes(Double(history.peakOfReading)),
    ]
  }

  private func ratios(_ small: History, _ large: History) -> String {
    func ratio(_ times: KeyPath<History, [Double]>) -> String {
      Figure.ratio(Statistics(large[keyPath: times]).median / Statistics(small[keyPath: times]).median)
    }
    return """
      What one event of \(Figure.count(Double(large.files.events))) took, one of \(Figure.count(Double(small.files.events))) \
      being 1: reading \(ratio(\.reading)), recording \(ratio(\.recording)), \
      recording of one county \(ratio(\.recordingFirst)), fold \(ratio(\.fold)).
      """
  }
}

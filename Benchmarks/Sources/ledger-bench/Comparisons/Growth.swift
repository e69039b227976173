/// How the cost of one event grows with the history.
struct Growth {
  static let sizes = [10_000, 100_000, 1_000_000, 10_000_000]

  let workspace: Workspace
  let seed: UInt64

  func run() throws -> String {
    var table = MarkdownTable(
      header: [
        "events", "reading a journal", "recording in batches (\(LedgerCalls.durability))", "fold", "any date, median",
        "any date, 95 %", "known at, median", "journal", "book", "peak memory of reading",
      ])
    for size in Growth.sizes { table.add(try row(HistoryFiles(workspace: workspace, events: size))) }
    return "## Growth\n\nTime for each event; of any date, for one question.\n\n\(table.text)"
  }

  private func row(_ files: HistoryFiles) throws -> [String] {
    try files.prepareJournal(seed: seed)
    let reading = try workspace.run(workspace.ledgerctl, ["execution", "-f", files.journalPath])
    let recording = try files.makeBook(files.book, events: files.events).result
    let fold = try workspace.measured(WorkResult.self, "ledger-bench", ["fold", files.bookPath]).result
    let dates = DateComparison(files: files)
    let (anyDate, known) = (try dates.ask([]).result, try dates.ask(["--known-at"]).result)
    let sizes = (try workspace.size(of: files.journal), try workspace.size(of: files.book))
    try files.removeAll()
    func each(_ seconds: Double) -> String { Figure.nanoseconds(seconds * 1e9 / Double(files.events)) }
    return [
      Figure.count(Double(files.events)), each(reading.seconds), each(recording.seconds), each(fold.seconds),
      Figure.milliseconds(anyDate.median), Figure.milliseconds(anyDate.percentile95), Figure.milliseconds(known.median),
      Figure.megabytes(Double(sizes.0)), Figure.megabytes(Double(sizes.1)),
      Figure.megabytes(Double(reading.peakBytes)),
    ]
  }
}

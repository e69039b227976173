/// The book against the least that SQLite can do for the same rows.
struct StoreComparisons {
  let files: HistoryFiles
  /// Events that are recorded one by one.
  let singles: Int

  private var workspace: Workspace { files.workspace }

  func fold(_ runs: Int) -> String {
    Comparison(
      title: "Fold of all stored events",
      note: "ledger-bench folds every event into every measure of every line, each row against its check sum;"
        + " the C loop reads seven columns and adds one amount. The time is that of the loop.",
      events: files.events
    ).run(
      [
        Contender("`ledger-bench fold`") {
          let (result, run) = try workspace.measured(WorkResult.self, "ledger-bench", ["fold", files.bookPath])
          return Sample(seconds: result.seconds, peakBytes: run.peakBytes)
        },
        Contender("C loop over SQLite rows") {
          let (result, run) = try workspace.measured(WorkResult.self, "sqlite-scan", [files.bookPath])
          return Sample(seconds: result.seconds, peakBytes: run.peakBytes)
        },
      ], runs: runs)
  }

  func batches(_ runs: Int) throws -> String {
    let floor = try insertDurability()
    return Comparison(
      title: "Durable batches of \(HistoryFiles.batch) events",
      note: "ledger-bench goes from text to commit with control, projections and hash chain; the C loop inserts"
        + " finished rows with the hash chain, and without the book's triggers. Times are those of the recording.",
      events: files.events
    ).run(
      [
        Contender("`ledger-bench import` (\(LedgerCalls.durability))") {
          let (result, run) = try files.makeBook("import.book", events: files.events)
          return Sample(seconds: result.seconds, peakBytes: run.peakBytes)
        },
        insertion("C loop into SQLite (\(floor))", []),
      ], runs: runs)
  }

  func singleEvents(_ runs: Int) throws -> String {
    let floor = try insertDurability()
    _ = try files.makeBook("base.book", events: files.events - singles)
    return Comparison(
      title: "One durable event at a time, book open",
      note: "\(singles) events, each committed alone. ledger-bench adds them to a book of"
        + " \(files.events - singles) events; the C loop begins with an empty file, which is a little in its favour.",
      events: singles
    ).run(
      [
        Contender("`ledger-bench append` (\(LedgerCalls.durability))") {
          try workspace.copy("base.book", to: "append.book")
          let (result, run) = try workspace.measured(
            RecordingResult.self, "ledger-bench",
            ["append", files.journalPath, workspace.path("append.book"), "--events", String(singles)])
          return Sample(seconds: result.seconds, peakBytes: run.peakBytes)
        },
        insertion("C loop into SQLite (\(floor))", ["--single", String(singles)]),
      ], runs: runs)
  }

  private struct InsertResult: Decodable {
    let seconds: Double
    let durability: String
    let hashBound: Bool
    let chainMatches: Bool
  }

  private func insert(_ options: [String]) throws -> (result: InsertResult, run: ProcessRun) {
    try workspace.remove("insert.db")
    let (result, run) = try workspace.measured(
      InsertResult.self, "sqlite-insert",
      [files.bookPath, files.exportedPath, workspace.path("insert.db")] + options)
    guard result.chainMatches || !result.hashBound else {
      throw ProcessFailure(program: "sqlite-insert", reason: "its hash chain is not that of the book")
    }
    return (result, run)
  }

  private func insertion(_ name: String, _ options: [String]) -> Contender {
    Contender(name) {
      let (result, run) = try insert(options)
      return Sample(seconds: result.seconds, peakBytes: run.peakBytes)
    }
  }

  /// How the C loop's commits are made to last, as its own connection says.
  private func insertDurability() throws -> String { try insert(["--single", "1"]).result.durability }
}

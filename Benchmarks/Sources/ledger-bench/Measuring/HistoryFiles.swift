/// The files made of one history: its journal, its book, and what the book exports.
struct HistoryFiles {
  static let batch = 8_189

  let workspace: Workspace
  let events: Int

  private var stem: String { "history-\(events)" }
  var journal: String { stem + ".jsonl" }
  var book: String { stem + ".book" }
  var exported: String { stem + ".exported.jsonl" }

  var journalPath: String { workspace.path(journal) }
  var bookPath: String { workspace.path(book) }
  var exportedPath: String { workspace.path(exported) }

  func prepareJournal(seed: UInt64) throws {
    let arguments = ["generate", "--events", String(events), "--seed", String(seed), "-o", journalPath]
    _ = try workspace.measured(WorkResult.self, "ledger-bench", arguments)
  }

  /// Makes a book anew of the first events of the journal.
  func makeBook(_ name: String, events: Int) throws -> (result: RecordingResult, run: ProcessRun) {
    try workspace.remove(name)
    return try workspace.measured(
      RecordingResult.self, "ledger-bench",
      [
        "import", journalPath, workspace.path(name), "--batch", String(HistoryFiles.batch), "--events", String(events),
      ])
  }

  func export() throws {
    try workspace.remove(exported)
    _ = try workspace.run(workspace.ledgerctl, ["export", "-f", bookPath, "-o", exportedPath])
  }

  func removeAll() throws {
    for name in [journal, book, exported] { try workspace.remove(name) }
  }
}

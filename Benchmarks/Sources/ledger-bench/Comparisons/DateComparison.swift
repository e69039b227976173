import HistoryGenerator

/// Execution at any date of a book.
struct DateComparison {
  let files: HistoryFiles

  private static let queries = 100
  private static let checked = 3
  private static let date = "\(HistoryOptions.lastYear)-08-15"

  private var workspace: Workspace { files.workspace }

  func run(_ runs: Int) throws -> String {
    var table = MarkdownTable(header: ["question", "queries", "min", "median", "95 %", "max", "peak memory"])
    for (name, flags) in [("any date", []), ("any date, as known at any position", ["--known-at"])] {
      let (result, run) = try ask(flags)
      table.add([
        name, String(result.queries), Figure.milliseconds(result.minimum), Figure.milliseconds(result.median),
        Figure.milliseconds(result.percentile95), Figure.milliseconds(result.maximum),
        Figure.megabytes(Double(run.peakBytes)),
      ])
    }
    return """
      ## Execution at any date

      By project, the year of the date, book open; of each kind \(DateComparison.checked) answers were compared with the \
      full fold and are equal. Random dates of the book's years, \(Figure.count(Double(files.events))) events.

      \(table.text)

      \(wholeProcess(runs))
      """
  }

  /// - Parameter flags: of `as-of`.
  func ask(_ flags: [String]) throws -> (result: AsOfResult, run: ProcessRun) {
    try workspace.measured(
      AsOfResult.self, "ledger-bench",
      [
        "as-of", files.bookPath, "--queries", String(DateComparison.queries), "--check", String(DateComparison.checked),
      ] + flags)
  }

  private func wholeProcess(_ runs: Int) -> String {
    let ask = ["execution", "-f", files.bookPath, "--as-of", DateComparison.date, "-O", "json"]
    func contender(_ name: String, _ flags: [String]) -> Contender {
      Contender(name) {
        let run = try workspace.run(workspace.ledgerctl, ask + flags)
        return Sample(seconds: run.seconds, peakBytes: run.peakBytes)
      }
    }
    return Comparison(
      title: "Execution at a date, whole process", note: "From starting `ledgerctl` to its end.", events: files.events
    ).run(
      [
        contender("`--as-of \(DateComparison.date)`", []),
        contender("the same, `--known-at '#\(files.events / 2)'`", ["--known-at", "#\(files.events / 2)"]),
      ], runs: runs)
  }
}

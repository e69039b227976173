import ArgumentParser
import Foundation

struct AllCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all", abstract: "Measures everything and prints a report in Markdown.",
    discussion: "Programs that are compared run in turns. The report also stays in the workspace, as report.md.")

  @Option(help: "Events of the history.")
  var events = 1_000_000

  @Option(help: "How often each program is measured.")
  var runs = 5

  @Option(help: "The seed of the history.")
  var seed: UInt64 = 1

  @Option(help: "Events that are recorded one by one.")
  var singles = 2_000

  @Flag(help: "Also histories from 10,000 to 10,000,000 events.")
  var large = false

  @Flag(help: "Leave out ledger, hledger and beancount, which take minutes.")
  var quick = false

  @Option(help: "Where the data goes: about 2 GB for a million events, 10 GB with --large. On a disk, not in memory.")
  var workspace = "Benchmarks/.build/workspace"

  @Option(help: "The root of the checkout.")
  var project = "."

  func validate() throws {
    guard runs > 0, singles > 0, events > 2 * singles else {
      throw ValidationError("at least one run, and more than twice as many events as are recorded one by one")
    }
  }

  func run() throws {
    let workspace = try Workspace(folder: workspace, project: project)
    let files = HistoryFiles(workspace: workspace, events: events)
    say("preparing")
    let peers = PeerPrograms(workspace)
    try files.prepareJournal(seed: seed)
    _ = try files.makeBook(files.book, events: events)
    try files.export()
    var sections = [heading(workspace)]
    let store = StoreComparisons(files: files, singles: singles)
    let steps: [(String, () throws -> String)] = [
      ("text journal to table", { try TextComparison(files: files, peers: peers, isQuick: quick).run(runs) }),
      ("fold", { store.fold(runs) }), ("durable batches", { try store.batches(runs) }),
      ("one event at a time", { try store.singleEvents(runs) }),
      ("any date", { try DateComparison(files: files).run(runs) }),
    ]
    for (name, step) in steps { sections.append(measured(name, step)) }
    if large { sections.append(measured("growth", Growth(workspace: workspace, seed: seed, runs: runs).run)) }
    let report = sections.joined(separator: "\n\n") + "\n"
    try report.write(toFile: workspace.path("report.md"), atomically: true, encoding: .utf8)
    print(report, terminator: "")
  }

  /// A section; one that fails says so and leaves the others standing.
  private func measured(_ name: String, _ step: () throws -> String) -> String {
    say(name)
    do { return try step() } catch { return "## \(name)\n\nNot measured: \(error)" }
  }

  private func heading(_ workspace: Workspace) -> String {
    var table = MarkdownTable(header: ["machine", ""])
    for (name, value) in Machine.facts(workspace) { table.add([name, value]) }
    return """
      # ledgerctl measured

      A made-up county's journal of \(Figure.count(Double(events))) events (seed \(seed)). Ratios are between programs \
      of one run, which take turns; figures of two runs or machines do not compare.

      \(table.text)
      """
  }

  private func say(_ text: String) { FileHandle.standardError.write(Data("ledger-bench: \(text)\n".utf8)) }
}

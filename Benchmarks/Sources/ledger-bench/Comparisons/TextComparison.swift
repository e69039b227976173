import Foundation
import HistoryGenerator

/// From a text journal to a table of execution.
struct TextComparison {
  let files: HistoryFiles
  let peers: PeerPrograms
  /// Leaves out the programs that take long.
  let isQuick: Bool

  private var workspace: Workspace { files.workspace }

  func run(_ runs: Int) throws -> String {
    var contenders = [
      Contender("`ledgerctl execution -f J.jsonl`, whole process") {
        let run = try workspace.run(workspace.ledgerctl, ["execution", "-f", files.journalPath])
        return Sample(seconds: run.seconds, peakBytes: run.peakBytes)
      }
    ]
    if peers.hasDuckDB { contenders.append(duckDB) }
    if !isQuick { contenders += try slowPeers() }
    var note =
      "ledgerctl checks every field of every event and prints its table; DuckDB reads nine fields with their types"
      + " given and sums by project, 2 threads; ledger, hledger and beancount read the payments alone, two postings"
      + " each."
    if !peers.missing.isEmpty { note += " Not installed, so left out: \(peers.missing.joined(separator: ", "))." }
    if isQuick { note += " ledger, hledger and beancount were left out (`--quick`)." }
    if peers.hasDuckDB { note += " " + (try agreement()) }
    return Comparison(title: "Text journal to table", note: note, events: files.events).run(contenders, runs: runs)
  }

  // MARK: - DuckDB

  private struct DuckDBResult: Decodable {
    let seconds: Double
    let disbursed: String
    let version: String
  }

  private func runDuckDB() throws -> (result: DuckDBResult, run: ProcessRun) {
    let run = try workspace.run(
      peers.python,
      [workspace.scripts + "/duckdb_execution.py", files.journalPath, String(HistoryOptions.lastYear)])
    return (try JSONLine.read(DuckDBResult.self, from: run.output), run)
  }

  private var duckDB: Contender {
    Contender(["DuckDB, the query alone", "DuckDB, whole process"]) {
      let (result, run) = try runDuckDB()
      return [
        Sample(seconds: result.seconds, peakBytes: run.peakBytes),
        Sample(seconds: run.seconds, peakBytes: run.peakBytes),
      ]
    }
  }

  /// Whether both arrive at the same payments: else one of them does not do the work.
  private func agreement() throws -> String {
    struct Report: Decodable {
      struct Total: Decodable { let disbursed: String }
      let total: Total
    }
    let run = try workspace.run(workspace.ledgerctl, ["execution", "-f", files.journalPath, "-O", "json"])
    let ours = try JSONLine.read(Report.self, from: run.output).total.disbursed
    let theirs = try runDuckDB().result
    guard ours == theirs.disbursed else {
      throw ProcessFailure(program: "DuckDB", reason: "sums \(theirs.disbursed), ledgerctl \(ours)")
    }
    return "DuckDB \(theirs.version) and ledgerctl agree on the payments of \(HistoryOptions.lastYear): \(ours)."
  }

  // MARK: - Plain text accounting

  private func slowPeers() throws -> [Contender] {
    var contenders: [Contender] = []
    let programs = [("ledger", peers.hasLedger), ("hledger", peers.hasHledger)].filter(\.1).map(\.0)
    let path = programs.isEmpty ? "" : try written(.ledger)
    for program in programs {
      contenders.append(slow("\(program) balance", program, ["-f", path, "balance", "Expenses"]))
    }
    if peers.hasBeancount {
      let script = workspace.scripts + "/beancount_balances.py"
      contenders.append(slow("beancount, loader and sums", peers.python, [script, try written(.beancount)]))
    }
    return contenders
  }

  private func slow(_ name: String, _ program: String, _ arguments: [String]) -> Contender {
    Contender(name, isSlow: true) {
      let run = try workspace.run(program, arguments)
      return Sample(seconds: run.seconds, peakBytes: run.peakBytes)
    }
  }

  private func written(_ format: PeerFormat) throws -> String {
    let path = files.journalPath + "." + format.rawValue
    _ = try workspace.measured(
      WorkResult.self, "ledger-bench", ["peer-journal", files.journalPath, "--format", format.rawValue, "-o", path])
    return path
  }
}

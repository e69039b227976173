import Foundation

/// The programs of others that are there to compare with.
struct PeerPrograms {
  /// Python of a virtual environment in the workspace, with what could be installed.
  let python: String
  let hasDuckDB: Bool
  let hasBeancount: Bool
  let hasLedger: Bool
  let hasHledger: Bool

  /// Installs what Python offers, once a workspace. `make bench` installs the rest from Debian.
  init(_ workspace: Workspace) {
    python = workspace.path("peers/bin/python")
    if !workspace.exists("peers/bin/python") {
      _ = try? workspace.run("python3", ["-m", "venv", workspace.path("peers")])
    }
    hasDuckDB = PeerPrograms.has("duckdb", python, workspace)
    hasBeancount = PeerPrograms.has("beancount", python, workspace)
    hasLedger = (try? workspace.run("ledger", ["--version"])) != nil
    hasHledger = (try? workspace.run("hledger", ["--version"])) != nil
  }

  private static func has(_ package: String, _ python: String, _ workspace: Workspace) -> Bool {
    func imports() -> Bool { (try? workspace.run(python, ["-c", "import \(package)"])) != nil }
    if imports() { return true }
    _ = try? workspace.run(python, ["-m", "pip", "install", "--quiet", package])
    return imports()
  }

  /// Those that could not be installed.
  var missing: [String] {
    [("DuckDB", hasDuckDB), ("ledger", hasLedger), ("hledger", hasHledger), ("beancount", hasBeancount)]
      .filter { !$0.1 }.map(\.0)
  }
}

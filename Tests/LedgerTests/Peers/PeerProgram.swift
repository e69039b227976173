import Foundation

/// Other programs that keep accounts, run on what is exported for them.
enum PeerProgram: String, CaseIterable {
  case hledger, ledger, beancount

  /// The interpreter that has beancount; `make test-peers` names it. Without it no peer is asked.
  static let python = ProcessInfo.processInfo.environment["PEERS"]

  /// The program's own balance of each account, subaccounts left out, of all days up to one; in fen.
  func balances(of file: String, through day: String) throws -> [String: Int] {
    let rows: [[String]]
    switch self {
    case .hledger:
      rows = try table(["-f", file, "bal", "--flat", "-N", "-E", "-e", PeerProgram.after(day), "-O", "csv"])
    case .ledger:
      rows = try table([
        "-f", file, "bal", "--flat", "--no-total", "-E", "--end", PeerProgram.after(day),
        "--balance-format", "%(account),%(amount)\n",
      ])
    case .beancount:
      rows = try table([PeerProgram.script("balances"), file, day])
    }
    let amounts = rows.filter { $0 != ["account", "balance"] }.map { ($0[0], PeerProgram.fen($0[1])) }
    return Dictionary(amounts, uniquingKeysWith: +)
  }

  /// What was spent up to a day, by the value of a tag; "" where there is none.
  func spending(of file: String, by tag: String, through day: String) throws -> [String: Int] {
    let rows: [[String]]
    switch self {
    case .hledger:
      rows = try table([
        "-f", file, "bal", "^Expenses", "--pivot", tag, "--flat", "-N", "-E", "-e", PeerProgram.after(day), "-O", "csv",
      ]).dropFirst().map { $0 }
    case .ledger:
      // A tree: the tag, its value, and then the accounts; without the tag the account as it is.
      rows = try table([
        "-f", file, "bal", "^Expenses", "--pivot", tag, "--depth", "2", "--no-total", "-E", "--end",
        PeerProgram.after(day), "--balance-format", "%(account),%(total)\n",
      ]).compactMap { row in
        if row[0] == tag || row[0] == "Expenses" { return nil }
        return row[0].hasPrefix(tag + ":") ? [String(row[0].dropFirst(tag.count + 1)), row[1]] : ["", row[1]]
      }
    case .beancount:
      rows = try table([PeerProgram.script("spending"), file, tag, day])
    }
    return Dictionary(rows.map { ($0[0], PeerProgram.fen($0[1])) }, uniquingKeysWith: +)
  }

  /// By account of spending what was spent up to a day, and what the program's budget report holds it against.
  func budget(of file: String, through day: String) throws -> [String: (spent: Int, goal: Int)] {
    switch self {
    case .hledger:
      let rows = try table([
        "-f", file, "bal", "--budget", "^Expenses", "-b", "1900-01-01", "-e", PeerProgram.after(day), "--flat", "-N",
        "-E", "-O", "csv", "--layout", "bare",
      ])
      return Dictionary(
        rows.dropFirst().map { row in
          let account = row[0].replacing("<unbudgeted>:", with: "")
          return (account, (PeerProgram.fen(row[2]), PeerProgram.fen(row[3])))
        }, uniquingKeysWith: { first, _ in first })
    case .ledger:
      let rows = try table([
        "-f", file, "budget", "--add-budget", "^Expenses", "--flat", "--no-total", "-E", "--end",
        PeerProgram.after(day),
        "--budget-format", "%(account),%(get_at(total, 0)),%(get_at(total, 1))\n",
      ])
      return Dictionary(
        rows.map { ($0[0], (PeerProgram.fen($0[1]), -PeerProgram.fen($0[2]))) }, uniquingKeysWith: { first, _ in first }
      )
    case .beancount: return [:]  // It has no budget report of its own.
    }
  }

  /// What the program has to say against the file, under its strictest rules.
  func complaints(about file: String) throws -> String {
    switch self {
    case .hledger: try run(["-f", file, "check", "--strict"])
    case .ledger: try run(["-f", file, "--strict", "--pedantic", "stats"], output: .error)
    case .beancount: try run([PeerProgram.script("complaints"), file])
    }
  }

  // MARK: Processes

  private struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  private enum Stream { case output, error }

  private func table(_ arguments: [String]) throws -> [[String]] {
    try run(arguments).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { String($0).replacing("\"", with: "") }
    }
  }

  private func run(_ arguments: [String], output stream: Stream = .output) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [self == .beancount ? PeerProgram.python ?? "python3" : rawValue] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    var environment = ProcessInfo.processInfo.environment
    environment["LC_ALL"] = "C.UTF-8"
    environment["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    process.environment = environment
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: "\(rawValue) \(arguments): \(String(decoding: said, as: UTF8.self))")
    }
    return String(decoding: stream == .output ? text : said, as: UTF8.self)
  }

  private static func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "beancount_\(name).py").path
  }

  /// `29490.00 CNY`, `0`, or nothing, in fen.
  private static func fen(_ text: String) -> Int {
    let number = text.replacing(" CNY", with: "")
    let parts = number.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return 0 }
    let cents = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let size = abs(Int(whole) ?? 0) * 100 + cents
    return whole.hasPrefix("-") ? -size : size
  }

  /// The day after, which these programs want for an end.
  private static func after(_ day: String) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    let calendar = Calendar(identifier: .gregorian)
    let components = DateComponents(
      timeZone: TimeZone(identifier: "UTC"), year: parts[0], month: parts[1], day: parts[2] + 1)
    let next = calendar.date(from: components) ?? .distantFuture
    return next.ISO8601Format(.iso8601Date(timeZone: .gmt))
  }
}

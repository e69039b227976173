import Foundation

/// A command-line session in prose: text for the reader, and indented commands with what they print.
///
/// ```
/// A payment above what is left is refused.
///
///   $ ledgerctl record disbursement -f a.book --fund 111 --amount 20万
///   over budget [budget.exceeded]
///   [2]
/// ```
///
/// A command starts with `  $ ` and goes on with `  > `; the indented lines after it are standard output and standard
/// error together, and `[n]` is an exit code other than 0. Times and fresh ids, which no two runs share, stand as
/// `<time>`, `<id>` and `<hash>`.
struct GoldenCase {
  struct Step {
    var command: String
    var expected: [String]
    /// Where the expected lines stand in the file.
    var range: Range<Int>
    /// The block that it stands in, between prose, from 0.
    var block: Int
  }

  let file: URL
  private(set) var lines: [String]
  /// Files that the page shows: TOML blocks whose first line is a remark with the file's name.
  let shownFiles: [(name: String, text: String)]
  private(set) var steps: [Step] = []

  init(_ file: URL) throws {
    self.file = file
    lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    shownFiles = file.pathExtension == "md" ? GoldenCase.shownFiles(lines) : []
    let session = file.pathExtension == "md" ? GoldenCase.fenced(lines) : GoldenCase.indented(lines)
    var index = 0
    var block = -1
    while index < lines.count {
      if session[index] != nil, index == 0 || session[index - 1] == nil { block += 1 }
      guard let prompt = session[index], prompt.hasPrefix("$ ") else {
        index += 1
        continue
      }
      var command = String(prompt.dropFirst(2))
      index += 1
      while index < lines.count, let more = session[index], more.hasPrefix("> ") || more == ">" {
        command += "\n" + more.dropFirst(2)
        index += 1
      }
      let start = index
      while index < lines.count, let output = session[index], !output.hasPrefix("$ ") { index += 1 }
      steps.append(
        Step(
          command: command, expected: session[start..<index].compactMap { $0 }.map(String.init), range: start..<index,
          block: block))
    }
  }

  /// What of each line belongs to the session; `nil` for prose.
  private static func indented(_ lines: [String]) -> [Substring?] {
    lines.map { $0.hasPrefix("  ") ? $0.dropFirst(2) : nil }
  }

  private static func shownFiles(_ lines: [String]) -> [(name: String, text: String)] {
    lines.indices.filter { lines[$0] == "```toml" }.compactMap { start in
      guard let name = lines[start + 1].firstMatch(of: /^# ([a-z]+\.toml)/)?.output.1,
        let end = lines[start...].firstIndex(of: "```")
      else { return nil }
      return (String(name), lines[(start + 1)..<end].joined(separator: "\n") + "\n")
    }
  }

  private static func fenced(_ lines: [String]) -> [Substring?] {
    var inside = false
    return lines.map { line in
      if line.hasPrefix("```") {
        inside = line == "```console"
        return nil
      }
      return inside ? line[...] : nil
    }
  }

  /// Runs every step in one empty folder and gives what each printed, in the form of the file.
  func run(with tool: URL, journals: URL) throws -> [[String]] {
    try GoldenCase.inFolder(with: file.pathExtension == "md" ? journals : nil) { folder in
      for shown in shownFiles {
        try shown.text.write(to: folder.appending(path: shown.name), atomically: true, encoding: .utf8)
      }
      return try steps.map { try GoldenCase.output(of: $0.command, in: folder, tool: tool, journals: journals) }
    }
  }

  /// - Parameter journals: what stands there as `Journal`, since documents speak from the root of the project.
  static func inFolder<Result>(with journals: URL?, _ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if let journals {
      try FileManager.default.createSymbolicLink(at: folder.appending(path: "Journal"), withDestinationURL: journals)
    }
    return try body(folder)
  }

  static func output(of command: String, in folder: URL, tool: URL, journals: URL) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": ([tool.deletingLastPathComponent(), Project.peers].compactMap { $0?.path } + ["/usr/bin", "/bin"])
        .joined(separator: ":"),
      "HOME": folder.path, "LC_ALL": "C.UTF-8",
      "JOURNALS": journals.path,
    ]
    // A file, not a pipe: output of any size, in the order it was written.
    let capture = folder.appending(path: ".output")
    try Data().write(to: capture)
    let handle = try FileHandle(forWritingTo: capture)
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try handle.close()
    let text = String(decoding: try Data(contentsOf: capture), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    if process.terminationStatus != 0 { lines.append("[\(process.terminationStatus)]") }
    return lines.map { normalised($0, folder: folder) }
  }

  /// Without what differs from run to run.
  static func normalised(_ line: String, folder: URL) -> String {
    line.replacing(folder.path, with: ".")
      .replacing(/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "<time>")
      .replacing(/\b[0-9a-f]{64}\b/, with: "<hash>")
      .replacing(/\b[0-9]{8}-[0-9a-f]{16}\b(?!-)/, with: "<id>")
  }

  /// The file with what was printed in place of what was expected.
  mutating func record(_ outputs: [[String]]) throws {
    for (step, output) in zip(steps, outputs).reversed() {
      let indent = file.pathExtension == "md" ? "" : "  "
      lines.replaceSubrange(step.range, with: output.map { indent + $0 })
    }
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}

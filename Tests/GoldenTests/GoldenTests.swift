import Foundation
import Testing

/// The folders of this package, found from this file.
enum Project {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let cases = root.appending(path: "Tests/GoldenTests/Cases")

  /// The command that was built together with these tests.
  static var tool: URL {
    let here = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let candidates = [here, root.appending(path: ".build/debug")].map { $0.appending(path: "ledgerctl") }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[1]
  }

  /// The folder of the other programs that `make test-peers` installs; `nil` where it does not run.
  static let peers = ProcessInfo.processInfo.environment["PEERS"].map {
    URL(fileURLWithPath: $0).deletingLastPathComponent()
  }

  static func files(under folder: URL, ending: String) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
  }
}

@Suite struct GoldenTests {
  static let files = Project.files(under: Project.cases, ending: "txt")
    .map { String($0.path.dropFirst(Project.root.path.count + 1)) }

  /// Documents whose commands a reader may type as they stand.
  static let documents = [
    "README.md", "README.zh-CN.md", "docs/architecture.md", "docs/checks.md", "docs/definitions.md", "docs/formulas.md",
    "docs/import.md", "docs/journal-format.md", "docs/statements.md", "docs/tutorial.md", "docs/tutorial.zh-CN.md",
  ]

  /// Those that have programs in them which only `make test-peers` installs.
  static let documentsOfPeers = ["docs/export.md"]

  /// With `ONLY=import/` in the environment, those that have it in their path: while one is being written.
  static let chosen = (files + documents + (Project.peers == nil ? [] : documentsOfPeers)).filter { name in
    ProcessInfo.processInfo.environment["ONLY"].map(name.contains) ?? true
  }

  /// Every case and document prints what it says. `RECORD=1 swift test` writes what is printed into the files.
  @Test(arguments: chosen)
  func printsWhatTheFileSays(name: String) throws {
    var golden = try GoldenCase(Project.root.appending(path: name))
    #expect(!golden.steps.isEmpty, "a case without a command")
    let outputs = try golden.run(with: Project.tool, journals: Project.root.appending(path: "Journal"))
    if ProcessInfo.processInfo.environment["RECORD"] != nil { return try golden.record(outputs) }
    for (step, output) in zip(golden.steps, outputs) {
      #expect(
        output == step.expected,
        "\(name): $ \(step.command)\n--- expected\n\(step.expected.joined(separator: "\n"))\n--- printed\n\(output.joined(separator: "\n"))"
      )
    }
  }

  @Test func thereAreCases() { #expect(GoldenTests.files.count >= 20) }
}

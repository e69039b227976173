import Foundation
import Testing

/// Every example of `docs/errors.md` prints what it says. Each block starts anew with the book of the README's session.
///
/// Exit codes stand in the headings, so blocks do not print them; a file that a block shows by `cat` is made as shown.
@Suite struct ErrorPageTests {
  /// A command in the background goes on while the next one runs: both are one then, with the moment between them that a
  /// person takes to type.
  private static func joined(_ steps: [GoldenCase.Step]) -> [GoldenCase.Step] {
    steps.reduce(into: []) { joined, step in
      guard let last = joined.indices.last, joined[last].command.hasSuffix("&") else { return joined.append(step) }
      joined[last].command += " sleep 1\n" + step.command
      joined[last].expected = step.expected
    }
  }

  @Test func everyExampleIsTrue() throws {
    let journals = Project.root.appending(path: "Journal")
    let session = try GoldenCase(Project.root.appending(path: "README.md")).steps.prefix(4)
    let page = try GoldenCase(Project.root.appending(path: "docs/errors.md"))
    let blocks = Dictionary(grouping: page.steps, by: \.block).sorted { $0.key < $1.key }.map(\.value)
    #expect(blocks.count > 60)
    for block in blocks {
      try GoldenCase.inFolder(with: journals) { folder in
        func run(_ command: String) throws -> [String] {
          try GoldenCase.output(of: command, in: folder, tool: Project.tool, journals: journals)
        }
        for step in session { _ = try run(step.command) }
        _ = try run("ledgerctl export -f 2021.book -o 2021.jsonl")
        for step in ErrorPageTests.joined(block) {
          if let file = step.command.wholeMatch(of: /cat ([a-z]+\.jsonl)/)?.output.1 {
            let text = step.expected.joined(separator: "\n") + "\n"
            try text.write(to: folder.appending(path: String(file)), atomically: true, encoding: .utf8)
            continue
          }
          var printed = try run(step.command)
          if let last = printed.last, last.wholeMatch(of: /\[[0-9]+\]/) != nil { printed.removeLast() }
          let expected = step.expected.map { GoldenCase.normalised($0, folder: folder) }
          #expect(
            printed == expected,
            "$ \(step.command)\n--- expected\n\(expected.joined(separator: "\n"))\n--- printed\n\(printed.joined(separator: "\n"))"
          )
        }
      }
    }
  }
}

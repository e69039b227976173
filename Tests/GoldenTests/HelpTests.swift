import Foundation
import Testing

/// The examples of help, one after the other, as a person would type them.
@Suite struct HelpTests {
  /// As help lists them, but for `replay`, which reads what `export` writes.
  private static let verbs = [
    "init", "record", "correct", "import", "close", "status", "execution", "balance", "state", "diff", "log", "show",
    "explain", "statement", "indicators", "check", "verify", "export", "replay",
  ]
  /// What the examples of `import` read.
  private static let table =
    "日期,功能分类科目,经济分类,项目代码,收款人,金额\n2021/9/20,2130599,30216,PX01,示例公司,\"1,200.00\"\n"

  @Test(arguments: ["en", "zh"])
  func everyExampleWorks(language: String) throws {
    let journals = Project.root.appending(path: "Journal")
    try GoldenCase.inFolder(with: nil) { folder in
      func run(_ command: String) throws -> [String] {
        try GoldenCase.output(of: command, in: folder, tool: Project.tool, journals: journals)
      }
      try HelpTests.table.write(to: folder.appending(path: "pay.csv"), atomically: true, encoding: .utf8)
      for verb in HelpTests.verbs {
        let examples = HelpTests.examples(try run("ledgerctl help \(verb) --lang \(language)"))
        #expect(!examples.isEmpty, "help \(verb) has no example")
        for example in examples {
          #expect(example.hasPrefix("ledgerctl \(verb) "), "\(example)")
          for line in example.split(separator: "\n") { #expect(line.count <= 78, "\(line)") }
          let printed = try run(example)
          #expect(printed.last?.wholeMatch(of: /\[[0-9]+\]/) == nil, "\(example)\n\(printed.joined(separator: "\n"))")
        }
      }
    }
  }

  /// Commands below the heading of examples, up to the usage, with the lines that go on with them.
  private static func examples(_ help: [String]) -> [String] {
    let below = help.drop { $0 != "Examples:" && $0 != "例：" }.dropFirst().prefix { !$0.hasPrefix("USAGE:") }
    var examples: [String] = []
    var goesOn = false
    for line in below.map({ $0.trimmingCharacters(in: .whitespaces) }) where !line.isEmpty && !line.hasPrefix("#") {
      if goesOn { examples[examples.count - 1] += "\n" + line } else { examples.append(line) }
      goesOn = line.hasSuffix("\\")
    }
    return examples
  }
}

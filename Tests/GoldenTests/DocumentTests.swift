import Foundation
import Testing

/// No command of a page goes unrun: a block is either run with the other pages, or held here.
@Suite struct DocumentTests {
  /// Every page of the project, as a path from its root.
  private static let pages = {
    let top = ["README.md", "README.zh-CN.md", "CHANGELOG.md"]
    let below = ["docs", "Journal"].flatMap { folder in
      Project.files(under: Project.root.appending(path: folder), ending: "md")
        .map { String($0.path.dropFirst(Project.root.path.count + 1)) }
    }
    return top + below
  }()

  /// Pages whose console blocks are run.
  private static let run = Set(GoldenTests.documents + GoldenTests.documentsOfPeers + ["docs/errors.md"])

  private static func lines(_ page: String) throws -> [String] {
    try String(contentsOf: Project.root.appending(path: page), encoding: .utf8).components(separatedBy: "\n")
  }

  @Test(arguments: pages)
  func consoleBlocksAreRun(page: String) throws {
    let lines = try DocumentTests.lines(page)
    if lines.contains("```console") { #expect(DocumentTests.run.contains(page), "\(page) is not among the pages run") }
    // A prompt outside of a console block would be a command that nobody runs.
    var language: String?
    for line in lines {
      if line.hasPrefix("```") {
        language = language == nil ? String(line.dropFirst(3)) : nil
      } else if language != "console" {
        #expect(!line.hasPrefix("$ "), "\(page): \(line)")
      }
    }
  }

  /// The targets that a reader is told to type, with the program that was built for the tests in place of a release:
  /// what they print and install. `make test` cannot run inside itself, and the benchmarks take an hour.
  @Test func targetsWork() throws {
    let journals = Project.root.appending(path: "Journal")
    try GoldenCase.inFolder(with: journals) { folder in
      let release = folder.appending(path: ".build/release")
      try FileManager.default.createDirectory(at: release, withIntermediateDirectories: true)
      let links = [
        (release.appending(path: "ledgerctl"), Project.tool),
        (folder.appending(path: "Makefile"), Project.root.appending(path: "Makefile")),
      ]
      for (link, target) in links { try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target) }
      func make(_ arguments: String) throws -> [String] {
        let printed = try GoldenCase.output(
          of: "make \(arguments)", in: folder, tool: Project.tool, journals: journals)
        #expect(
          printed.last?.wholeMatch(of: /\[[0-9]+\]/) == nil, "make \(arguments)\n\(printed.joined(separator: "\n"))")
        return printed
      }
      let shown = try make("-o build demo")
      #expect(shown.contains { $0.contains("TJPX") && $0.contains("73.73%") })
      _ = try make("-o build install DESTDIR=inst PREFIX=/usr")
      for name in [
        "bin/ledgerctl", "share/man/man1/ledgerctl.1", "share/man/zh_CN/man1/ledgerctl.1",
        "share/bash-completion/completions/ledgerctl", "share/zsh/site-functions/_ledgerctl",
        "share/fish/vendor_completions.d/ledgerctl.fish",
      ] {
        let file = folder.appending(path: "inst/usr/\(name)")
        #expect(try !Data(contentsOf: file).isEmpty, "\(name)")
      }
      #expect(try make("-n test").contains { $0.contains("swift test") })
      #expect(try make("-n test-peers").contains { $0.contains("PeerTests") })
      #expect(try make("-n bench BENCH='--runs 3 --large'").contains { $0.contains("all --runs 3 --large") })
    }
  }

  /// What stands in `sh` blocks are targets of make: each must be there.
  @Test(arguments: pages)
  func otherCommandsAreTargets(page: String) throws {
    var isShell = false
    for line in try DocumentTests.lines(page) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, !line.isEmpty {
        let target = try #require(line.firstMatch(of: /^make ([a-z-]+)( +#.*)?$/), "\(page): \(line)")
        try DocumentTests.expectTarget(String(target.output.1), page)
      }
    }
  }

  private static func expectTarget(_ target: String, _ page: String) throws {
    let text = try String(contentsOf: Project.root.appending(path: "Makefile"), encoding: .utf8)
    #expect(text.contains("\n\(target):"), "\(page): no target \(target)")
  }

  /// A whole command in running text is one that ledgerctl understands, unless it holds places to fill in.
  @Test func commandsInTextAreUnderstood() throws {
    let journals = Project.root.appending(path: "Journal")
    var found = 0
    try GoldenCase.inFolder(with: journals) { folder in
      for page in DocumentTests.pages {
        for named in try DocumentTests.commandsInText(page) {
          found += 1
          // A verb by itself is only named.
          let command = named.split(separator: " ").count == 2 ? named + " --help" : named
          let printed = try GoldenCase.output(of: command, in: folder, tool: Project.tool, journals: journals)
          #expect(printed.last != "[64]", "\(page): \(command)\n\(printed.joined(separator: "\n"))")
        }
      }
    }
    #expect(found > 5)
  }

  /// Code in running text that begins with `ledgerctl` or a verb with flags.
  private static func commandsInText(_ page: String) throws -> [String] {
    var isBlock = false
    var commands: [String] = []
    for line in try lines(page) {
      if line.hasPrefix("```") { isBlock.toggle() }
      if isBlock { continue }
      for match in line.matches(of: /`([^`]+)`/) {
        let code = String(match.output.1).replacing("\\|", with: "|")
        // Capitals, `…` and Chinese words stand for what the reader has.
        let hasPlaces = code.contains(/\b[A-Z]{2,}\b|\bN\b|…|\||年度|命令|账套|文件|来源|报表/)
        if code.hasPrefix("ledgerctl "), !hasPlaces { commands.append(code) }
      }
    }
    return commands
  }
}

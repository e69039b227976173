import Foundation
import Ledger
import Testing

/// What must have a case or a page: a new code or verb without one fails here, by name.
@Suite struct CoverageTests {
  private static func texts(_ files: [URL]) throws -> String {
    try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
  }

  /// Problems that no command line can bring about on a sound machine.
  private static let unreachable: Set<ProblemCode> = [.defect, .fileFailed, .bookReadOnly, .bookLocked]

  private static let shown = Result { try texts(Project.files(under: Project.cases, ending: "txt")) }

  @Test(arguments: ProblemCode.allCases)
  func everyProblemIsDocumentedAndShown(code: ProblemCode) throws {
    let page = try String(contentsOf: Project.root.appending(path: "docs/errors.md"), encoding: .utf8)
    #expect(page.contains("### `\(code.rawValue)`"), "docs/errors.md has no heading for \(code.rawValue)")
    guard !CoverageTests.unreachable.contains(code) else { return }
    let cases = try CoverageTests.shown.get()
    #expect(cases.contains("[\(code.rawValue)]"), "no golden case shows \(code.rawValue)")
  }

  @Test(arguments: [
    "init", "record", "correct", "import", "log", "show", "diff", "replay", "status", "execution", "balance", "state",
    "check", "statement", "explain", "indicators", "close", "verify", "export",
  ])
  func everyVerbHasACase(verb: String) throws {
    let folder = Project.cases.appending(path: verb)
    #expect(!Project.files(under: folder, ending: "txt").isEmpty, "no golden case for \(verb)")
  }
}

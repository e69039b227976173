import ArgumentParser
import Ledger

/// How tables are imported.
struct TableOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpRules.here, valueName: "file"))
  var rules: String?

  @Option(help: ArgumentHelp(Phrase.helpInitRules.here, valueName: "file"))
  var initRules: String?

  @Option(help: ArgumentHelp(Phrase.helpRejects.here, valueName: "file"))
  var rejects: String?

  @Flag(help: ArgumentHelp(Phrase.helpAcceptValid.here))
  var acceptValid = false

  /// The rules named; `nil`: what is imported are journals.
  func read() throws -> ImportRules? {
    guard let rules else {
      if let rejects { throw ArgumentText.usage("--rejects", rejects, .expectedRulesToGoWith) }
      if acceptValid { throw Problems(Problem(.usage, field: "--accept-valid", expected: .expectedRulesToGoWith)) }
      return nil
    }
    return try ImportRules(reading: try ArgumentText.file(rules, of: "--rules"), file: rules)
  }
}

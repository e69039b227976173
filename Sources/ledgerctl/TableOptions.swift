import ArgumentParser
import Ledger

/// How tables are imported.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(Phrase.helpReadyRules(ReadyRules.allCases.map(\.rawValue)).here, valueName: "file|name"),
    completion: .file(extensions: ["toml"]))
  var rules: String?

  @Option(
    parsing: .singleValue, help: ArgumentHelp(Phrase.helpLookup.here, valueName: "name=file"))
  var lookup: [String] = []

  @Option(parsing: .singleValue, help: ArgumentHelp(Phrase.helpSet.here, valueName: "field=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp(Phrase.helpInitRules.here, valueName: "file"), completion: .file())
  var initRules: String?

  @Option(help: ArgumentHelp(Phrase.helpShowRules.here, valueName: "name"))
  var showRules: ReadyRules?

  @Option(help: ArgumentHelp(Phrase.helpRejects.here, valueName: "file"), completion: .file())
  var rejects: String?

  @Flag(help: ArgumentHelp(Phrase.helpAcceptValid.here))
  var acceptValid = false

  /// The rules named, with what they look up; `nil`: what is imported are journals.
  func read() throws -> ImportRules? {
    guard let rules else {
      if let (flag, value) = flagOfRules {
        throw Problems(Problem(.usage, field: flag, value: value, expected: .expectedRulesToGoWith))
      }
      return nil
    }
    // The name of ready rules goes before a file of that name, which is `./name`.
    let text = try ReadyRules(rawValue: rules)?.text ?? ArgumentText.file(rules, of: "--rules")
    let read = try ImportRules(reading: text, file: rules, constants: try constants())
    var names: Set<String> = []
    return try lookup.reduce(read) { rules, named in
      let (name, file) = try ArgumentText.assignment(named, of: "--lookup", example: "indicators=indicators.csv")
      guard names.insert(name).inserted else { throw ArgumentText.usage("--lookup", name, .expectedOnce) }
      return try rules.lookingUp(name, in: try InputFile.bytes(file))
    }
  }

  /// One of those that say more about rules, if it is given.
  private var flagOfRules: (flag: String, value: String?)? {
    if let rejects { return ("--rejects", rejects) }
    if acceptValid { return ("--accept-valid", nil) }
    if let lookup = lookup.first { return ("--lookup", lookup) }
    return set.first.map { ("--set", $0) }
  }

  private func constants() throws -> [(field: Field, value: String)] {
    var names: Set<String> = []
    return try set.map { text in
      let (name, value) = try ArgumentText.assignment(text, of: "--set", example: "fund=39")
      guard let field = ImportRules.settable.first(where: { $0.rawValue == name }) else {
        throw ArgumentText.usage("--set", name, .expectedOneOf(ImportRules.settable.map(\.rawValue), near: name))
      }
      guard names.insert(name).inserted else { throw ArgumentText.usage("--set", name, .expectedOnce) }
      return (field, value)
    }
  }
}

extension ReadyRules: ExpressibleByArgument {}

import ArgumentParser
import Ledger

/// A user's own indicators, identities and tables.
struct DefinitionOption: ParsableArguments {
  @Option(
    parsing: .singleValue, help: ArgumentHelp(Phrase.helpDefinitions.here, valueName: "file"), completion: .file())
  var definitions: [String] = []

  /// Those of the program, with the user's.
  func all() throws -> Definitions {
    var all = Definitions.standard
    for path in definitions {
      try all.add(try ArgumentText.file(path, of: "--definitions"), file: path)
    }
    return all
  }
}

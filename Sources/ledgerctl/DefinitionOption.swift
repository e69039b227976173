import ArgumentParser
import Foundation
import Ledger

/// A user's own indicators, identities and tables.
struct DefinitionOption: ParsableArguments {
  @Option(parsing: .singleValue, help: ArgumentHelp(Phrase.helpDefinitions.here, valueName: "file"))
  var definitions: [String] = []

  /// Those of the program, with the user's.
  func all() throws -> Definitions {
    var all = Definitions.standard
    for path in definitions {
      let data = try InputFile.read(path)
      guard let text = String(data: data, encoding: .utf8) else {
        throw Problems(
          Problem(
            .notUTF8, at: SourceLocation(file: path, line: nil, column: nil), field: "--definitions",
            expected: .expectedUTF8))
      }
      try all.add(text, file: path)
    }
    return all
  }
}

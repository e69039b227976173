import ArgumentParser
import Ledger

/// Where a reading verb reads from.
struct SourceOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, parsing: .singleValue, help: ArgumentHelp(Phrase.helpSources.here, valueName: "source"),
    completion: .file())
  var file: [String] = []

  func open() throws -> [LedgerSource] { try paths.map(LedgerSource.open) }

  var paths: [String] {
    get throws {
      if !file.isEmpty { return file }
      return [try BookOption.fromEnvironment()]
    }
  }
}

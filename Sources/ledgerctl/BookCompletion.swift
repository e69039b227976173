import ArgumentParser
import Ledger

/// What a shell offers that stands in the book on the command line.
enum BookCompletion {
  /// Codes of projects and units of the book that `-f` or the environment names; none where it cannot be read.
  static let projects = CompletionKind.custom { words, _, _ in codes(words, \.projectCodes) }
  static let units = CompletionKind.custom { words, _, _ in codes(words, \.unitCodes) }

  private static func codes(_ words: [String], _ codes: KeyPath<Declarations, [String]>) -> [String] {
    let named = zip(words, words.dropFirst()).first { $0.0 == "-f" || $0.0 == "--file" }?.1
    guard let path = try? named ?? BookOption.fromEnvironment(), let source = try? LedgerSource.open(path),
      let declarations = try? source.declarations()
    else { return [] }
    return declarations[keyPath: codes]
  }
}

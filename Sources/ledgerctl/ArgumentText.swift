import Foundation
import Ledger

/// Arguments that hold several values, and what is wrong with one.
enum ArgumentText {
  static func list(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
  }

  /// Several values, and at least one.
  static func values(_ text: String, of option: String) throws -> [String] {
    let values = list(text)
    guard !values.isEmpty else { throw usage(option, text, .expectedValues) }
    return values
  }

  /// Unit codes, and at least one; none where the option is not given.
  static func units(_ text: String?) throws -> [ExactText] {
    try (text.map { try values($0, of: "--unit") } ?? []).map(ExactText.init)
  }

  static func day(_ text: String, of option: String) throws -> Day {
    do { return try Day(reading: text) } catch { throw usage(option, error.value, error.expected) }
  }

  /// The text of a file that a flag names.
  static func file(_ path: String, of flag: String) throws -> String {
    guard let text = String(data: try InputFile.read(path), encoding: .utf8) else {
      throw Problems(
        Problem(
          .notUTF8, at: SourceLocation(file: path, line: nil, column: nil), field: flag, expected: .expectedUTF8))
    }
    return text
  }

  /// A name and what stands behind its `=`, neither empty.
  static func assignment(_ text: String, of option: String, example: String) throws -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex, text.index(after: equals) < text.endIndex
    else { throw usage(option, text, .expectedAssignment(example)) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  static func usage(_ field: String, _ value: String, _ expected: Phrase) -> Problems {
    Problems(Problem(.usage, field: field, value: value, expected: expected))
  }
}

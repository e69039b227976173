import ArgumentParser
import Foundation
import Ledger

/// `ledgerctl help`: what there is, what a verb takes, and the manual page. The parser's own help of the whole program
/// would be a bare list.
enum HelpPage {
  private static let usage = "USAGE: "

  /// What `arguments` ask to be told; `nil` where they ask for something else.
  static func text(for arguments: [String]) throws -> String? {
    let words = withoutLanguage(arguments)
    guard let first = words.first else { return overview }
    switch first {
    case "-h", "--help": return overview
    case "help":
      guard words.count <= 2 else {
        throw ArgumentText.usage("help", words[2], .expectedOneOf(Verb.allCases.map(\.rawValue)))
      }
      guard let named = words.dropFirst().first else { return overview }
      if named == "--man" { return ManualPage.text }
      if ["-h", "--help", "help"].contains(named) { return overview }
      return try text(of: verb(named))
    default:
      guard !first.hasPrefix("-") else { return nil }
      let verb = try verb(first)
      // Further on it may be what a flag says.
      return words.dropFirst().first.map { $0 == "--help" || $0 == "-h" } ?? false ? text(of: verb) : nil
    }
  }

  private static func verb(_ name: String) throws -> Verb {
    if let verb = Verb(rawValue: name) { return verb }
    let names = Verb.allCases.map(\.rawValue)
    throw Problems(Problem(.usage, value: name, expected: .expectedOneOf(names, near: name)))
  }

  /// `--lang` was read before anything else.
  private static func withoutLanguage(_ arguments: [String]) -> [String] {
    var words: [String] = []
    var skipsNext = false
    for argument in arguments {
      if skipsNext {
        skipsNext = false
      } else if argument == "--lang" {
        skipsNext = true
      } else if !argument.hasPrefix("--lang=") {
        words.append(argument)
      }
    }
    return words
  }

  static func text(of verb: Verb, width: Int = Terminal.width) -> String {
    let width = min(width, 100)
    let lines = Ledgerctl.helpMessage(for: verb.command, columns: width).split(
      separator: "\n", omittingEmptySubsequences: false)
    // The parser leaves this one line as long as it is.
    let fitted = lines.flatMap { line in
      line.hasPrefix(usage) && line.count > width
        ? String(line).wrapped(to: width - 7).enumerated().map { ($0 == 0 ? "" : "       ") + $1 } : [String(line)]
    }
    return fitted.joined(separator: "\n").trimmingCharacters(in: .newlines) + "\n"
  }

  private static var overview: String {
    let width = min(Terminal.width, 100)
    var lines = ["ledgerctl: \(Phrase.abstractLedgerctl.here)", ""]
    lines += Phrase.helpIntroduction.here.wrapped(to: width)
    lines += ["", Phrase.helpStart.here]
    for example in HelpExample.ofStart {
      lines.append(indented(example.command))
    }
    for group in Verb.Group.allCases {
      lines += ["", group.title.here]
      for verb in Verb.allCases where verb.group == group {
        let about = verb.abstract.here.wrapped(to: width - 14)
        lines.append("  " + padded(verb.rawValue) + (about.first ?? ""))
        lines += about.dropFirst().map { "  " + padded("") + $0 }
      }
    }
    lines += [""] + Phrase.helpMore.here.wrapped(to: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func padded(_ verb: String) -> String { verb + String(repeating: " ", count: 12 - verb.count) }

  /// Each line two columns to the right.
  static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}

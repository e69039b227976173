import Foundation
import Ledger

/// The language this run speaks: `--lang`, else the locale's.
enum Speech {
  /// Known before the arguments are parsed, since help and parse errors are words too.
  static let language: Language = {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix("--lang="), let language = Language(rawValue: String(argument.dropFirst(7))) {
        return language
      }
      if argument == "--lang", index + 1 < arguments.count, let language = Language(rawValue: arguments[index + 1]) {
        return language
      }
    }
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    return Language(locale: locale ?? "")
  }()

  /// Whether errors are wanted as JSON, which a parse error must know too.
  static let wantsJSON: Bool = {
    let arguments = CommandLine.arguments
    return arguments.contains("-Ojson") || zip(arguments, arguments.dropFirst()).contains { $0 == "-O" && $1 == "json" }
  }()
}

extension Phrase {
  /// In the language of this run.
  var here: String { text(in: Speech.language) }
}

/// Arguments as people order them.
enum CommandLineArguments {
  private static let leading = ["-f", "--file", "-O", "-o", "--output", "--in", "--lang"]

  /// What is typed is recorded as it came, so bytes that are no text are refused before Swift repairs them.
  static func check() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil else { continue }
      throw Problems(Problem(.notUTF8, value: CommandLine.arguments[index], expected: .expectedUTF8))
    }
  }

  /// `ledgerctl -f BOOK execution` means `ledgerctl execution -f BOOK`.
  static func verbFirst(_ arguments: [String]) -> [String] {
    var at = 0
    while at + 1 < arguments.count {
      if leading.contains(arguments[at]) {
        at += 2
      } else if arguments[at].hasPrefix("--lang=") {
        at += 1
      } else {
        break
      }
    }
    guard at > 0, at < arguments.count else { return arguments }
    return [arguments[at]] + arguments[..<at] + arguments[(at + 1)...]
  }
}

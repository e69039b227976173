import ArgumentParser
import Ledger

@main
struct Ledgerctl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledgerctl", abstract: Phrase.abstractLedgerctl.here, version: "ledgerctl 0.1.0",
    subcommands: Verb.allCases.map(\.command))

  static func main() {
    do {
      try CommandLineArguments.check()
      let arguments = CommandLineArguments.verbFirst(Array(CommandLine.arguments.dropFirst()))
      if let help = try HelpPage.text(for: arguments) { return try Terminal.write(help) }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      Failure.exit(with: error)
    }
  }
}

/// A report that was printed whole and says that something is wrong (exit 1).
struct FoundWrong: Error {}

/// How a verb that failed ends.
enum Failure {
  static func exit(with error: any Error) -> Never {
    switch error {
    case is FoundWrong: Terminal.exit(1)
    case let problems as Problems:
      report(problems.list)
      Terminal.exit(problems.exitCode)
    case is CleanExit, is ExitCode, is ValidationError: parserExit(error)
    default:
      // What the argument parser has to say comes in types of its own.
      if Ledgerctl.exitCode(for: error) == .validationFailure || Ledgerctl.exitCode(for: error) == .success {
        parserExit(error)
      }
      let defect = Problem(.defect, detail: .defectSays("\(error)"))
      report([defect])
      Terminal.exit(defect.code.exitCode)
    }
  }

  private static func report(_ problems: [Problem]) {
    for problem in problems {
      let text = Speech.wantsJSON ? problem.json(in: Speech.language).text : problem.text(in: Speech.language)
      Terminal.writeError(text + "\n")
    }
  }

  private static func parserExit(_ error: any Error) -> Never {
    guard Speech.wantsJSON, Ledgerctl.exitCode(for: error) == .validationFailure else {
      Ledgerctl.exit(withError: error)
    }
    report([Problem(.usage, detail: .asIs(Ledgerctl.message(for: error)))])
    Terminal.exit(ProblemCode.usage.exitCode)
  }
}

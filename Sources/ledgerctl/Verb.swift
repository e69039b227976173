import ArgumentParser
import Ledger

/// The verbs, as help has them: by what a person wants to do.
enum Verb: String, CaseIterable {
  case initialize = "init"
  case record, correct
  case importing = "import"
  case close
  case status, execution, balance, state, diff, log, show, explain
  case statement, indicators, check
  case verify, export, replay

  enum Group: CaseIterable {
    case recording, reading, statements, proof

    var title: Phrase {
      switch self {
      case .recording: .helpGroupRecording
      case .reading: .helpGroupReading
      case .statements: .helpGroupStatements
      case .proof: .helpGroupProof
      }
    }
  }

  var group: Group {
    switch self {
    case .initialize, .record, .correct, .importing, .close: .recording
    case .status, .execution, .balance, .state, .diff, .log, .show, .explain: .reading
    case .statement, .indicators, .check: .statements
    case .verify, .export, .replay: .proof
    }
  }

  var abstract: Phrase {
    switch self {
    case .initialize: .abstractInit
    case .record: .abstractRecord
    case .correct: .abstractCorrect
    case .importing: .abstractImport
    case .close: .abstractClose
    case .status: .abstractStatus
    case .execution: .abstractExecution
    case .balance: .abstractBalance
    case .state: .abstractState
    case .diff: .abstractDiff
    case .log: .abstractLog
    case .show: .abstractShow
    case .explain: .abstractExplain
    case .statement: .abstractStatement
    case .indicators: .abstractIndicators
    case .check: .abstractCheck
    case .verify: .abstractVerify
    case .export: .abstractExport
    case .replay: .abstractReplay
    }
  }

  /// What the abstract does not say; `nil` where it says all.
  private var discussion: Phrase? {
    switch self {
    case .correct: .discussionCorrect
    case .close: .discussionClose
    case .status: .discussionStatus
    case .diff: .discussionDiff
    case .explain: .discussionExplain
    default: nil
    }
  }

  var examples: [HelpExample] {
    switch self {
    case .initialize: HelpExample.ofInit
    case .record: HelpExample.ofRecord
    case .correct: HelpExample.ofCorrect
    case .importing: HelpExample.ofImport
    case .close: HelpExample.ofClose
    case .status: HelpExample.ofStatus
    case .execution: HelpExample.ofExecution
    case .balance: HelpExample.ofBalance
    case .state: HelpExample.ofState
    case .diff: HelpExample.ofDiff
    case .log: HelpExample.ofLog
    case .show: HelpExample.ofShow
    case .explain: HelpExample.ofExplain
    case .statement: HelpExample.ofStatement
    case .indicators: HelpExample.ofIndicators
    case .check: HelpExample.ofCheck
    case .verify: HelpExample.ofVerify
    case .export: HelpExample.ofExport
    case .replay: HelpExample.ofReplay
    }
  }

  var command: any ParsableCommand.Type {
    switch self {
    case .initialize: InitCommand.self
    case .record: RecordCommand.self
    case .correct: CorrectCommand.self
    case .importing: ImportCommand.self
    case .close: CloseCommand.self
    case .status: StatusCommand.self
    case .execution: ExecutionCommand.self
    case .balance: BalanceCommand.self
    case .state: StateCommand.self
    case .diff: DiffCommand.self
    case .log: LogCommand.self
    case .show: ShowCommand.self
    case .explain: ExplainCommand.self
    case .statement: StatementCommand.self
    case .indicators: IndicatorsCommand.self
    case .check: CheckCommand.self
    case .verify: VerifyCommand.self
    case .export: ExportCommand.self
    case .replay: ReplayCommand.self
    }
  }

  /// With examples below what there is to say.
  var configuration: CommandConfiguration {
    let shown = examples.map { "  # \($0.about.here)\n" + HelpPage.indented($0.command) }
    let parts: [String?] = [discussion?.here, ([Phrase.helpExamples.here] + shown).joined(separator: "\n")]
    return CommandConfiguration(
      commandName: rawValue, abstract: abstract.here, discussion: parts.compactMap { $0 }.joined(separator: "\n\n"))
  }
}

import ArgumentParser
import Ledger

struct VerifyCommand: ParsableCommand {
  static let configuration = Verb.verify.configuration

  @OptionGroup var source: SourceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(of: [.text, .json])
    var sound = true
    var text = ""
    for source in try source.open() {
      let report = try Verification.report(on: source)
      sound = sound && report.isSound
      text += format == .json ? Verification.json(of: report, source) : Verification.said(of: report, source)
    }
    try output.write(text)
    if !sound { throw FoundWrong() }
  }
}

/// A source checked from the first event to the last.
enum Verification {
  static func report(on source: LedgerSource) throws -> VerifyReport {
    switch source {
    case .book(let book):
      defer { Terminal.endProgress() }
      return try book.verify(progress: Terminal.progress)
    case .journal(let journal):
      // Reading has checked positions, times and hashes already, and refused the file if one was wrong.
      return VerifyReport(of: try journal.history())
    }
  }

  static func said(of report: VerifyReport, _ source: LedgerSource) -> String {
    var text = report.findings.map { $0.text(in: Speech.language) + "\n" }.joined()
    let summary: Phrase =
      if !report.findings.isEmpty {
        .verifyFailed(source.name, report.findings.count)
      } else {
        .verified(source.name, events: report.events, hash: report.hash?.hexadecimal)
      }
    text += summary.here + "\n"
    if let last = report.hashedTo, last < report.lastPosition { text += Phrase.hashedTo(last).here + "\n" }
    if report.unlinkedHashes > 0 { text += Phrase.unlinked(report.unlinkedHashes).here + "\n" }
    return text
  }

  static func json(of report: VerifyReport, _ source: LedgerSource) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/verify/1")
    object.add("source", source.name)
    object.add("sound", report.isSound)
    object.add("events", report.events)
    object.add("budgetLines", report.budgetLines)
    object.add("hash", orNull: report.hash?.hexadecimal)
    object.add("unlinkedHashes", report.unlinkedHashes)
    object.add("findings", objects: report.findings.map { $0.json(in: Speech.language) })
    return object.text + "\n"
  }
}

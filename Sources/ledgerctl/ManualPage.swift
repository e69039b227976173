import Ledger

/// The manual page, `ledgerctl help --man`, in the language of `roff -man`; made of what help says, so it is never behind.
enum ManualPage {
  /// Columns of what stands as it is, so that a page with a margin fits 80.
  private static let width = 72

  /// A heading that would stand below another.
  private static let overview = "OVERVIEW: "

  static var text: String {
    var lines = [
      ".TH LEDGERCTL 1 \"\" \"\(plain(Ledgerctl.configuration.version))\" \"\(plain(Phrase.manualSection.here))\"",
      ".SH " + plain(Phrase.manualName.here), "ledgerctl \\- " + plain(Phrase.abstractLedgerctl.here),
      ".SH " + plain(Phrase.manualSynopsis.here), ".B ledgerctl", ".I " + plain(Phrase.manualVerb.here), "[...]",
      ".SH " + plain(Phrase.manualDescription.here), plain(Phrase.helpIntroduction.here), ".PP",
      plain(Phrase.helpMore.here), ".SH " + plain(Phrase.helpStart.here),
    ]
    lines += asItStands(HelpExample.ofStart.map(\.command).joined(separator: "\n"))
    lines.append(".SH " + plain(Phrase.manualVerbs.here))
    for verb in Verb.allCases {
      lines.append(".SS " + plain(verb.rawValue))
      lines += asItStands(HelpPage.text(of: verb, width: width).replacing(overview, with: ""))
    }
    lines.append(".SH " + plain(Phrase.helpEnvironment.here))
    let variables: [(String, Phrase)] = [
      ("LEDGERCTL_FILE", .helpOfFileVariable), ("NO_COLOR", .helpOfColourVariable),
      ("LC_ALL, LC_MESSAGES, LANG", .helpOfLocaleVariable),
    ]
    for (name, meaning) in variables { lines += [".TP", ".B " + plain(name), plain(meaning.here)] }
    lines.append(".SH " + plain(Phrase.helpExitCodes.here))
    for (code, meaning) in Phrase.exitCodes { lines += [".TP", ".B \(code)", plain(meaning.here)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func asItStands(_ text: String) -> [String] {
    [".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { plain(String($0)) } + [".fi"]
  }

  /// Without what means something to roff.
  private static func plain(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}

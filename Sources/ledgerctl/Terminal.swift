import Foundation
import Ledger

/// The outside world: output, the clock, the size of the screen.
enum Terminal {
  static func write(_ data: Data) throws {
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
      throw Problems(Problem(.fileFailed, detail: .storeSaid(error.localizedDescription)))
    }
  }

  static func write(_ text: String) throws { try write(Data(text.utf8)) }

  /// Where not even an error can be written there is nothing left to say; the exit code still speaks.
  static func writeError(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  static func warn(_ problems: [Problem]) {
    for problem in problems {
      let text =
        Speech.wantsJSON
        ? problem.json(in: Speech.language, as: .warning).text
        : Phrase.labelWarning.here + problem.text(in: Speech.language)
      writeError(text + "\n")
    }
  }

  static func note(_ phrase: Phrase) { writeError(Phrase.labelNote.here + phrase.here + "\n") }

  static func exit(_ code: Int32) -> Never { Foundation.exit(code) }

  /// Whether standard output is a screen.
  static var isScreen: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal, 80 where there is none.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  enum Colour: Int { case red = 31, yellow = 33 }

  static func painted(_ text: String, _ colour: Colour) -> String { "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" }

  /// Whether standard output is a screen and `NO_COLOR` is not set.
  static var hasColours: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
  }

  /// Says how far long work has come, where somebody is looking.
  static func progress(_ count: Int) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    writeError("\r\(Phrase.progress(count).here)\u{1B}[K")
  }

  static func endProgress() {
    guard isatty(STDERR_FILENO) == 1 else { return }
    writeError("\r\u{1B}[K")
  }

  static var now: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))) }

  static var today: Day { now.dayInChina ?? .last }

  /// An id no other event has, with the date in front.
  static func freshID(on date: Day) -> String {
    let random = UInt64.random(in: 0...UInt64.max)
    let digits = String(random, radix: 16)
    let compact = date.description.filter { $0 != "-" }
    return "\(compact)-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
  }
}

import Foundation

/// A table of the report.
struct MarkdownTable {
  private var lines: [String]

  init(header: [String]) {
    let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
    lines = [MarkdownTable.line(header), MarkdownTable.line(rule)]
  }

  mutating func add(_ cells: [String]) { lines.append(MarkdownTable.line(cells)) }

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  var text: String { lines.joined(separator: "\n") }
}

/// Measured values as the report prints them.
enum Figure {
  private static func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  static func seconds(_ value: Double) -> String { "\(decimal(value, value < 10 ? 3 : 1)) s" }

  static func milliseconds(_ value: Double) -> String { "\(decimal(value, 2)) ms" }

  static func nanoseconds(_ value: Double) -> String { "\(decimal(value, 0)) ns" }

  static func ratio(_ value: Double) -> String { decimal(value, value < 1 ? 3 : 2) }

  static func megabytes(_ bytes: Double) -> String { "\(decimal(bytes / 1_000_000, 0)) MB" }

  /// A whole number, its digits in threes.
  static func count(_ value: Double) -> String {
    var digits = decimal(value, 0)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }
}

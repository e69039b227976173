import ArgumentParser
import Foundation
import Ledger

/// The formats of output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, markdown, journal
  case html, xlsx
  /// A journal of hledger, which ledger reads too.
  case hledger
  case beancount

  init?(ending: String) {
    switch ending.lowercased() {
    case "json": self = .json
    case "csv": self = .csv
    case "md", "markdown": self = .markdown
    case "jsonl": self = .journal
    case "txt": self = .text
    case "html", "htm": self = .html
    case "xlsx": self = .xlsx
    case "hledger", "ledger", "journal": self = .hledger
    case "beancount": self = .beancount
    default: return nil
    }
  }
}

enum LanguageOption: String, ExpressibleByArgument, CaseIterable {
  case zh, en
}

extension DisplayUnit: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument) }
}

/// How and where a verb writes.
struct OutputOptions: ParsableArguments {
  @Option(name: .customShort("O"), help: ArgumentHelp(Phrase.helpFormat.here, valueName: "format"))
  var format: OutputFormat?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: ArgumentHelp(Phrase.helpOutput.here, valueName: "file"),
    completion: .file())
  var output: String?

  // Read before parsing, see `Speech`; declared here so that it is documented and checked.
  @Option(name: .customLong("lang"), help: ArgumentHelp(Phrase.helpLang.here, valueName: "zh|en"))
  var language: LanguageOption?

  @Flag(name: .customLong("no-color"), help: ArgumentHelp(Phrase.helpNoColor.here))
  var noColor = false

  /// Whether a text goes to a screen that shows colours, and nobody minds.
  var isColoured: Bool { output == nil && !noColor && Terminal.hasColours }

  /// The format asked for, or that of the file's ending, or text.
  /// - Throws: a usage error where the verb does not write that format.
  func chosenFormat(of allowed: [OutputFormat], otherwise: OutputFormat = .text) throws -> OutputFormat {
    let ending = output.flatMap {
      $0.split(separator: ".").count > 1 ? OutputFormat(ending: String($0.split(separator: ".").last ?? "")) : nil
    }
    let chosen = format ?? ending ?? otherwise
    guard allowed.contains(chosen) else {
      throw Problems(
        Problem(
          .usage, field: "-O", value: chosen.rawValue,
          expected: .expectedOneOf(allowed.map(\.rawValue))))
    }
    return chosen
  }

  /// Writes the whole output: to the file if one is named, all of it or nothing, else to standard output.
  func write(_ text: String) throws { try write(Data(text.utf8)) }

  private func write(_ data: Data) throws {
    let sink = try OutputSink(path: output)
    try sink.write(data)
    try sink.finish()
  }

  /// - Throws: `book.exists`, where a book stands there.
  static func refuseBook(at path: String, flag: String) throws {
    guard let there = try? InputFile.bytes(path), (try? InputFile.isBook(there)) ?? false else { return }
    throw Problems(Problem(.bookExists, at: SourceLocation(file: path, line: nil, column: nil), field: flag))
  }

  /// Writes the output part by part, so that it need not be in memory: to the file if one is named, all of it or nothing.
  /// - Parameter inputs: what is read meanwhile, and must not be written over.
  func stream(from inputs: [String], _ body: (_ write: (String) throws -> Void) throws -> Void) throws {
    let sink = try OutputSink(path: output, inputs: inputs)
    try body { try sink.write($0) }
    try sink.finish()
  }

  /// Writes pages: text, CSV and Markdown one after another, HTML and XLSX as one document.
  ///
  /// - Parameters:
  ///   - title: of the whole.
  ///   - day: what the document is as of.
  func write(_ sheets: [Sheet], as format: OutputFormat, title: String, day: Day) throws {
    switch format {
    case .markdown: try write(sheets.map(\.markdown).joined(separator: "\n"))
    case .csv: try write(sheets.map(\.csv).joined(separator: "\n"))
    case .html: try write(Sheet.html(sheets, title: title))
    case .xlsx:
      if output == nil, Terminal.isScreen { throw ArgumentText.usage("-O", format.rawValue, .expectedFileForBytes) }
      try write(try Workbook.data(of: sheets, title: title, day: day))
    default:
      try write(sheets.map { $0.text(width: Terminal.width) }.joined(separator: "\n"))
    }
  }

  func write(_ table: Table, as format: OutputFormat) throws {
    switch format {
    case .markdown: try write(table.markdown)
    case .csv:
      let rows = [table.columns.map(\.title)] + table.rows + table.totals
      try write(rows.map { CSVWriter.line($0) }.joined())
    default: try write(table.text(width: Terminal.width))
    }
  }
}

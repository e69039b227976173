import Foundation
import Ledger
import Testing

/// What hledger, ledger and beancount make of an exported ledger, against our figures, to the fen.
///
/// `make test-peers` installs them and says where by `PEERS`.
@Suite(.enabled(if: PeerProgram.python != nil, "asked for by make test-peers"))
struct PeerTests {
  /// The ledgers of published documents, and the one of the tutorial.
  private static let journals = [
    "shangrao-2021", "zhenping-2023", "xupu-2023", "ezhou-2024", "yanliang-2019", "worked-example",
  ]

  @Test(arguments: journals)
  func theyAgreeOnPublishedYears(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../Journal")
    let lines = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let ledger = try ExportedLedger(lines)
    let days = ledger.days
    // A quarter of the way, three quarters, and all of it.
    for day in [days[days.count / 4], days[days.count * 3 / 4], days[days.count - 1]] {
      try PeerTests.compare(ledger, at: day, "\(name), \(day)")
    }
    try PeerTests.comparePivots(ledger, at: days[days.count / 2], name)
    for program in PeerProgram.allCases { #expect(try program.complaints(about: ledger.file(for: program)) == "") }
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func theyAgreeOnRandomBooks(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 104_729)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 20...120, using: &random))
    let ledger = try ExportedLedger(lines)
    for day in [Int.random(in: 1...500, using: &random), Int.random(in: 501...1_095, using: &random), 1_500] {
      try PeerTests.compare(ledger, at: DraftEvent.date(day), "seed \(seed), day \(day)")
    }
    try PeerTests.comparePivots(
      ledger, at: DraftEvent.date(Int.random(in: 300...1_095, using: &random)), "seed \(seed)")
    for program in PeerProgram.allCases {
      #expect(try program.complaints(about: ledger.file(for: program)) == "", "seed \(seed)")
    }
  }

  /// Codes and words that mean something else to one of them.
  @Test func theyTakeAnyCodesAndWords() throws {
    let codes = ["a.b", "a-b", "None", "0-x", "-u2E-", "项目（一）", "x  y", "Ä;1", "[2021-01-01]", "p:q", "u-u", "\"q\""]
    let words = [
      "; a remark", "a, b: c", "[2021-02-03]", "two  spaces", "* ! (x)", "1)2", "a\nb\tc", "\\\"", ":tag:", "x:: 1/0",
      String(repeating: "长", count: 2_000), "a | b",
    ]
    func json(_ text: String) throws -> String {
      String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }
    var lines = [#"{"type":"unit","date":"2021-01-01","unit":"示例 1/2","name":"示例"}"#]
    for (code, word) in zip(codes, words) {
      let (code, word) = (try json(code), try json(word))
      let size = lines.count
      lines += [
        #"{"type":"project","date":"2021-01-01","project":\#(code),"name":\#(word),"nature":"targeted"}"#,
        #"{"type":"appropriation","date":"2021-01-02","fund":"111","project":\#(code),"amount":"\#(size).10"}"#,
        #"{"type":"disbursement","date":"2021-02-02","fund":"111","project":\#(code),"amount":"\#(size).03","payee":\#(word),"doc":\#(word),"memo":\#(word)}"#,
      ]
    }
    let ledger = try ExportedLedger(lines)
    for program in PeerProgram.allCases { #expect(try program.complaints(about: ledger.file(for: program)) == "") }
    for day in ["2021-01-31", "2021-12-31"] { try PeerTests.compareBalances(ledger, at: day, day) }
  }

  // MARK: Comparison

  private static func compare(_ ledger: ExportedLedger, at day: String, _ what: String) throws {
    try compareBalances(ledger, at: day, what)
    let lines = try ledger.figures(by: [.year, .unit, .line(.fund), .line(.function), .line(.project)], at: day)
    for program in [PeerProgram.hledger, .ledger] {
      var reported = try program.budget(of: ledger.file(for: program), through: day)
      for (key, figures) in lines {
        let codes = AccountCodes.Codes(year: key[0], unit: key[1], fund: key[2], function: key[3], project: key[4])
        let found = reported.first { AccountCodes($0.key)?.codes == codes }
        let (spent, goal) = found?.value ?? (0, 0)
        #expect(spent == figures["disbursed"], "\(program) \(what) \(key) spent")
        #expect(goal == figures["budget"], "\(program) \(what) \(key) budget")
        if let name = found?.key { reported[name] = nil }
      }
      // What is left are sums of accounts, or lines that nothing of this was moved on.
      for (account, figures) in reported where AccountCodes(account) != nil {
        #expect(figures == (0, 0), "\(program) \(what) \(account)")
      }
    }
  }

  /// What was spent by fund, function and project, by the tags of transactions.
  private static func comparePivots(_ ledger: ExportedLedger, at day: String, _ what: String) throws {
    for dimension in [Ledger.Dimension.line(.fund), .line(.function), .line(.project)] {
      let spent = try ledger.figures(by: [dimension], at: day)
      for program in PeerProgram.allCases {
        let found = try program.spending(of: ledger.file(for: program), by: dimension.name, through: day)
        for (key, figures) in spent {
          #expect(found[key[0] ?? ""] ?? 0 == figures["disbursed"], "\(program) \(what) \(dimension.name) \(key)")
        }
        #expect(found.values.reduce(0, +) == spent.values.map { $0["disbursed"] ?? 0 }.reduce(0, +))
      }
    }
  }

  /// Every measure by fund, function and project, of the balances of accounts.
  private static func compareBalances(_ ledger: ExportedLedger, at day: String, _ what: String) throws {
    for program in PeerProgram.allCases {
      let balances = try program.balances(of: ledger.file(for: program), through: day)
      let places: [(LineField, KeyPath<AccountCodes.Codes, String?>)] = [
        (.fund, \.fund), (.function, \.function), (.project, \.project),
      ]
      for (field, place) in places {
        let dimension = Ledger.Dimension.line(field)
        let ours = try ledger.figures(by: [dimension], at: day)
        var theirs: [[String?]: [String: Int]] = [:]
        for (name, amount) in balances {
          guard let account = AccountCodes(name) else {
            #expect(name == "Equity:Memo", "\(program) \(what): what is \(name)?")
            continue
          }
          for (measure, sign) in AccountCodes.measures(of: account.root) {
            theirs[[account.codes[keyPath: place]], default: [:]][measure, default: 0] += sign * amount
          }
        }
        #expect(Set(theirs.keys).isSubset(of: ours.keys), "\(program) \(what) \(dimension.name)")
        for (key, figures) in ours {
          for (measure, amount) in figures {
            #expect(
              theirs[key]?[measure] ?? 0 == amount,
              "\(program) \(what) \(dimension.name)=\(key[0] ?? "none") \(measure)")
          }
        }
      }
    }
  }
}

/// A ledger with its exports, each in a file.
private struct ExportedLedger {
  private let folder: TemporaryFolder
  private let source: LedgerSource
  /// The days on which something happened.
  let days: [String]

  init(_ lines: [String]) throws {
    folder = try TemporaryFolder()
    source = try folder.journal(lines)
    var days: Set<String> = []
    var exports: [(name: String, export: any EventExport)] = [
      ("ledger.journal", PlainTextExport(in: .chinese)), ("ledger.beancount", BeancountExport(in: .english)),
    ]
    var texts = exports.map(\.export.head)
    let declarations = try source.declarations()
    try source.forEachPosted { recorded, _, postings in
      days.insert(recorded.event.date.description)
      let event = ExportedEvent(recorded, postings, by: declarations, filter: LineFilter())
      for index in exports.indices { texts[index] += exports[index].export.text(of: event) }
    }
    self.days = days.sorted()
    for (export, text) in zip(exports, texts) {
      try text.write(toFile: folder.path(export.name), atomically: true, encoding: .utf8)
    }
  }

  func file(for program: PeerProgram) -> String {
    folder.path(program == .beancount ? "ledger.beancount" : "ledger.journal")
  }

  /// Every measure by its name, in fen, by the values of these dimensions, of all years and units.
  func figures(by dimensions: [Ledger.Dimension], at day: String) throws -> [[String?]: [String: Int]] {
    let query = MeasureQuery(by: dimensions, depth: nil, units: [], years: [], filter: LineFilter())
    let report = try MeasureReport(
      query, from: [source], at: Horizon(asOf: try Day(reading: day), knownAt: .everything), priorYear: nil)
    let rows = report.rows.map { row in
      (row.key, Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0.rawValue, Int(row.figures[$0])) }))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}

/// An account's name taken apart again, as the documents say it is made.
private struct AccountCodes {
  struct Codes: Equatable {
    var year: String?
    var unit: String?
    var fund: String?
    var function: String?
    var project: String?
  }

  let root: String
  let codes: Codes

  /// - Returns: `nil` for an account above those of lines.
  init?(_ name: String) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 6 else { return nil }
    let codes = parts.suffix(5).map(AccountCodes.code)
    guard let year = codes[0], Int(year) != nil, year.count == 4 else { return nil }
    root = parts.dropLast(5).joined(separator: ":")
    self.codes = Codes(year: year, unit: codes[1], fund: codes[2], function: codes[3], project: codes[4])
  }

  /// The code that a part of a name stands for; `nil` for none.
  private static func code(_ part: String) -> String? {
    if part == "None" { return nil }
    let name = part.hasPrefix("0-") ? String(part.dropFirst(2)) : part
    return name.replacing(/-u([0-9A-F]+)-/) { match in
      UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "?"
    }
  }

  /// What an account is part of, and with which sign.
  static func measures(of root: String) -> [(measure: String, sign: Int)] {
    switch root {
    case "Assets": [("balance", 1)]
    case "Income": [("income", -1)]
    case "Expenses": [("disbursed", 1)]
    case "Equity:Budget:Granted:Appropriated": [("appropriated", -1), ("budget", -1)]
    case "Equity:Budget:Granted:Foreseen": [("foreseen", 1), ("budget", -1)]
    case "Equity:Budget:Granted:Adjusted": [("adjusted", -1), ("budget", -1)]
    case "Equity:Budget:Granted:CarriedIn": [("carriedIn", -1), ("budget", -1)]
    case "Equity:Budget:Available": [("available", 1)]
    case "Equity:Budget:Committed": [("committed", 1)]
    case "Equity:Budget:Lapsed": [("lapsed", 1)]
    case "Equity:Memo:Planned": [("planned", 1)]
    case "Equity:Memo:Capped": [("capped", 1)]
    case "Equity:Memo:Estimated": [("estimated", 1)]
    case "Equity:Memo:Received": [("received", 1)]
    case "Equity:Memo:Collected": [("collected", 1)]
    case "Equity:Memo:Contracted": [("contracted", 1)]
    case "Equity:Memo:SurplusIn": [("surplusIn", 1)]
    case "Equity:Memo:OpeningAdjusted": [("openingAdjusted", 1)]
    case "Equity:Memo:SurplusUsed": [("surplusUsed", 1)]
    case "Equity:Memo:Allocated": [("allocated", 1)]
    default: []
    }
  }
}

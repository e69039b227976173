import Foundation
import Ledger
import Testing

/// Random attempts against tight limits, each judged by sums of the slow model. A failure names its seed.
@Suite struct ControlProperties {
  /// 1,000 random attempts against tight budgets: an attempt is recorded exactly when no date falls below zero at its
  /// control key, in what is available or in surplus, by the slow model; and nothing is ever negative.
  @Test(arguments: 1...25 as ClosedRange<UInt64>)
  func nothingIsEverOverdrawn(seed: UInt64) throws {
    let (setup, attempts) = RandomHistory.tightAttempts(seed: seed, count: 40)
    let book = try TemporaryFolder().book(recording: setup)
    _ = try ControlProperties.attempt(attempts, after: setup, in: book, seed: seed) { lines in
      ControlProperties.lowest(lines, at: ["fund", "function", "project"])
    }
    #expect(try book.verify().findings == [], "seed \(seed)")
  }

  private static let levels = [[], ["fund"], ["function"], ["fund", "project"]]

  /// A level of control that comes in later judges by everything that was recorded before it, under other levels too.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aLevelThatComesLaterLooksBackOverEverything(seed: UInt64) throws {
    let (setup, attempts) = RandomHistory.tightAttempts(seed: seed, count: 40)
    let book = try TemporaryFolder().book(recording: setup)
    var recorded = try ControlProperties.attempt(Array(attempts[..<15]), after: setup, in: book, seed: seed) {
      ControlProperties.lowest($0, at: ["fund", "function", "project"])
    }
    let level = ControlProperties.levels[Int(seed) % 4]
    let list = level.map { #""\#($0)""# }.joined(separator: ",")
    let policy = #"{"type":"policy","date":"2021-01-01","id":"level","level":[\#(list)]}"#
    _ = try book.importing([policy])
    recorded = try ControlProperties.attempt(Array(attempts[15...]), after: recorded + [policy], in: book, seed: seed) {
      ControlProperties.lowest($0, at: level)
    }
    #expect(try book.verify().findings == [], "seed \(seed), level \(level)")
    // The same events in one file are judged the same, and make the same book.
    let folder = try TemporaryFolder()
    let whole = try folder.book(recording: recorded)
    #expect(try folder.export(whole) == folder.export(book), "seed \(seed), level \(level): one file")
    #expect(try whole.verify().findings == [], "seed \(seed), level \(level): one file")
  }

  /// A cap across the budget: an attempt is recorded exactly when neither money nor room is short at any date.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func noCapIsEverExceeded(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var (setup, attempts) = RandomHistory.tightAttempts(seed: seed, count: 40)
    attempts = attempts.shuffled(using: &random)
    let caps = [("economic", "302"), ("economic", "31002")].map { field, code in
      let condition = #""fund":"111","\#(field)":"\#(code)""#
      let used = ControlProperties.mostUsed(setup, field: field, code: code)
      let fen = max(1, used + Int.random(in: 0...100_000, using: &random))
      let amount = "\(fen / 100).\(fen % 100 < 10 ? "0" : "")\(fen % 100)"
      setup.append(
        #"{"type":"cap","date":"2021-01-01","id":"cap-\#(code)",\#(condition),"amount":"\#(amount)"}"#)
      return (field: field, code: code, fen: fen)
    }
    let book = try TemporaryFolder().book(recording: setup)
    var short = 0
    _ = try ControlProperties.attempt(attempts, after: setup, in: book, seed: seed) { lines in
      let room = caps.map { $0.fen - ControlProperties.mostUsed(lines, field: $0.field, code: $0.code) }.min() ?? 0
      if room < 0 { short += 1 }
      return min(room, ControlProperties.lowest(lines, at: ["fund", "function", "project"]))
    }
    #expect(short > 0, "seed \(seed): no attempt came near a cap")
  }

  // MARK: Judging by the slow model

  private static let refusals: Set<ProblemCode> = [.budgetExceeded, .budgetNone, .surplusExceeded, .capExceeded]

  /// Records what can be recorded, one by one.
  /// - Parameter lowest: what may not fall below zero once these lines are recorded.
  /// - Returns: the lines that are recorded now.
  private static func attempt(
    _ attempts: [String], after setup: [String], in book: Book, seed: UInt64, lowest: ([String]) -> Int
  ) throws -> [String] {
    var recorded = setup
    for attempt in attempts {
      let affordable = lowest(recorded + [attempt]) >= 0
      do {
        _ = try book.importing([attempt])
        recorded.append(attempt)
        #expect(affordable, "seed \(seed): recorded \(attempt)")
      } catch let problems as Problems {
        #expect(problems.list.allSatisfy { refusals.contains($0.code) }, "seed \(seed): \(problems.list)")
        #expect(!affordable, "seed \(seed): refused \(attempt)")
      }
    }
    return recorded
  }

  private static func dates(_ lines: [String]) -> Set<String> {
    Set(lines.compactMap { $0.firstMatch(of: /"date" ?: ?"([0-9-]{10})"/).map { String($0.1) } })
  }

  /// Where the fields of a line stand in the keys of the slow model, after unit and year.
  private static func field(_ name: String, of line: [Substring]) -> Substring {
    line[2 + (LineField.allCases.firstIndex { $0.rawValue == name } ?? 0)]
  }

  /// The lowest 可用指标, or surplus, of any control key of these fields on any day something happens.
  private static func lowest(_ lines: [String], at level: [String]) -> Int {
    let model = SlowModel(journal: lines)
    return dates(lines).map { date in
      var keys: [String: Int] = [:]
      for (line, measures) in model.lines(asOf: date, knownPosition: nil) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        let key = level.map { String(field($0, of: fields)) }.joined(separator: "|")
        keys[key, default: 0] += measures["available"] ?? 0
        keys["surplus|\(key)", default: 0] += measures["surplusIn"] ?? 0
      }
      return keys.values.min() ?? 0
    }.min() ?? 0
  }

  /// The most that is spent and set aside on lines of fund 111 with a field, on any day something happens.
  private static func mostUsed(_ lines: [String], field name: String, code: String) -> Int {
    let model = SlowModel(journal: lines)
    return dates(lines).map { date in
      model.lines(asOf: date, knownPosition: nil).reduce(0) { sum, entry in
        let fields = entry.key.split(separator: "|", omittingEmptySubsequences: false)
        guard field("fund", of: fields) == "111", field(name, of: fields).hasPrefix(code) else { return sum }
        return sum + (entry.value["committed"] ?? 0) + (entry.value["disbursed"] ?? 0)
      }
    }.max() ?? 0
  }
}

import Foundation
import Ledger

/// Journal lines taken apart and put together in other ways, and what a journal says in words that can be compared.
enum JournalText {
  struct Member {
    var name: String
    /// As JSON.
    var json: String
  }

  /// The members of a flat line, or of one whose nested values have no quotes or braces in their texts.
  static func members(of line: String) -> [Member] {
    var members: [Member] = []
    var depth = 0
    var isText = false
    var parts = [""]
    for character in line.dropFirst().dropLast() {
      if character == "\"" { isText.toggle() }
      if !isText, character == "{" || character == "[" { depth += 1 }
      if !isText, character == "}" || character == "]" { depth -= 1 }
      if !isText, depth == 0, character == "," { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    for part in parts {
      let halves = part.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard halves.count == 2 else { continue }
      members.append(Member(name: String(halves[0].dropFirst().dropLast()), json: halves[1]))
    }
    return members
  }

  static func object(_ members: [Member]) -> String {
    "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
  }

  static func shuffled(_ line: String, using random: inout SeededRandom) -> String {
    object(members(of: line).shuffled(using: &random))
  }

  // MARK: What a journal says

  /// Known at, then as of: in the order in which a journal is read anew least often.
  static let horizons: [Horizon] = {
    let days = ["2020-06-30", "2021-02-03", "2021-12-31"].compactMap { try? Day(reading: $0) }
    let known: [KnownAt] = [
      .everything, .position(7), .position(40), .time(Instant(milliseconds: 1_612_340_000_000)),
    ]
    return known.flatMap { known in days.map { Horizon(asOf: $0, knownAt: known) } }
  }()

  /// Declarations and states at several horizons, by the fast reader.
  static func said(by journal: Journal, at horizons: [Horizon]) throws -> [String] {
    try said(LedgerSource.journal(journal), journal.unlinkedHashes, horizons)
  }

  /// The same, by folding the events of the history one by one.
  static func said(by history: History, at horizons: [Horizon]) throws -> [String] {
    var said = ["\(history.unlinkedHashes) unlinked"]
    said.append("\(history.events.allSatisfy { $0.event.recorded != nil }) recorded")
    said.append("\(String(describing: history.events.filter(\.event.isMoney).compactMap(\.event.year).max()))")
    for horizon in horizons {
      var declarations = Declarations()
      for recorded in history.events where Horizon(asOf: .last, knownAt: horizon.knownAt).includes(recorded) {
        declarations.apply(recorded)
      }
      said += words(declarations)
      for byMonth in [false, true] {
        said += outcome { try history.state(at: horizon, byMonth: byMonth, name: "a.jsonl") }
      }
    }
    return said
  }

  private static func said(
    _ source: LedgerSource, _ unlinked: Int, _ horizons: [Horizon]
  ) throws -> [String] {
    var said = ["\(unlinked) unlinked", "\(source.hasRecordedTimes) recorded"]
    said.append("\(String(describing: try source.newestYear()))")
    for horizon in horizons {
      said += words(try source.declarations(knownAt: horizon.knownAt))
      for byMonth in [false, true] { said += outcome { try source.state(at: horizon, byMonth: byMonth) } }
    }
    return said
  }

  private static func outcome(_ state: () throws -> LedgerState) -> [String] {
    do { return words(try state()) } catch { return ["\((error as? Problems)?.list ?? [])"] }
  }

  private static func words(_ state: LedgerState) -> [String] {
    let lines = state.lines.map { entry in
      let sums = SummedMeasure.allCases.map { String(entry.sums[$0]) }.joined(separator: " ")
      return "\(entry.line.unit) \(entry.line.year) \(entry.line.classification) \(entry.month ?? "") \(sums)"
    }
    return ["#\(state.position)"] + lines.sorted()
  }

  private static func words(_ declarations: Declarations) -> [String] {
    let units = declarations.unitCodes.map { "\($0) \(declarations.unitName(ExactText($0), on: .last) ?? "")" }
    let projects = declarations.projectCodes.map {
      "\($0) \(declarations.projectName(ExactText($0), on: .last) ?? "")"
    }
    return units + projects
  }
}

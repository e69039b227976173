import Foundation
import GRDB

/// What a year-end close did, or would do.
public struct CloseResult: Sendable {
  /// One for each unit that was open.
  public var plans: [ClosePlan] = []
  /// Units whose year was closed before.
  public var closedBefore: [ExactText] = []
  /// What was recorded, or would be.
  public var batch = BatchResult()
}

/// A close that was refused, with what it would have come to.
public struct CloseRefusal: Error, Sendable {
  public let result: CloseResult
  public let problems: Problems
}

extension Book {
  /// 年终结账: closes a year of these units and opens the next, as one batch. Units closed before are passed over.
  ///
  /// - Parameter units: each with those below it; empty: every declared unit, if any has money in the year.
  /// - Throws: `CloseRefusal`: `close.negative`, and whatever control says of the batch, at the id of its event.
  public func close(
    year: Int, units: [ExactText], recordedAt now: Instant, expectedPosition: Int?, dryRun: Bool
  ) throws -> CloseResult {
    var result = CloseResult()
    var warnings: [Problem] = []
    let options = RecordingOptions(
      ids: .derived, origin: .now(now), expectedPosition: expectedPosition, dryRun: dryRun)
    var events: [Event] = []
    do {
      result.batch = try record(
        reading: { reader, declarations in
          try Book.planClose(of: year, units, reader, declarations, into: &result)
          warnings = result.batch.warnings
          do { events = try result.plans.flatMap { try $0.events() } } catch is Overflow {
            throw Problems(Problem(.totalOutOfRange, field: Field.amount.rawValue, expected: .expectedTotalInRange))
          }
          let lines = events.map { String(decoding: CanonicalWriter.bytes(of: $0), as: UTF8.self) }
          return JournalFile(text: Data(lines.joined(separator: "\n").utf8), name: "close \(year)")
        }, options: options)
    } catch let problems as Problems {
      throw CloseRefusal(result: result, problems: Problems(problems.list.map { $0.named(by: events) }))
    }
    result.batch.warnings = warnings + result.batch.warnings.map { $0.named(by: events) }
    result.batch.warnings += result.plans.flatMap(\.negative).map(\.problem)
    return result
  }

  private static func planClose(
    of year: Int, _ units: [ExactText], _ reader: BookReader, _ declarations: Declarations,
    into result: inout CloseResult
  ) throws {
    try requireDeclared(units, declarations)
    let planner = try ClosePlanner(reader, declarations, year: year)
    let asked = units.isEmpty ? Set(declarations.unitCodes.map(ExactText.init)) : declarations.unitsUnder(units)
    // A year in which no unit has money is more likely a slip than a year to be closed.
    let chosen = units.isEmpty && !planner.hasMoney ? [] : asked.sorted()
    var negative: [Problem] = []
    for unit in chosen {
      if declarations.isClosed(unit, year) {
        result.closedBefore.append(unit)
        continue
      }
      let plan = try planner.plan(of: unit)
      result.plans.append(plan)
      if let earlier = planner.earlierOpenYear(of: unit) {
        result.batch.warnings.append(
          Problem(.closeEarlierOpen, detail: .earlierYearOpen(unit: unit.text, earlier, year), rule: nil))
      }
      let lastDay = Day.lastDay(ofYear: year) ?? .last
      if declarations.control(of: unit, on: lastDay) != .off {
        negative += plan.negative.map(\.problem)
      }
    }
    if !negative.isEmpty { throw Problems(negative) }
  }

  private static func requireDeclared(_ units: [ExactText], _ declarations: Declarations) throws {
    let unknown = units.filter { !declarations.knows(unit: $0) }
    guard !unknown.isEmpty else { return }
    throw Problems(
      unknown.map {
        Problem(
          .unitUndeclared, field: Field.unit.rawValue, value: $0.text,
          expected: .expectedDeclaredUnit(known: declarations.unitCodes))
      })
  }
}

extension Problem {
  /// At the id of the event it is about, and the contract, in place of a line of a file that nobody sees.
  fileprivate func named(by events: [Event]) -> Problem {
    guard let line = at.line, events.indices.contains(line - 1) else { return self }
    let event = events[line - 1]
    let contract = event.annotation.contract.map { " (\($0))" } ?? ""
    let place = SourceLocation(file: "\(event.id ?? "")\(contract)", line: nil, column: nil)
    // What a contract would set aside has become 结余 by this very close.
    let isUnfunded = code == .budgetExceeded && event.type == .commitment
    return Problem(
      code, at: place, field: field, value: value, expected: isUnfunded ? .expectedContractReleased : expected,
      detail: detail, rule: rule)
  }
}

extension ClosePlan.Carried {
  /// Of a deficit: what stops the close, or is carried and named.
  fileprivate var problem: Problem {
    Problem(
      .closeNegative, field: Field.amount.rawValue, value: closing.yuan, expected: .expectedNoDeficit,
      detail: .closeNegative(unit: pool.unit.text, pool.text, lot, closing.yuan), rule: .ruleCloseNegative)
  }
}

/// Reads from a book what the close of a year needs.
private struct ClosePlanner {
  private let reader: BookReader
  private let declarations: Declarations
  private let year: Int
  private let lines: [ExactText: [LineState]]
  private let openings: [ExactText: [LineState]]
  private let lineYears: [ExactText: Set<Int>]
  /// 年末结转结余 of earlier years, less what the year after opened with.
  private let notCarried: [UnitYear: Fen]
  private let contracts: Contracts

  init(_ reader: BookReader, _ declarations: Declarations, year: Int) throws {
    self.reader = reader
    self.declarations = declarations
    self.year = year
    let state = try reader.state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false)
    lines = Dictionary(grouping: state.lines.filter { $0.line.year == year }, by: \.line.unit)
    notCarried = state.lines.reduce(into: [:]) { sums, entry in
      let (line, figures) = (entry.line, Figures(entry, by: declarations))
      if line.year < year { sums[line.unitYear, default: 0] += figures[.balance] }
      guard line.year <= year else { return }
      let opening = figures[.carriedIn] - figures[.openingAdjusted]
      sums[UnitYear(unit: line.unit, year: line.year - 1), default: 0] -= opening
    }
    lineYears = Dictionary(grouping: state.lines, by: \.line.unit).mapValues { Set($0.map(\.line.year)) }
    openings = Dictionary(grouping: try reader.openings(of: year + 1), by: \.line.unit)
    contracts = try reader.contractEvents { _, _, _ in }
  }

  /// Whether any unit has money in the year.
  var hasMoney: Bool { !lines.isEmpty }

  /// The newest earlier year that is not closed and has money that the next did not open with.
  func earlierOpenYear(of unit: ExactText) -> Int? {
    let years = lineYears[unit] ?? []
    return notCarried.filter { $0.key.unit == unit && $0.value != 0 && years.contains($0.key.year) }
      .map(\.key.year).filter { !declarations.isClosed(unit, $0) }.max()
  }

  /// What a contract sets aside of this year and earlier ones. A release takes the commitments in the order in which
  /// they were recorded, so one of a later year that was recorded in between is released and made again with them.
  private func held(_ state: ContractState) -> [ContractState.Held] {
    let open = state.held.filter { $0.outstanding > 0 }
    guard let last = open.lastIndex(where: { $0.line.year <= year }) else { return [] }
    return Array(open[...last])
  }

  func plan(of unit: ExactText) throws -> ClosePlan {
    let open = contracts.open.filter { $0.key.unit == unit && !held($0.state).isEmpty }
      .sorted { $0.key.number < $1.key.number }
    return ClosePlan(
      unit: unit, year: year, lines: lines[unit] ?? [], openings: openings[unit] ?? [],
      contracts: try open.map { key, state in
        let held = held(state)
        let first = try held.first.flatMap { try reader.event(at: $0.position)?.recorded.event }
        return ClosePlan.OpenContract(
          key: key, lines: held.map { ($0.line, $0.outstanding) }, payee: first?.annotation.payee)
      }, declarations)
  }
}

extension BookReader {
  /// The `carry-over` events with reason `opening` of a budget year, those taken back left out.
  fileprivate func openings(of year: Int) throws -> [LineState] {
    let lines = try budgetLines()
    let references = StoredReferences(reader: self, lines: lines)
    var fold = LineFold(byMonth: false)
    let positions = try Int.fetchAll(
      database, sql: "SELECT position FROM events WHERE type = 'carry-over' ORDER BY position")
    for position in positions {
      guard let recorded = try event(at: position)?.recorded, recorded.event.year == year,
        recorded.event.carryOverReason == .opening, try !references.isReversed(position)
      else { continue }
      try fold.apply(recorded.event.ownPostings(chargedAt: position), of: recorded)
    }
    return fold.lines
  }
}

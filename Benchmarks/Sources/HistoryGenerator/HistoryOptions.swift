/// What history to make. The same options make the same bytes.
public struct HistoryOptions: Sendable {
  public let events: Int
  public let seed: UInt64
  /// Units with a budget, the county above them not counted.
  public let units: Int
  /// Budget years, the last of which is 2021.
  public let years: Int
  /// The share of payments under contracts, from 0 to 1.
  public let contractShare: Double
  /// Whether ids come in no order, as from a client that makes them at random.
  public let hasRandomIDs: Bool

  public static let lastYear = 2021
  private static let mostEventsOfOneYear = 1_200_000
  private static let eventsAYear = 1_000_000
  private static let eventsAUnit = 3_000
  private static let mostUnits = 300
  /// What the declarations and budgets of a unit take of a year's events, with a little room for spending.
  private static let leastEventsOfUnitAndYear = 20

  /// - Parameters:
  ///   - units: `nil`: one to 3,000 events of a year, from 2 to 300.
  ///   - years: `nil`: one up to 1.2 million events, then one to a million.
  /// - Throws: `HistoryOptionsError` where there is no room for the budgets.
  public init(
    events: Int, seed: UInt64, units: Int?, years: Int?, contractShare: Double, hasRandomIDs: Bool
  ) throws(HistoryOptionsError) {
    let usualYears =
      events <= HistoryOptions.mostEventsOfOneYear
      ? 1 : (events + HistoryOptions.eventsAYear - 1) / HistoryOptions.eventsAYear
    let years = years ?? usualYears
    guard (1...100).contains(years) else { throw HistoryOptionsError(message: "between 1 and 100 years") }
    let usualUnits = min(max(events / years / HistoryOptions.eventsAUnit, 2), HistoryOptions.mostUnits)
    let units = units ?? usualUnits
    guard (1...999).contains(units) else { throw HistoryOptionsError(message: "between 1 and 999 units") }
    let least = units * years * HistoryOptions.leastEventsOfUnitAndYear
    guard events >= least else {
      throw HistoryOptionsError(message: "\(units) units and \(years) years need at least \(least) events")
    }
    guard (0...1).contains(contractShare) else {
      throw HistoryOptionsError(message: "a share of contracts between 0 and 1")
    }
    self.events = events
    self.seed = seed
    self.units = units
    self.years = years
    self.contractShare = contractShare
    self.hasRandomIDs = hasRandomIDs
  }
}

/// Options under which no history can be made.
public struct HistoryOptionsError: Error, CustomStringConvertible {
  /// What would be accepted.
  let message: String

  public var description: String { "expected \(message)" }
}

/// What is asked of a statement.
public struct StatementQuery: Sendable {
  public let name: StatementName
  public let year: Int
  /// Each with those below it; empty: all.
  public let units: [ExactText]
  /// Whose layout; `nil`: the usual one.
  public let place: String?
  public let horizon: Horizon

  public init(name: StatementName, year: Int, units: [ExactText], place: String?, horizon: Horizon) {
    self.name = name
    self.year = year
    self.units = units
    self.place = place
    self.horizon = horizon
  }
}

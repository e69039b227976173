/// How the amounts of a type are written.
public struct LineRule: Sendable {
  public enum Sign: Sendable { case positive, nonZero }

  /// What tells whose money it is.
  public enum Owner: Sendable {
    case fund
    /// The state's, before it is anybody's fund.
    case category
    case fundOrCategory
  }

  /// Which source years a line may state.
  public enum Source: Sendable {
    /// Any up to the budget year; the budget year itself is the same as none.
    case any
    /// Any up to the budget year, which is a statement of its own: none means "not stated".
    case stated
    /// None, or the budget year itself.
    case thisYear
    /// Any before the budget year; the one before it where none is stated.
    case carried
  }

  public let sign: Sign
  public let owner: Owner
  public let source: Source
  /// The fewest lines.
  public let least: Int
  /// The only basis whose funds take part; `nil`: any.
  public let basis: Basis?

  init(sign: Sign, owner: Owner = .fund, source: Source = .any, least: Int = 1, basis: Basis? = nil) {
    self.sign = sign
    self.owner = owner
    self.source = source
    self.least = least
    self.basis = basis
  }
}

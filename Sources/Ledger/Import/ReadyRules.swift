/// Rules for exports that many people have: the exchange tables of 预算管理一体化, and a bank's statement.
public enum ReadyRules: String, CaseIterable, Sendable {
  case exchangeProjects = "exchange-projects"
  case exchangeIndicators = "exchange-indicators"
  case exchangeCarryOvers = "exchange-carry-overs"
  case exchangeAdjustments = "exchange-adjustments"
  case exchangeVouchers = "exchange-vouchers"
  case bankStatement = "bank-statement"

  /// The rules as a file, for a person to change.
  public var text: String {
    let bytes =
      switch self {
      case .exchangeProjects: PackageResources.exchange_projects_toml
      case .exchangeIndicators: PackageResources.exchange_indicators_toml
      case .exchangeCarryOvers: PackageResources.exchange_carry_overs_toml
      case .exchangeAdjustments: PackageResources.exchange_adjustments_toml
      case .exchangeVouchers: PackageResources.exchange_vouchers_toml
      case .bankStatement: PackageResources.bank_statement_toml
      }
    return String(decoding: bytes, as: UTF8.self)
  }
}

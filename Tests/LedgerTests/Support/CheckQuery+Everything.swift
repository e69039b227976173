import Ledger

extension CheckQuery {
  /// Every unit and year with everything known, identities at the end of each year.
  static let everything = CheckQuery(units: [], years: nil, knownAt: .everything, definitions: .standard) { year in
    Day.lastDay(ofYear: year) ?? .last
  }
}

/// The parts of the chart of accounts in which other programs keep a ledger, in three books that each add up to zero.
///
/// Amounts have the sign of double-entry bookkeeping: where money came from is negative, where it is or went is positive.
enum AccountRoot: String, CaseIterable {
  // 预算会计: what was received and spent, by the basis of the fund.
  /// `balance`, 年末结转和结余.
  case balance = "Assets"
  /// `income`, turned.
  case income = "Income"
  /// `disbursed`.
  case spending = "Expenses"
  /// `carriedIn` of bases that keep it, turned.
  case opening = "Equity:Opening"
  /// `surplusUsed` on receipts basis, turned.
  case surplusUsed = "Equity:SurplusUsed"
  /// `allocated` on receipts basis.
  case allocated = "Equity:Allocated"

  // 指标账: what was granted, and what became of it.
  /// `appropriated`, turned. All that is granted is `budget`, turned.
  case appropriated = "Equity:Budget:Granted:Appropriated"
  /// `foreseen`: counted in `appropriated`, but the money comes by carry-over.
  case foreseen = "Equity:Budget:Granted:Foreseen"
  /// `adjusted`, turned.
  case adjusted = "Equity:Budget:Granted:Adjusted"
  /// `carriedIn`, turned.
  case carriedIn = "Equity:Budget:Granted:CarriedIn"
  /// `available`.
  case available = "Equity:Budget:Available"
  /// `committed`.
  case committed = "Equity:Budget:Committed"
  /// `disbursed`.
  case spent = "Equity:Budget:Spent"
  /// `lapsed`.
  case lapsed = "Equity:Budget:Lapsed"
  /// `surplusIn` of treasury money, which may not be spent.
  case withheld = "Equity:Budget:Withheld"

  // Figures that are part of others, or beside the money: each against the same account.
  case planned = "Equity:Memo:Planned"
  case capped = "Equity:Memo:Capped"
  case estimated = "Equity:Memo:Estimated"
  case received = "Equity:Memo:Received"
  case collected = "Equity:Memo:Collected"
  case contracted = "Equity:Memo:Contracted"
  case surplusIn = "Equity:Memo:SurplusIn"
  case openingAdjusted = "Equity:Memo:OpeningAdjusted"
  case usedSurplus = "Equity:Memo:SurplusUsed"
  case allocatedSurplus = "Equity:Memo:Allocated"

  /// What stands against every figure that is noted only.
  static let memo = "Equity:Memo"

  /// Whether it is only noted, beside the two books of money and budget.
  var isMemo: Bool { rawValue.hasPrefix(AccountRoot.memo + ":") }
}

extension Sums {
  /// What they are in double-entry bookkeeping, as sums of this line, without amounts of zero.
  func entries(of line: Classification, on basis: Basis) -> [(root: AccountRoot, amount: Fen)] {
    let figures = Figures(line: line, sums: self, basis: basis)
    let isTreasury = line.fund?.isTreasury ?? false
    let keepsOpening = basis != .payment
    let isOfReceipts = basis == .receipts
    let entries: [(root: AccountRoot, amount: Fen)] = [
      (.spending, figures[.disbursed]),
      (.balance, figures[.balance]),
      (.income, -figures[.income]),
      (.opening, keepsOpening ? -figures[.carriedIn] : 0),
      (.surplusUsed, isOfReceipts ? -figures[.surplusUsed] : 0),
      (.allocated, isOfReceipts ? figures[.allocated] : 0),
      (.appropriated, -figures[.appropriated]),
      (.foreseen, figures[.foreseen]),
      (.adjusted, -figures[.adjusted]),
      (.carriedIn, -figures[.carriedIn]),
      (.available, figures[.available]),
      (.committed, figures[.committed]),
      (.spent, figures[.disbursed]),
      (.lapsed, figures[.lapsed]),
      (.withheld, isTreasury ? figures[.surplusIn] : 0),
      (.planned, figures[.planned]),
      (.capped, figures[.capped]),
      (.estimated, figures[.estimated]),
      (.received, figures[.received]),
      (.collected, figures[.collected]),
      (.contracted, figures[.contracted]),
      (.surplusIn, figures[.surplusIn]),
      (.openingAdjusted, figures[.openingAdjusted]),
      (.usedSurplus, figures[.surplusUsed]),
      (.allocatedSurplus, figures[.allocated]),
    ]
    return entries.filter { $0.amount != 0 }
  }
}

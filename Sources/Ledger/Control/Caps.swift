/// 限额 of one unit and year: limits that lie across the budget, and the room each has left.
///
/// Spending and open commitments of the lines that a cap covers count against it. All caps that cover a line count.
struct Caps {
  struct Cap {
    /// The fields a line must have to be covered.
    let line: Classification
    /// No limit before this day.
    var since: Day
    /// capped − committed − disbursed.
    var room: Timeline
  }

  /// A cap event that stands.
  struct Standing: Equatable {
    let line: Classification
    let date: Day
    let amount: Money

    /// - Parameter entry: its nature does not count where the economic code gave it: 三公 of a project is 三公 too.
    init(limiting entry: Entry, on date: Day) {
      var line = entry.classification
      if line.economic != nil, line.nature?.whole == .basic { line.nature = nil }
      self.line = line
      self.date = date
      amount = entry.amount
    }
  }

  private(set) var caps: [Cap] = []

  /// Of a unit and year without any.
  init() {}

  init(_ standing: [Standing], unit: ExactText, year: Int, _ facts: some RecordedFacts) throws {
    for set in standing {
      if let index = caps.firstIndex(where: { $0.line == set.line }) {
        caps[index].since = min(caps[index].since, set.date)
        caps[index].room.add(Fen(set.amount.fen), on: set.date)
        continue
      }
      var room = try facts.timeline(of: { -Fen($0[.committed]) - Fen($0[.disbursed]) }, unit: unit, year: year) {
        set.line.covers($0)
      }
      room.add(Fen(set.amount.fen), on: set.date)
      caps.append(Cap(line: set.line, since: set.date, room: room))
    }
  }

  /// Takes in spending.
  mutating func apply(_ postings: [Posting]) {
    for index in caps.indices {
      for posting in postings {
        let change = Caps.spending(posting, under: caps[index])
        if change != 0 { caps[index].room.add(change, on: posting.date) }
      }
    }
  }

  /// The caps that spending of this date would break.
  /// - Parameter takenBack: what a correction has taken back, and is in the room already.
  func refusals(of postings: [Posting], correcting takenBack: [Posting], on date: Day) -> [Problem] {
    func spending(_ postings: [Posting], _ cap: Cap) -> Fen {
      postings.reduce(0) { $0 + Caps.spending($1, under: cap) }
    }
    return caps.compactMap { cap in
      let (change, back) = (spending(postings, cap), spending(takenBack, cap))
      guard change + back < 0 else { return nil }
      return Caps.refusal(cap, taking: -change, value: -(change < 0 ? change : back), expected: nil, on: date)
    }
  }

  /// The caps that would be broken as they stand, where a cap itself was set, cut or reversed.
  ///
  /// - Parameter amounts: by how much each line's cap is cut, or set where there was none.
  func refusals(setting amounts: [Classification: Fen], on date: Day) -> [Problem] {
    caps.compactMap { cap in
      amounts[cap.line].flatMap { Caps.refusal(cap, taking: 0, value: $0, expected: .expectedCapAbove, on: date) }
    }
  }

  private static func spending(_ posting: Posting, under cap: Cap) -> Fen {
    let change = -Fen(posting.sums[.committed]) - Fen(posting.sums[.disbursed])
    return change != 0 && cap.line.covers(posting.line.classification) ? change : 0
  }

  /// - Parameter expected: `nil`: as much as the room.
  private static func refusal(
    _ cap: Cap, taking amount: Fen, value: Fen, expected: Phrase?, on date: Day
  ) -> Problem? {
    let balances = cap.room.balances(from: max(date, cap.since))
    guard let short = balances.first(where: { $0.balance < amount }) else { return nil }
    let room = balances.map(\.balance).min() ?? 0
    return Problem(
      .capExceeded, field: Field.amount.rawValue, value: value.yuan,
      expected: expected ?? .expectedAtMostLeft(max(0, room).yuan),
      detail: .capExceeded(cap.line.text, over: (amount - short.balance).yuan, on: short.day.description),
      rule: .ruleCap)
  }
}

/// What an event does to one line, as an entry of double-entry bookkeeping: amounts that add up to zero.
struct BookEntry {
  struct Amount: Equatable {
    let account: String
    let fen: Fen
  }

  /// An account that is used for the first time.
  struct Opened: Equatable {
    let account: String
    /// What its codes are called; `nil` where none has a name.
    let name: String?
  }

  let recorded: RecordedEvent
  let line: BudgetLine
  let day: Day
  /// Of the accounts of this entry.
  let opened: [Opened]
  let amounts: [Amount]
  /// The account of spending of the line, and what the entry adds to the budget that it is held against.
  let goal: Amount

  /// The fields that `tags` may have.
  static let fields: [Field] =
    [.position, .type, .id, .unit, .year, .contract, .approval, .by] + LineField.allCases.map(\.field)

  /// What it says of the event and the line, by field.
  var tags: [(field: Field, value: String)] {
    let event = recorded.event
    let own: [(Field, String?)] = [
      (.position, String(recorded.position)), (.type, event.type.rawValue), (.id, event.id), (.unit, line.unit.text),
      (.year, String(line.year)), (.contract, event.annotation.contract), (.approval, event.annotation.approval),
      (.by, event.annotation.by),
    ]
    let classified = LineField.allCases.map { ($0.field, line.classification[$0]) }
    return (own + classified).compactMap { field, value in value.map { (field, $0) } }
  }

  /// To whom, and what it was for, or else of which type it is.
  func words(in language: Language) -> [String] {
    let event = recorded.event
    return [event.annotation.payee, event.annotation.memo ?? event.definition.name.text(in: language)].compactMap { $0 }
  }
}

/// Makes events into entries, and knows which accounts there are.
struct AccountBook {
  private var known: Set<ExactText> = []

  /// One entry for each line that an event moves.
  mutating func entries(of event: ExportedEvent) -> [BookEntry] {
    var sums: [(line: BudgetLine, sums: Sums)] = []
    for posting in event.postings {
      // A payment under a contract frees on its line what it takes.
      if let place = sums.firstIndex(where: { $0.line == posting.line }), sums[place].sums.add(posting.sums) {
        continue
      }
      sums.append((posting.line, posting.sums))
    }
    return sums.compactMap { entry(of: event, $0.line, $0.sums) }
  }

  private mutating func entry(of event: ExportedEvent, _ line: BudgetLine, _ sums: Sums) -> BookEntry? {
    let figures = sums.entries(of: line.classification, on: event.declarations.basis(of: line))
    guard !figures.isEmpty else { return nil }
    let place = AccountName.place(of: line)
    var amounts = figures.map { BookEntry.Amount(account: "\($0.root.rawValue):\(place)", fen: $0.amount) }
    let noted = figures.filter { $0.root.isMemo }.reduce(Fen(0)) { $0 + $1.amount }
    // What is only noted stands against one account, whatever line it is of.
    if figures.contains(where: { $0.root.isMemo }) {
      amounts.append(BookEntry.Amount(account: AccountRoot.memo, fen: -noted))
    }
    let goal = BookEntry.Amount(account: "\(AccountRoot.spending.rawValue):\(place)", fen: sums.budget)
    let used = amounts.map(\.account) + (goal.fen == 0 ? [] : [goal.account])
    return BookEntry(
      recorded: event.recorded, line: line, day: event.recorded.event.date,
      opened: open(used, line, event.declarations),
      amounts: amounts, goal: goal)
  }

  private mutating func open(
    _ accounts: [String], _ line: BudgetLine, _ declarations: Declarations
  ) -> [BookEntry.Opened] {
    accounts.filter { known.insert(ExactText($0)).inserted }.map { account in
      BookEntry.Opened(account: account, name: account == AccountRoot.memo ? nil : name(of: line, declarations))
    }
  }

  private func name(of line: BudgetLine, _ declarations: Declarations) -> String? {
    let fields: [LineField] = [.fund, .function, .project]
    let names = fields.compactMap { field in
      line.classification[field].flatMap { declarations.name(of: $0, in: .line(field), year: line.year) }
    }
    return names.isEmpty ? nil : names.joined(separator: " / ")
  }
}

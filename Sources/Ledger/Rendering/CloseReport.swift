/// The plan of a year-end close, as a person and a program read it.
public enum CloseReport {
  /// Lot by lot, with the contracts below the total: they set money aside and are none themselves.
  public static func table(
    of result: CloseResult, in unit: DisplayUnit, _ language: Language
  ) -> Table {
    let all = result.plans.flatMap(\.carried)
    // Mostly nothing is recorded before the close.
    let hasRecorded = all.contains { $0.recorded != 0 }
    let amounts: [(Phrase, (ClosePlan.Carried) -> Fen)] =
      hasRecorded
      ? [(.columnClosing, \.closing), (.columnRecorded, \.recorded), (.columnCarried, \.carried)]
      : [(.columnCarried, \.carried)]
    let several = result.plans.count > 1
    func head(_ plan: ClosePlan, _ text: String, _ lot: String) -> [String] {
      [several ? "\(plan.unit) \(text)" : text, lot]
    }
    func cells(_ amount: ((ClosePlan.Carried) -> Fen) -> Fen) -> [String] { amounts.map { unit.text(amount($0.1)) } }
    var rows: [[String]] = []
    for plan in result.plans {
      for carried in plan.carried {
        let why = carried.reason.title.text(in: language)
        rows.append(head(plan, carried.pool.text, carried.lot.title.text(in: language)) + cells { $0(carried) } + [why])
      }
    }
    let totals = cells { amount in all.reduce(0) { $0 + amount($1) } }
    let left = [Phrase.columnPool, .columnLot].map { Table.Column($0.text(in: language), .left) }
    let right = amounts.map { Table.Column($0.0.text(in: language), .right) }
    let contracts = result.plans.flatMap { plan in
      plan.contracts.map { contract in
        let name = Phrase.contract(contract.key.number.text).text(in: language)
        let blanks = Array(repeating: "", count: amounts.count - 1)
        return head(plan, name, "") + blanks
          + [unit.text(contract.outstanding), Phrase.reasonContract.text(in: language)]
      }
    }
    return Table(
      columns: left + right + [Table.Column(Phrase.columnReason.text(in: language), .left)], rows: rows,
      totals: [[Phrase.total.text(in: language), ""] + totals + [""]] + contracts)
  }

  /// A line a lot that is carried, amounts in yuan.
  public static func csv(of result: CloseResult) -> String {
    let header = [
      "unit", "year", "fund", "function", "project", "part", "kind", "from", "closing", "recorded", "carried",
    ]
    return CSVWriter.line(header + ["reason"])
      + result.plans.flatMap { plan in
        plan.carried.map { carried in
          let pool = carried.pool
          return CSVWriter.line([
            plan.unit.text, String(plan.year), pool.fund.digits, pool.function?.digits ?? "", pool.project?.text ?? "",
            pool.part?.rawValue ?? "", carried.lot.kind.rawValue, String(carried.lot.from), carried.closing.yuan,
            carried.recorded.yuan, carried.carried.yuan, carried.reason.rawValue,
          ])
        }
      }.joined()
  }

  /// One line of JSON, `ledgerctl/close/1`.
  public static func json(of result: CloseResult, dryRun: Bool) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/close/1")
    object.add("dryRun", dryRun)
    object.add("added", result.batch.added)
    object.add("position", result.batch.position)
    object.add("closedBefore", texts: result.closedBefore.map(\.text))
    object.add("units", objects: result.plans.map(json))
    return object.text
  }

  private static func json(of plan: ClosePlan) -> JSONObjectText {
    var object = JSONObjectText()
    object.add("unit", plan.unit.text)
    object.add("year", plan.year)
    object.add(
      "carried",
      objects: plan.carried.map { carried in
        var row = JSONObjectText()
        row.add("fund", carried.pool.fund.digits)
        row.add("function", orNull: carried.pool.function?.digits)
        row.add("project", orNull: carried.pool.project?.text)
        row.add("part", orNull: carried.pool.part?.rawValue)
        row.add("kind", carried.lot.kind.rawValue)
        row.add("from", carried.lot.from)
        row.add("closing", carried.closing.yuan)
        row.add("recorded", carried.recorded.yuan)
        row.add("carried", carried.carried.yuan)
        row.add("reason", carried.reason.rawValue)
        return row
      })
    object.add(
      "contracts",
      objects: plan.contracts.map { contract in
        var row = JSONObjectText()
        row.add("contract", contract.key.number.text)
        row.add("outstanding", contract.outstanding.yuan)
        return row
      })
    return object
  }
}

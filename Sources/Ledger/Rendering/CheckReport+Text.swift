extension CheckReport {
  /// What stands above the table: that each figure has its own date, and what was known.
  public func heading(_ language: Language) -> String {
    let known = knownAt.text.map(Phrase.asIs) ?? .knownEverything
    return Phrase.checkHeading(known: known, position: position).text(in: language)
  }

  /// Heading, table, how many of each verdict, notes.
  public func text(width: Int, _ language: Language) -> String {
    let summary = Phrase.checkSummary(
      ties: count(.ties), rounding: count(.rounding), contradiction: count(.contradiction))
    let notes = notes.map { Phrase.labelNote.text(in: language) + $0.text(in: language) + "\n" }.joined()
    return heading(language) + "\n\n" + table(language).text(width: width) + "\n" + summary.text(in: language) + "\n"
      + notes
  }

  /// A row an assertion, amounts in yuan and rates in percent, as printed.
  public func table(_ language: Language) -> Table {
    Table(
      columns: [
        Table.Column(Phrase.columnCheck.text(in: language), .left),
        Table.Column(Phrase.columnLedger.text(in: language), .right),
        Table.Column(Phrase.columnPrinted.text(in: language), .right),
        Table.Column(Phrase.columnDifference.text(in: language), .right),
        Table.Column(Phrase.columnVerdict.text(in: language), .left),
      ],
      rows: results.map { result in
        [
          result.id, result.left ?? "—", result.right, result.difference ?? "—",
          result.verdict.title.text(in: language),
        ]
      })
  }

  /// One line of JSON, `ledgerctl/check/1`.
  public func json(in language: Language) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/check/1")
    object.add(
      "results",
      array: results.map { result in
        var entry = JSONObjectText()
        entry.add("id", result.id)
        entry.add("on", "ledger")
        entry.add("title", result.title)
        entry.add("verdict", result.verdict.rawValue)
        entry.add("left", orNull: result.left)
        entry.add("right", result.right)
        entry.add("difference", orNull: result.difference)
        entry.add("source", orNull: result.source)
        return entry.text
      })
    object.add("notes", array: notes.map { JSONObjectText.quoted($0.text(in: language)) })
    for verdict in Verdict.allCases { object.add(verdict.rawValue, count(verdict)) }
    return object.text
  }
}

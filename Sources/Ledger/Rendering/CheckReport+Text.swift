extension CheckReport {
  /// What stands above the tables: what was known.
  public func heading(_ language: Language) -> String {
    let known = knownAt.text.map(Phrase.asIs) ?? .knownEverything
    return Phrase.checkHeading(known: known, position: position).text(in: language)
  }

  /// Printed figures; identities that do not hold, with how many do; notes.
  public func text(width: Int, _ language: Language) -> String {
    let blocks = blocks(language).map { block in
      block.title + (block.table.map { "\n\n" + $0.text(width: width) } ?? "\n") + block.summary
    }
    let notes = notes.flatMap { note in
      (Phrase.labelNote.text(in: language) + note.text(in: language)).wrapped(to: width)
    }.map { $0 + "\n" }.joined()
    return ([heading(language)] + blocks).joined(separator: "\n\n") + (blocks.isEmpty ? "" : "\n")
      + (notes.isEmpty ? "" : "\n" + notes)
  }

  public func markdown(_ language: Language) -> String {
    var text = "# \(heading(language))\n\n"
    for block in blocks(language) {
      text += "## \(block.title)\n\n" + (block.table.map { $0.markdown + "\n" } ?? "") + block.summary + "\n\n"
    }
    return text + notes.map { "- \($0.text(in: language))\n" }.joined()
  }

  private func blocks(_ language: Language) -> [(title: String, table: Table?, summary: String)] {
    [CheckResult.Subject.assertion, .identity].compactMap { subject in
      let theirs = results.filter { $0.subject == subject }
      guard !theirs.isEmpty else { return nil }
      let shown = subject == .assertion ? theirs : theirs.filter { $0.verdict != .ties }
      func count(_ verdict: Verdict) -> Int { theirs.count { $0.verdict == verdict } }
      let summary = Phrase.checkSummary(
        subject, ties: count(.ties), rounding: count(.rounding), contradiction: count(.contradiction))
      return (
        subject.title.text(in: language), shown.isEmpty ? nil : table(shown, language), summary.text(in: language)
      )
    }
  }

  /// A row a comparison: amounts in yuan, rates in percent.
  private func table(_ results: [CheckResult], _ language: Language) -> Table {
    let isIdentities = results.first?.subject == .identity
    // Of one unit and year the table says so above; of several each row does.
    let owners = Set(self.results.map { "\($0.unit) \($0.year)" })
    func name(_ result: CheckResult) -> String {
      let id = result.on == .asserted ? "\(result.id) \(CheckGround.asserted.title.text(in: language))" : result.id
      let owner = isIdentities && owners.count > 1 ? "\(result.unit) \(result.year) " : ""
      return owner + id + (isIdentities ? " \(result.title)" : "")
    }
    let columns: [Phrase] =
      isIdentities
      ? [.columnIdentity, .columnLeft, .columnRight] : [.columnCheck, .columnLedger, .columnPrinted]
    return Table(
      columns: [
        Table.Column(columns[0].text(in: language), .left), Table.Column(columns[1].text(in: language), .right),
        Table.Column(columns[2].text(in: language), .right),
        Table.Column(Phrase.columnDifference.text(in: language), .right),
        Table.Column(Phrase.columnVerdict.text(in: language), .left),
      ],
      rows: results.map { result in
        [
          name(result), result.left ?? "—", result.right ?? "—", result.difference ?? "—",
          result.verdict.title.text(in: language),
        ]
      })
  }

  /// A line a comparison, with every field of the JSON.
  public var csv: String {
    CSVWriter.line([
      "id", "on", "title", "verdict", "left", "right", "difference", "source", "unit", "year",
    ])
      + results.map { result in
        CSVWriter.line([
          result.id, result.on.rawValue, result.title, result.verdict.rawValue, result.left, result.right,
          result.difference, result.source, result.unit.text, String(result.year),
        ])
      }.joined()
  }

  /// One line of JSON, `ledgerctl/check/1`.
  public func json(in language: Language) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/check/1")
    object.add(
      "results",
      objects: results.map { result in
        var entry = JSONObjectText()
        entry.add("id", result.id)
        entry.add("on", result.on.rawValue)
        entry.add("title", result.title)
        entry.add("verdict", result.verdict.rawValue)
        entry.add("left", orNull: result.left)
        entry.add("right", orNull: result.right)
        entry.add("difference", orNull: result.difference)
        entry.add("source", orNull: result.source)
        entry.add("unit", result.unit.text)
        entry.add("year", result.year)
        return entry
      })
    object.add("notes", texts: notes.map { $0.text(in: language) })
    for verdict in Verdict.allCases { object.add(verdict.rawValue, count(verdict)) }
    return object.text
  }
}

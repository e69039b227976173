extension CheckReport {
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

extension Narrative {
  private var title: String { Phrase.titleNarrative(unitName, year: year).chinese }

  /// For a terminal: titles, and paragraphs wrapped.
  public func text(width: Int) -> String {
    title + "\n"
      + sections.map { section in
        "\n"
          + ([section.title] + section.paragraphs.map(\.text)).flatMap { $0.wrapped(to: width) }.joined(separator: "\n")
          + "\n"
      }.joined()
  }

  public var markdown: String {
    "# \(title)\n"
      + sections.map { section in
        "\n## \(section.title)\n" + section.paragraphs.map { "\n\($0.text)\n" }.joined()
      }.joined()
  }

  public var html: String {
    let body = sections.map { section in
      "<h2>\(section.title.escapedForHTML)</h2>\n"
        + section.paragraphs.map { "<p>\($0.text.escapedForHTML)</p>\n" }.joined()
    }.joined()
    return Sheet.page(title: title, "<article>\n<h1>\(title.escapedForHTML)</h1>\n\(body)</article>\n")
  }

  /// One line of JSON, `ledgerctl/statement/1`, with sections in place of tables.
  public var json: String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/statement/1")
    object.add("statement", "narrative")
    object.add("year", year)
    object.add("unit", orNull: units.single?.text)
    object.add("compare", orNull: priorYear)
    object.add("asOf", horizon.asOf.description)
    object.add("knownAt", orNull: horizon.knownAt.text)
    object.add("position", position)
    object.add(
      "sections",
      objects: sections.map { section in
        var entry = JSONObjectText()
        entry.add("title", section.title)
        entry.add("paragraphs", objects: section.paragraphs.map(json))
        return entry
      })
    return object.text
  }

  private func json(_ paragraph: Paragraph) -> JSONObjectText {
    var entry = JSONObjectText()
    entry.add("text", paragraph.text)
    entry.add(
      "figures",
      objects: paragraph.figures.map { figure in
        var object = JSONObjectText()
        object.add("shown", figure.shown)
        object.add("formula", figure.formula.text)
        return object
      })
    return entry
  }
}

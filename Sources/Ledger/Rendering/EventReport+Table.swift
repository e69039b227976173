extension EventReport {
  /// A row a field, then the events it hangs together with, then what it does: a row a budget line.
  public func table(_ language: Language) -> Table {
    let event = recorded.event
    var rows: [[String]] = []
    func add(_ name: String, _ value: String?) { if let value { rows.append([name, value]) } }
    add(Field.position.rawValue, String(recorded.position))
    let name = event.definition.name.text(in: language)
    add(Field.type.rawValue, name == event.type.rawValue ? name : "\(event.type.rawValue) \(name)")
    add(Field.date.rawValue, event.date.description)
    add(Field.recorded.rawValue, event.recorded?.description)
    add(Field.id.rawValue, event.id)
    add(Field.unit.rawValue, event.unit?.text)
    add(Field.year.rawValue, event.year.map(String.init))
    for field in event.details.fields { add(field.rawValue, event.details[field]?.shown) }
    for entry in event.entries { add(entry.classification.path, DisplayUnit.yuan.text(Fen(entry.amount.fen))) }
    for field in Annotation.fields { add(field.rawValue, event.annotation[field]) }
    add(Field.hash.rawValue, recorded.hash?.hexadecimal)
    add(Phrase.isAbout.text(in: language), target.map { summary(of: $0, language) })
    for follower in followers { add(Phrase.followedBy.text(in: language), summary(of: follower, language)) }
    for posting in postings { add(Phrase.does.text(in: language), effect(of: posting, language)) }
    return Table(
      columns: [
        Table.Column(Phrase.columnField.text(in: language), .left),
        Table.Column(Phrase.columnValue.text(in: language), .left),
      ], rows: rows)
  }

  private func summary(of other: RecordedEvent, _ language: Language) -> String {
    let total = other.event.entries.isEmpty ? nil : DisplayUnit.yuan.text(other.event.total)
    return [other.label(language), other.event.summary(in: language), total].compactMap { $0 }.joined(separator: " ")
  }

  private func effect(of posting: Posting, _ language: Language) -> String {
    let changes = posting.sums.shown.map { change in
      let sign = change.amount > 0 ? "+" : ""
      return "\(change.measure.title.text(in: language)) \(sign)\(DisplayUnit.yuan.text(change.amount))"
    }
    // What a contract set aside in another year is freed there.
    let year = posting.line.year == recorded.event.year ? nil : String(posting.line.year)
    return ([year, posting.line.classification.path].compactMap { $0 } + changes).joined(separator: "  ")
  }
}

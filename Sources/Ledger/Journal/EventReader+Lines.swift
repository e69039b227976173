/// How an event states its amounts.
extension EventReader {
  private static let mostLines = 100_000

  /// The entries: one from the top, or several from `lines` with the fields at the top as defaults.
  mutating func readEntries(by rule: LineRule) -> [Entry] {
    let top = classification(members)
    guard let lines = members[.lines] else {
      guard let amount = members[.amount] else {
        missing(.amount)
        checkOwner(members[.fund], members[.category], rule.owner, offset: members[.type]?.keyOffset ?? 0)
        return []
      }
      if rule.least > 1 { tooFewLines(1, rule, members[.amount]?.keyOffset ?? 0) }
      checkOwner(members[.fund], members[.category], rule.owner, offset: members[.type]?.keyOffset ?? 0)
      return entry(top, amount.node, by: rule).map { [$0] } ?? []
    }
    if let amount = members[.amount] {
      add(.amountBesideLines, .amount, amount.keyOffset, value: amount.node.shown, .expectedAmountInLines)
    }
    guard case .array(let nodes) = lines.node.value else {
      wrongType(.lines, lines.node, .expectedLines)
      return []
    }
    guard !nodes.isEmpty else {
      add(.linesEmpty, .lines, lines.node.offset, value: "[]", .expectedLines)
      return []
    }
    guard nodes.count <= EventReader.mostLines else {
      add(.eventTooManyLines, .lines, lines.node.offset, value: String(nodes.count), .expectedFewerLines)
      return []
    }
    if nodes.count < rule.least { tooFewLines(nodes.count, rule, lines.node.offset) }
    return nodes.compactMap { line($0, top, by: rule) }
  }

  private mutating func tooFewLines(_ count: Int, _ rule: LineRule, _ offset: Int) {
    add(.linesTooFew, .lines, offset, value: String(count), .expectedLinesAtLeast(rule.least))
  }

  private mutating func line(_ node: JSONNode, _ top: Classification, by rule: LineRule) -> Entry? {
    guard case .object(let written) = node.value else {
      wrongType(.lines, node, .expectedLines)
      return nil
    }
    let fields = FieldMembers(written)
    for member in fields.unknown + fields.others(than: Field.ofLines | Field.amount.bit) {
      add(
        member.field == nil ? .fieldUnknown : .fieldNotTaken, .lines, key: member.key, member.keyOffset,
        value: member.node.shown, .expectedFieldOfLine)
    }
    let own = classification(fields)
    let (fund, category) = (fields[.fund] ?? members[.fund], fields[.category] ?? members[.category])
    guard let amount = fields[.amount] else {
      checkOwner(fund, category, rule.owner, offset: node.offset)
      add(.fieldMissing, .amount, node.offset, value: "", .expectedField(Field.amount.rawValue))
      return nil
    }
    checkOwner(fund, category, rule.owner, offset: node.offset)
    return entry(own.filled(from: top), amount.node, by: rule)
  }

  private mutating func entry(_ classification: Classification, _ node: JSONNode, by rule: LineRule) -> Entry? {
    guard let text = text(.amount, node),
      let amount = read(.amount, text, offset: node.offset, { text throws(Unreadable) in try Money(reading: text) })
    else { return nil }
    switch rule.sign {
    case .positive where amount.fen <= 0:
      add(.amountNotPositive, .amount, node.offset, value: text, .expectedPositive)
    case .nonZero where amount.fen == 0: add(.amountZero, .amount, node.offset, value: text, .expectedNonZero)
    default: break
    }
    return Entry(classification: classification, amount: amount)
  }

  /// Whose money it is: a fund, or what is collected for the state.
  private mutating func checkOwner(
    _ fund: JSONMember?, _ category: JSONMember?, _ owner: LineRule.Owner, offset: Int
  ) {
    func need(_ field: Field, _ member: JSONMember?) {
      if member == nil { add(.fieldMissing, field, offset, value: "", .expectedField(field.rawValue)) }
    }
    func refuse(_ field: Field, _ member: JSONMember?, _ expected: Phrase) {
      if let member { add(.fieldNotTaken, field, member.keyOffset, value: member.node.shown, expected) }
    }
    switch owner {
    case .fund:
      need(.fund, fund)
      refuse(.category, category, .expectedNoCategory)
    case .category:
      need(.category, category)
      refuse(.fund, fund, .expectedNoFund)
    case .fundOrCategory:
      if fund == nil, category == nil { add(.fieldMissing, .fund, offset, value: "", .expectedFundOrCategory) }
      if fund != nil { refuse(.category, category, .expectedFundOrCategory) }
    }
  }

  private mutating func classification(_ fields: FieldMembers) -> Classification {
    var line = Classification()
    line.fund = code(.fund, fields)
    line.function = code(.function, fields)
    line.economic = code(.economic, fields)
    line.government = code(.government, fields)
    line.project = fields[.project].flatMap { text(.project, $0.node) }.map(ExactText.init)
    line.nature = word(.nature, fields)
    line.procurement = word(.procurement, fields)
    line.from = fields[.from].flatMap { readYear(.from, $0.node) }
    line.category = word(.category, fields)
    return line
  }

  private mutating func code<Scheme>(
    _ field: Field, _ fields: FieldMembers
  ) -> ClassificationCode<Scheme>? {
    guard let node = fields[field]?.node, let text = text(field, node) else { return nil }
    let digits = Scheme.name == .fund ? fundNames.code(named: text) ?? text : text
    return read(field, digits, offset: node.offset) { text throws(Unreadable) in
      try ClassificationCode<Scheme>(reading: text)
    }
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ field: Field, _ fields: FieldMembers
  ) -> Word? where Word.RawValue == String {
    guard let node = fields[field]?.node else { return nil }
    if case .text(let text) = node.value, let word = Word(rawValue: text) { return word }
    return choice(field, node, of: Word.allCases.map(\.rawValue)).flatMap(Word.init)
  }
}

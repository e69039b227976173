/// How an event states its amounts.
extension EventReader {
  private static let mostLines = 100_000

  /// The entries: one from the top, or several from `lines` with the fields at the top as defaults.
  mutating func readEntries(by rule: LineRule) -> [Entry] {
    let top = classification(members)
    guard let lines = members[.lines] else {
      guard let amount = members[.amount] else {
        missing(.amount)
        return []
      }
      return entry(
        top, amount.node, by: rule, statesFund: members[.fund] != nil, offset: members[.type]?.keyOffset ?? 0
      ).map { [$0] } ?? []
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
    return nodes.compactMap { line($0, top, by: rule) }
  }

  private mutating func line(_ node: JSONNode, _ top: Classification, by rule: LineRule) -> Entry? {
    guard case .object(let written) = node.value else {
      wrongType(.lines, node, .expectedLines)
      return nil
    }
    var fields: [Field: JSONMember] = [:]
    for member in written {
      guard let field = Field(rawValue: member.key), Field.ofLines.contains(field) || field == .amount else {
        let known = Field(rawValue: member.key) != nil
        add(
          known ? .fieldNotTaken : .fieldUnknown, .lines, key: member.key, member.keyOffset, value: member.node.shown,
          .expectedFieldOfLine)
        continue
      }
      fields[field] = member
    }
    let own = classification(fields)
    guard let amount = fields[.amount] else {
      add(.fieldMissing, .amount, node.offset, value: "", .expectedField(Field.amount.rawValue))
      return nil
    }
    return entry(
      own.filled(from: top), amount.node, by: rule, statesFund: fields[.fund] != nil || members[.fund] != nil,
      offset: node.offset)
  }

  private mutating func entry(
    _ classification: Classification, _ node: JSONNode, by rule: LineRule, statesFund: Bool, offset: Int
  ) -> Entry? {
    if classification.fund == nil, !statesFund {
      add(.fieldMissing, .fund, offset, value: "", .expectedField(Field.fund.rawValue))
    }
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

  private mutating func classification(_ fields: [Field: JSONMember]) -> Classification {
    var line = Classification()
    line.fund = code(.fund, fields)
    line.function = code(.function, fields)
    line.economic = code(.economic, fields)
    line.government = code(.government, fields)
    line.project = fields[.project].flatMap { text(.project, $0.node) }.map(ExactText.init)
    line.nature = word(.nature, fields)
    line.procurement = word(.procurement, fields)
    line.from = fields[.from].flatMap { readYear(.from, $0.node) }
    if let category = fields[.category] {
      add(.fieldNotTaken, .category, category.keyOffset, value: category.node.shown, .expectedNoCategory)
    }
    return line
  }

  private mutating func code<Scheme>(
    _ field: Field, _ fields: [Field: JSONMember]
  ) -> ClassificationCode<Scheme>? {
    guard let node = fields[field]?.node, let text = text(field, node) else { return nil }
    let digits = Scheme.name == .fund ? fundNames.code(named: text) ?? text : text
    return read(field, digits, offset: node.offset) { text throws(Unreadable) in
      try ClassificationCode<Scheme>(reading: text)
    }
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ field: Field, _ fields: [Field: JSONMember]
  ) -> Word? where Word.RawValue == String {
    guard let node = fields[field]?.node else { return nil }
    return choice(field, node, of: Word.allCases.map(\.rawValue)).flatMap(Word.init)
  }
}

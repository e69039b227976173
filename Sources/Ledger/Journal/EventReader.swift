/// An event as a journal line states it, before defaults.
struct StatedEvent {
  var event: Event
  var position: Int?
  var hash: ChainHash?
}

/// Reads one event from the members of its JSON object, by the definition of its type.
///
/// Everything that can be told from the event alone is checked here, and every flaw is kept, so that one run over a
/// file reports all of them.
struct EventReader {
  /// A flaw and the byte offset it stands at.
  struct Flaw {
    let problem: FieldProblem
    /// The key as written, where it is not a field.
    var key: String?
    let offset: Int
  }

  let fundNames: FundNames
  var flaws: [Flaw] = []
  var members = FieldMembers()

  init(fundNames: FundNames) { self.fundNames = fundNames }

  /// - Returns: the event; `nil` where the flaws say why not.
  mutating func read(_ written: [JSONMember]) -> StatedEvent? {
    members = FieldMembers(written)
    for member in members.unknown {
      add(.fieldUnknown, .type, key: member.key, member.keyOffset, value: member.node.shown, .expectedKnownField)
    }
    let date = dateField()
    guard let type = readType() else { return nil }
    let definition = type.definition
    refuseFieldsNotTaken(by: type, definition)

    let id = text(.id).map { checkedID($0) }
    let recorded = text(.recorded).flatMap {
      read(.recorded, $0) { text throws(Unreadable) in try Instant(reading: text) }
    }
    let unit = text(.unit).map(ExactText.init)
    if unit == nil, members[.unit] == nil, case .declares = definition.unit { missing(.unit) }
    for field in definition.required where members[field] == nil { missing(field) }
    let year = readYear(.year)
    let details = readDetails(of: definition)
    var entries: [Entry] = []
    if let rule = definition.lines { entries = readEntries(by: rule) }
    var annotation = Annotation()
    for field in Annotation.fields { annotation[field] = text(field) }
    let position = integer(.position)
    let hash = text(.hash).flatMap { readHash($0) }

    guard flaws.isEmpty, let date else { return nil }
    let event = Event(
      type: type, date: date, recorded: recorded, id: id, unit: unit, year: year, entries: entries, details: details,
      annotation: annotation)
    return StatedEvent(event: event, position: position, hash: hash)
  }

  // MARK: Flaws

  mutating func add(
    _ code: ProblemCode, _ field: Field, key: String? = nil, _ offset: Int, value: String, _ expected: Phrase
  ) {
    flaws.append(Flaw(problem: FieldProblem(code, field, value: value, expected: expected), key: key, offset: offset))
  }

  mutating func missing(_ field: Field) {
    add(.fieldMissing, field, members[.type]?.keyOffset ?? 0, value: "", .expectedField(field.rawValue))
  }

  mutating func wrongType(_ field: Field, _ node: JSONNode, _ expected: Phrase) {
    if case .null = node.value { return }  // The scanner has reported it.
    add(.jsonWrongType, field, node.offset, value: node.shown, expected)
  }

  mutating func read<Value>(
    _ field: Field, _ text: String, offset: Int? = nil, _ make: (String) throws(Unreadable) -> Value
  ) -> Value? {
    do { return try make(text) } catch {
      let at = offset ?? members[field]?.node.offset ?? 0
      add(error.code, field, at, value: error.value, error.expected)
      return nil
    }
  }

  // MARK: Common fields

  mutating func readType() -> EventType? {
    guard members[.type] != nil else {
      add(.fieldMissing, .type, 0, value: "", .expectedField(Field.type.rawValue))
      return nil
    }
    guard let name = text(.type) else { return nil }
    guard let type = EventType(rawValue: name) else {
      add(
        .typeUnknown, .type, members[.type]?.node.offset ?? 0, value: name,
        .expectedOneOf(EventType.allCases.map(\.rawValue), near: name))
      return nil
    }
    return type
  }

  mutating func refuseFieldsNotTaken(by type: EventType, _ definition: EventDefinition) {
    for member in members.others(than: definition.fieldsTaken) {
      guard let field = member.field else { continue }
      add(.fieldNotTaken, field, member.keyOffset, value: member.node.shown, .expectedFieldOf(type.rawValue))
    }
  }

  mutating func dateField() -> Day? {
    guard members[.date] != nil else {
      missing(.date)
      return nil
    }
    return text(.date).flatMap { read(.date, $0) { text throws(Unreadable) in try Day(reading: text) } }
  }

  mutating func checkedID(_ id: String) -> String {
    if id.utf8.count > 64 || !id.isPrintable {
      add(.textTooLong, .id, members[.id]?.node.offset ?? 0, value: id, .expectedID)
    }
    return id
  }

  mutating func readHash(_ text: String) -> ChainHash? {
    if let hash = ChainHash(hexadecimal: text) { return hash }
    add(.hashUnreadable, .hash, members[.hash]?.node.offset ?? 0, value: text, .expectedHash)
    return nil
  }

  mutating func text(_ field: Field) -> String? { members[field].flatMap { text(field, $0.node) } }

  /// A text; an empty one has been reported by the scanner.
  mutating func text(_ field: Field, _ node: JSONNode) -> String? {
    guard case .text(let text) = node.value else {
      wrongType(field, node, .expectedText)
      return nil
    }
    return text.isEmpty ? nil : text
  }

  mutating func integer(_ field: Field) -> Int? { members[field].flatMap { integer(field, $0.node) } }

  mutating func integer(_ field: Field, _ node: JSONNode) -> Int? {
    guard case .number(let text) = node.value, let number = Int(text), text == String(number) else {
      wrongType(field, node, .expectedInteger)
      return nil
    }
    return number
  }

  mutating func readYear(_ field: Field) -> Int? { members[field].flatMap { readYear(field, $0.node) } }

  mutating func readYear(_ field: Field, _ node: JSONNode) -> Int? {
    guard let year = integer(field, node) else { return nil }
    guard (1900...2999).contains(year) else {
      add(.yearOutOfRange, field, node.offset, value: String(year), .expectedYear)
      return nil
    }
    return year
  }

  // MARK: Fields of some types

  mutating func readDetails(of definition: EventDefinition) -> Details {
    var details = Details()
    for own in definition.own {
      guard let member = members[own.field] else {
        if case .required = own.presence { missing(own.field) }
        continue
      }
      details[own.field] = detail(own, member.node)
    }
    return details
  }

  mutating func detail(_ own: OwnField, _ node: JSONNode) -> DetailValue? {
    switch own.form {
    case .text, .filter, .project: return text(own.field, node).map(DetailValue.text)
    case .choice(let words): return choice(own.field, node, of: words).map(DetailValue.text)
    case .nature: return choice(own.field, node, of: Nature.allCases.map(\.rawValue)).map(DetailValue.text)
    case .flag:
      guard case .flag(let flag) = node.value else {
        wrongType(own.field, node, .expectedFlag)
        return nil
      }
      return .flag(flag)
    case .reference: return reference(own.field, node).map(DetailValue.reference)
    case .amount(let least): return amount(own.field, node, least: least).map(DetailValue.amount)
    case .level: return level(own.field, node).map(DetailValue.list)
    case .basis: return bases(own.field, node).map(DetailValue.map)
    }
  }

  mutating func amount(_ field: Field, _ node: JSONNode, least: Money) -> Money? {
    guard let text = text(field, node),
      let amount = read(field, text, offset: node.offset, { text throws(Unreadable) in try Money(reading: text) })
    else { return nil }
    guard amount >= least else {
      let expected: Phrase = least == .zero ? .expectedNotNegative : .expectedPositive
      add(.amountNotPositive, field, node.offset, value: text, expected)
      return nil
    }
    return amount
  }

  mutating func choice(_ field: Field, _ node: JSONNode, of words: [String]) -> String? {
    guard let word = text(field, node) else { return nil }
    guard words.contains(word) else {
      add(.choiceUnknown, field, node.offset, value: word, .expectedOneOf(words, near: word))
      return nil
    }
    return word
  }

  mutating func reference(_ field: Field, _ node: JSONNode) -> Reference? {
    switch node.value {
    case .text(let id): return id.isEmpty ? nil : .id(id)
    case .number(let text):
      if let position = Int(text), position > 0, text == String(position) { return .position(position) }
      wrongType(field, node, .expectedReference)
    default: wrongType(field, node, .expectedReference)
    }
    return nil
  }
}

extension JSONNode {
  /// The value as an error quotes it.
  var shown: String {
    switch value {
    case .text(let text): text
    case .number(let text): text
    case .flag(let flag): String(flag)
    case .null: "null"
    case .array: "[…]"
    case .object: "{…}"
    }
  }
}

/// Reads one line of a journal after another, strictly: what is wrong with a line is told in full, with its place.
///
/// It holds what earlier lines mean for later ones while they are read: names of funds, and the order of positions,
/// recorded times and hashes.
struct LineReader {
  /// What came of one line.
  struct Outcome {
    /// The event as stated, with its position; `nil` where there is none.
    var stated: (event: StatedEvent, position: Int)?
    var problems: [Problem] = []
  }

  /// The file as the person named it; `nil` for what was typed as flags.
  let name: String?
  private(set) var fundNames: FundNames
  /// How often an event has given a fund a name.
  private(set) var namesLearned = 0
  var order = OrderCheck()

  init(name: String?, fundNames: FundNames) {
    self.name = name
    self.fundNames = fundNames
  }

  /// - Parameter number: of the line, from 1.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>, number: Int) -> Outcome {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return Outcome() }
    guard line.count <= JournalFile.largestEvent else {
      return Outcome(problems: [LineReader.tooLarge(line.count)].map { placed($0, line, number) })
    }
    if let invalid = LineReader.firstInvalidUTF8(line) {
      let value = hexadecimalText(line[invalid..<min(line.count, invalid + 4)])
      let flaw = JSONFlaw(code: .notUTF8, offset: invalid, value: "0x\(value)", expected: .expectedUTF8)
      return Outcome(problems: [placed(flaw, line, number)])
    }
    return readText(line, number)
  }

  private mutating func readText(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) -> Outcome {
    var scanner = JSONScanner(line)
    let members = scanner.line()
    var found = scanner.flaws.map { flaw in
      (flaw.offset, Problem(flaw.code, field: flaw.field, value: flaw.value, expected: flaw.expected))
    }
    guard let members else { return Outcome(problems: placed(found, line, number)) }
    var reader = EventReader(fundNames: fundNames)
    let stated = reader.read(members)
    found += reader.flaws.map { flaw in
      let problem = Problem(flaw.problem, at: .commandLine)
      return (flaw.offset, flaw.key.map { problem.naming($0) } ?? problem)
    }
    guard let stated, scanner.flaws.isEmpty else { return Outcome(problems: placed(found, line, number)) }
    learn(stated.event)
    let (position, outOfOrder) = order.next(stated)
    found += outOfOrder.map { problem in
      let offset = LineReader.offset(of: problem.field.rawValue, inLine: nil, of: members) ?? 0
      return (offset, Problem(problem, at: .commandLine))
    }
    return Outcome(stated: (stated, position), problems: placed(found, line, number))
  }

  private mutating func learn(_ event: Event) {
    guard let name = event.details.text(.name), event.details.text(.scheme) == SchemeName.fund.rawValue,
      let code = event.details.text(.code)
    else { return }
    fundNames.learn(name, means: code)
    namesLearned += 1
  }

  /// The event of a line that has been read before.
  /// - Parameter fundNames: as they were then.
  static func stated(_ line: UnsafeBufferPointer<UInt8>, fundNames: FundNames) -> StatedEvent? {
    var scanner = JSONScanner(line)
    guard let members = scanner.line(), scanner.flaws.isEmpty else { return nil }
    var reader = EventReader(fundNames: fundNames)
    return reader.read(members)
  }

  // MARK: Places

  static func tooLarge(_ size: Int) -> JSONFlaw {
    JSONFlaw(code: .eventTooLarge, offset: 0, value: "\(size >> 20) MiB", expected: .expectedSmallEvent)
  }

  func placed(_ flaw: JSONFlaw, _ line: UnsafeBufferPointer<UInt8>, _ number: Int) -> Problem {
    let problem = Problem(flaw.code, field: flaw.field, value: flaw.value, expected: flaw.expected)
    return placed([(flaw.offset, problem)], line, number)[0]
  }

  /// Problems with their places, counting the characters of the line once for all of them.
  private func placed(
    _ found: [(offset: Int, problem: Problem)], _ line: UnsafeBufferPointer<UInt8>, _ number: Int
  ) -> [Problem] {
    guard let name, !found.isEmpty else { return found.map(\.problem) }
    var column = 1
    var counted = 0
    return found.sorted { $0.offset < $1.offset }.map { offset, problem in
      let end = min(offset, line.count)
      column += line[counted..<end].count { $0 & 0xC0 != 0x80 }
      counted = end
      return problem.at(SourceLocation(file: name, line: number, column: column))
    }
  }

  /// Problems that only the events before could show, each at its field.
  func located(_ found: [FieldProblem], in line: UnsafeBufferPointer<UInt8>, number: Int) -> [Problem] {
    guard name != nil, !found.isEmpty else { return found.map { Problem($0, at: .commandLine) } }
    var scanner = JSONScanner(line)
    let members = scanner.line() ?? []
    let offsets = found.map { LineReader.offset(of: $0.field.rawValue, inLine: $0.line, of: members) ?? 0 }
    return placed(zip(offsets, found).map { ($0, Problem($1, at: .commandLine)) }, line, number)
  }

  /// Where a field of an event stands: at the top, or in the first of its lines that has it.
  func location(of field: Field, in line: UnsafeBufferPointer<UInt8>, number: Int) -> SourceLocation {
    guard let name else { return .commandLine }
    var scanner = JSONScanner(line)
    let offset = scanner.line().flatMap { LineReader.offset(of: field.rawValue, inLine: nil, of: $0) } ?? 0
    return SourceLocation(file: name, line: number, column: LineReader.column(of: offset, in: line))
  }

  /// Characters from the start of the line, from 1: bytes that do not continue a character, counted.
  private static func column(of offset: Int, in line: UnsafeBufferPointer<UInt8>) -> Int {
    line[..<min(offset, line.count)].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  private static func firstInvalidUTF8(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    if line.allSatisfy({ $0 < 0x80 }) || String(validating: line, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = line.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    return valid
  }

  private static func offset(of key: String, inLine entry: Int?, of members: [JSONMember]) -> Int? {
    let lines = members.first { $0.key == Field.lines.rawValue }
    if let entry, case .array(let elements)? = lines?.node.value, elements.indices.contains(entry),
      case .object(let inner) = elements[entry].value, let member = inner.first(where: { $0.key == key })
    {
      return member.node.offset
    }
    if let member = members.first(where: { $0.key == key }) { return member.node.offset }
    guard entry == nil, case .array(let elements)? = lines?.node.value else { return lines?.node.offset }
    return elements.indices.lazy.compactMap { offset(of: key, inLine: $0, of: members) }.first
  }
}

extension Problem {
  /// The same problem about a field the journal names in its own way.
  fileprivate func naming(_ key: String) -> Problem {
    Problem(code, at: at, field: key, value: value, expected: expected, detail: detail, rule: rule)
  }
}

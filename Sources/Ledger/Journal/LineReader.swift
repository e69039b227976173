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
    take(ReadLine(line, fundNames: fundNames), line, number: number)
  }

  /// Takes in what a line says by itself, in the order of the file.
  /// - Parameter read: of this line, with the names of funds as they are now.
  mutating func take(_ read: ReadLine, _ line: UnsafeBufferPointer<UInt8>, number: Int) -> Outcome {
    guard let stated = read.stated else { return Outcome(problems: placed(read.flaws, line, number)) }
    learn(stated.event)
    let (position, outOfOrder) = order.next(stated)
    let flaws = read.flaws + LineReader.offsets(of: outOfOrder, in: line)
    return Outcome(stated: (stated, position), problems: placed(flaws, line, number))
  }

  private mutating func learn(_ event: Event) {
    guard let name = event.details.text(.name), event.details.text(.scheme) == SchemeName.fund.rawValue,
      let code = event.details.text(.code)
    else { return }
    fundNames.learn(name, means: code)
    namesLearned += 1
  }

  // MARK: Places

  static func tooLarge(_ size: Int) -> JSONFlaw {
    JSONFlaw(code: .eventTooLarge, offset: 0, value: "\(size >> 20) MiB", expected: .expectedSmallEvent)
  }

  func placed(_ flaw: JSONFlaw, _ line: UnsafeBufferPointer<UInt8>, _ number: Int) -> Problem {
    placed([(flaw.offset, Problem(flaw))], line, number)[0]
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
    guard name != nil else { return found.map { Problem($0, at: .commandLine) } }
    return placed(LineReader.offsets(of: found, in: line), line, number)
  }

  private static func offsets(
    of found: [FieldProblem], in line: UnsafeBufferPointer<UInt8>
  ) -> [(offset: Int, problem: Problem)] {
    guard !found.isEmpty else { return [] }
    var scanner = JSONScanner(line)
    let members = scanner.line() ?? []
    return found.map { problem in
      (offset(of: problem.field.rawValue, inLine: problem.line, of: members) ?? 0, Problem(problem, at: .commandLine))
    }
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

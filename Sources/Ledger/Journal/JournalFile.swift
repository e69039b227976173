import Foundation

/// An event of a journal file, with its place.
public struct WrittenEvent: Sendable {
  /// As stated, before defaults.
  public let event: Event
  /// As stated, or counted where the file has no positions.
  public let position: Int
  public let hash: ChainHash?
  /// From 1.
  public let line: Int
  fileprivate let range: Range<Int>
}

/// A journal as text: every event that could be read, and every flaw of the rest.
public struct JournalFile: Sendable {
  /// As the person named it.
  public let name: String?
  public private(set) var events: [WrittenEvent] = []
  public private(set) var problems: [Problem] = []
  /// Hashes that cannot be checked, because the event before is not in the file: a part of a book was exported.
  public private(set) var unlinkedHashes = 0
  private let text: Data

  /// The largest event, in bytes.
  static let largestEvent = 64 << 20

  /// - Parameters:
  ///   - name: the file as the person named it; `nil` for what was typed as flags.
  ///   - fundNames: names of funds declared in the book the journal is read for.
  public init(text: Data, name: String?, fundNames: FundNames = FundNames()) {
    self.name = name
    self.text = text
    var fundNames = fundNames
    var order = OrderCheck()
    text.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      var start = 0
      var number = 0
      while start < bytes.count {
        number += 1
        let end = JournalFile.endOfLine(in: bytes, from: start)
        readLine(bytes, start..<end, number, &fundNames, &order)
        start = end + 1
      }
    }
    unlinkedHashes = order.unlinked
  }

  private static func endOfLine(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
      return bytes.count
    }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  private mutating func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ number: Int, _ fundNames: inout FundNames,
    _ order: inout OrderCheck
  ) {
    let line = UnsafeBufferPointer(rebasing: bytes[range])
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    guard line.count <= JournalFile.largestEvent else {
      let size = "\(line.count >> 20) MiB"
      add(JSONFlaw(code: .eventTooLarge, offset: 0, value: size, expected: .expectedSmallEvent), line, number)
      return
    }
    if let invalid = JournalFile.firstInvalidUTF8(line) {
      let value = hexadecimalText(line[invalid..<min(line.count, invalid + 4)])
      add(JSONFlaw(code: .notUTF8, offset: invalid, value: "0x\(value)", expected: .expectedUTF8), line, number)
      return
    }
    var scanner = JSONScanner(line)
    let members = scanner.line()
    var found = scanner.flaws.map { flaw in
      (flaw.offset, Problem(flaw.code, field: flaw.field, value: flaw.value, expected: flaw.expected))
    }
    defer { report(found, line, number) }
    guard let members else { return }
    var reader = EventReader(fundNames: fundNames)
    let stated = reader.read(members)
    found += reader.flaws.map { flaw in
      let problem = Problem(flaw.problem, at: .commandLine)
      return (flaw.offset, flaw.key.map { problem.naming($0) } ?? problem)
    }
    guard let stated, scanner.flaws.isEmpty else { return }
    if let name = stated.event.details.text(.name), stated.event.details.text(.scheme) == SchemeName.fund.rawValue,
      let code = stated.event.details.text(.code)
    {
      fundNames.learn(name, means: code)
    }
    let (position, outOfOrder) = order.next(stated)
    found += outOfOrder.map { problem in
      let offset = JournalFile.offset(of: problem.field.rawValue, inLine: nil, of: members) ?? 0
      return (offset, Problem(problem, at: .commandLine))
    }
    events.append(
      WrittenEvent(event: stated.event, position: position, hash: stated.hash, line: number, range: range))
  }

  private mutating func add(_ flaw: JSONFlaw, _ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
    let problem = Problem(flaw.code, field: flaw.field, value: flaw.value, expected: flaw.expected)
    report([(flaw.offset, problem)], line, number)
  }

  /// Keeps problems with their places, counting the characters of the line once for all of them.
  private mutating func report(
    _ found: [(offset: Int, problem: Problem)], _ line: UnsafeBufferPointer<UInt8>, _ number: Int
  ) {
    problems +=
      name == nil ? found.map(\.problem) : JournalFile.placed(found, in: line, file: name, number: number)
  }

  private static func placed(
    _ found: [(offset: Int, problem: Problem)], in line: UnsafeBufferPointer<UInt8>, file: String?, number: Int
  ) -> [Problem] {
    var column = 1
    var counted = 0
    return found.sorted { $0.offset < $1.offset }.map { offset, problem in
      let end = min(offset, line.count)
      column += line[counted..<end].count { $0 & 0xC0 != 0x80 }
      counted = end
      return problem.at(SourceLocation(file: file, line: number, column: column))
    }
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

  /// Problems that only the book could see, each at its field.
  func located(_ found: [FieldProblem], in written: WrittenEvent) -> [Problem] {
    guard name != nil, !found.isEmpty else { return found.map { Problem($0, at: .commandLine) } }
    return text.withUnsafeBytes { raw in
      let line = UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[written.range])
      var scanner = JSONScanner(line)
      let members = scanner.line() ?? []
      let offsets = found.map { JournalFile.offset(of: $0.field.rawValue, inLine: $0.line, of: members) ?? 0 }
      return JournalFile.placed(
        zip(offsets, found).map { ($0, Problem($1, at: .commandLine)) }, in: line, file: name, number: written.line)
    }
  }

  /// Where a field of an event stands: at the top, or in the first of its lines that has it.
  func location(of field: Field, in written: WrittenEvent) -> SourceLocation {
    guard name != nil else { return .commandLine }
    return text.withUnsafeBytes { raw in
      let line = UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[written.range])
      var scanner = JSONScanner(line)
      let offset = scanner.line().flatMap { JournalFile.offset(of: field.rawValue, inLine: nil, of: $0) } ?? 0
      return SourceLocation(file: name, line: written.line, column: JournalFile.column(of: offset, in: line))
    }
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

/// What a file states about its own order: positions rise, recorded times do not fall, and the hashes chain.
private struct OrderCheck {
  /// The largest integer that every JSON reader keeps exact (RFC 8785).
  static let largestPosition = 9_007_199_254_740_991

  private var position = 0
  private var recorded: Instant?
  private var hash: ChainHash? = .start
  private var hasUnhashed = false
  /// Hashes whose predecessor is not in the file, so that nothing can be said of them.
  private(set) var unlinked = 0

  mutating func next(_ stated: StatedEvent) -> (position: Int, problems: [FieldProblem]) {
    var problems: [FieldProblem] = []
    let expected = position + 1
    if let given = stated.position, given < expected {
      problems.append(
        FieldProblem(
          .positionOutOfOrder, .position, value: String(given), expected: .expectedAtLeast(String(expected))))
    }
    if let given = stated.position, given > OrderCheck.largestPosition {
      problems.append(
        FieldProblem(
          .positionOutOfOrder, .position, value: String(given),
          expected: .expectedAtMost(String(OrderCheck.largestPosition))))
    }
    let now = min(max(stated.position ?? expected, expected), OrderCheck.largestPosition)
    if let last = recorded, let given = stated.event.recorded, given < last {
      problems.append(
        FieldProblem(
          .recordedOutOfOrder, .recorded, value: given.description, expected: .expectedAtLeast(last.description)))
    }
    if let problem = check(stated, follows: now == expected) { problems.append(problem) }
    hash = stated.hash
    hasUnhashed = hasUnhashed || stated.hash == nil
    recorded = stated.event.recorded ?? recorded
    position = now
    return (now, problems)
  }

  /// An event that has a hash continues the chain. New events may be added below an export, but none above or between:
  /// there a removed hash would hide a changed event.
  private mutating func check(_ stated: StatedEvent, follows: Bool) -> FieldProblem? {
    guard let given = stated.hash else { return nil }
    if hasUnhashed {
      return FieldProblem(.hashMissing, .hash, value: given.hexadecimal, expected: .expectedHashesBefore)
    }
    guard follows, let link = hash else {
      unlinked += 1
      return nil
    }
    let computed = link.next(CanonicalWriter.bytes(of: stated.event))
    guard computed != given else { return nil }
    return FieldProblem(
      .hashMismatch, .hash, value: given.hexadecimal, expected: .expectedHashValue(computed.hexadecimal))
  }
}

/// What a line of a journal says by itself, read strictly: nothing before it counts, but for the names of funds. So it
/// can be read before its turn.
struct ReadLine {
  /// The event as stated; `nil` where there is none.
  private(set) var stated: StatedEvent?
  /// What is wrong with it, each with the byte where.
  private(set) var flaws: [(offset: Int, problem: Problem)] = []

  /// - Parameter isPlain: whether it has been read as a plain line: then it is text, and no longer than an event may be.
  init(_ line: UnsafeBufferPointer<UInt8>, fundNames: FundNames, isPlain: Bool = false) {
    if isPlain {
      readText(line, fundNames)
      return
    }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    guard line.count <= JournalFile.largestEvent else {
      flaws = [(0, Problem(LineReader.tooLarge(line.count)))]
      return
    }
    if let invalid = ReadLine.firstInvalidUTF8(line) {
      let value = hexadecimalText(line[invalid..<min(line.count, invalid + 4)])
      let flaw = JSONFlaw(code: .notUTF8, offset: invalid, value: "0x\(value)", expected: .expectedUTF8)
      flaws = [(invalid, Problem(flaw))]
      return
    }
    readText(line, fundNames)
  }

  private mutating func readText(_ line: UnsafeBufferPointer<UInt8>, _ fundNames: FundNames) {
    var scanner = JSONScanner(line)
    let members = scanner.line()
    flaws = scanner.flaws.map { ($0.offset, Problem($0)) }
    guard let members else { return }
    var reader = EventReader(fundNames: fundNames)
    let event = reader.read(members)
    flaws += reader.flaws.map { flaw in
      let problem = Problem(flaw.problem, at: .commandLine)
      return (flaw.offset, flaw.key.map { problem.naming($0) } ?? problem)
    }
    if scanner.flaws.isEmpty { stated = event }
  }

  private static func firstInvalidUTF8(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    if line.allSatisfy({ $0 < 0x80 }) || String(validating: line, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = line.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    return valid
  }
}

extension Problem {
  init(_ flaw: JSONFlaw) { self.init(flaw.code, field: flaw.field, value: flaw.value, expected: flaw.expected) }

  /// The same problem about a field the journal names in its own way.
  fileprivate func naming(_ key: String) -> Problem {
    Problem(code, at: at, field: key, value: value, expected: expected, detail: detail, rule: rule)
  }
}

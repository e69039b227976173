import GRDB

/// Folds stored events into the sums of their lines, row by row, without making an event of each.
///
/// A row of one line, whose type and own fields tell what an amount does, is one addition. Reversals, events under
/// contracts and what else depends on more than its own row are read whole.
struct EventFold {
  private let reader: BookReader
  private let lines: LinesOnDemand
  private let asOf: Day
  private var effects: [EffectTable] = []
  private var tables: [Kind: Int] = [:]
  /// The tables of types without own fields, by which most rows are found.
  private var plainTables: [(type: ShortText, table: Int?)] = []
  private var contracts: ContractsInPart
  private var sums: MonthlySums
  /// The last event that counts.
  private(set) var position = 0

  /// Events of a type with the same own fields, but for which event they are about.
  private struct Kind: Hashable {
    let type: String
    let details: String?
  }

  /// - Parameters:
  ///   - asOf: later events do not count.
  ///   - totals: what has been added up before.
  init(_ reader: BookReader, asOf: Day, byMonth: Bool, totals: MonthlySums.Totals = [:]) {
    self.reader = reader
    lines = LinesOnDemand(reader)
    self.asOf = asOf
    sums = MonthlySums(lines: 1..<lines.count + 1, byMonth: byMonth, onto: totals)
    contracts = ContractsInPart(reader, lines: lines)
  }

  var totals: MonthlySums.Totals { sums.totals }

  private static let select = """
    SELECT position, type, date, budget_line, amount_fen, line_count, of_position, contract, details, fold_checksum
    FROM events WHERE position BETWEEN ? AND ? ORDER BY position
    """

  /// Folds the events of these positions.
  /// - Throws: `DamagedRow`, `Overflow`.
  mutating func run(_ positions: ClosedRange<Int>) throws {
    contracts.start = positions.lowerBound
    let statement = try RawStatement(reader.database, EventFold.select)
    defer { statement.reset() }
    statement.bind(positions.lowerBound, at: 1)
    statement.bind(positions.upperBound, at: 2)
    var expected = positions.lowerBound
    while try statement.step() {
      guard Int(statement.integer(0)) == expected else { throw DamagedRow(table: "events", row: String(expected)) }
      try take(statement, at: expected)
      expected += 1
    }
    guard expected > positions.upperBound else { throw DamagedRow(table: "events", row: String(expected)) }
  }

  private mutating func take(_ row: RawStatement, at position: Int) throws {
    let type = row.text(1)
    let date = row.integer(2)
    let line = row.integerOrNil(3)
    let amount = row.integerOrNil(4)
    let count = row.integer(5)
    let hasContract = !row.isNull(7)
    let hasDetails = !row.isNull(8)

    var sum = RowChecksum()
    sum.add(position)
    sum.add(type)
    sum.add(date)
    sum.add(line)
    sum.add(amount)
    sum.add(count)
    sum.add(row.integerOrNil(6))
    if hasContract { sum.add(row.text(7)) } else { sum.add(Int64(-1)) }
    if hasDetails { sum.add(row.text(8)) } else { sum.add(Int64(-1)) }
    guard sum.value == row.integer(9) else { throw DamagedRow(table: "events", row: String(position)) }

    let counts = date <= Int64(asOf.number)
    if counts { self.position = position }
    guard let table = try table(of: type, hasDetails ? row.text(8) : nil, at: position) else { return }
    if count == 1, !hasContract, let line, let amount, lines.has(Int(line)) {
      if let change = try effects[table].change(of: amount, on: Int(line), lines) {
        if counts {
          sums.turn(to: Int(date / 100))
          try sums.current.add(amount, by: change, line: Int(line))
        }
        return
      }
    }
    try takeWhole(position, counts)
  }

  /// - Returns: `nil` for what moves no money.
  @inline(__always)
  private mutating func table(
    of type: UnsafeRawBufferPointer, _ details: UnsafeRawBufferPointer?, at position: Int
  ) throws -> Int? {
    guard details == nil, let short = ShortText(type) else { return try kindTable(type, details, at: position) }
    for index in plainTables.indices where plainTables[index].type == short { return plainTables[index].table }
    let found = try kindTable(type, nil, at: position)
    plainTables.append((short, found))
    return found
  }

  private mutating func kindTable(
    _ type: UnsafeRawBufferPointer, _ details: UnsafeRawBufferPointer?, at position: Int
  ) throws -> Int? {
    guard let eventType = EventType(rawValue: String(decoding: type, as: UTF8.self)),
      var own = Details(stored: details.map { String(decoding: $0, as: UTF8.self) }, of: eventType.definition)
    else { throw DamagedRow(table: "events", row: String(position)) }
    guard eventType.movesMoney else { return nil }
    // What an event does rests on being about another, and not on which.
    if own[.of] != nil { own[.of] = .reference(.position(1)) }
    let kind = Kind(type: eventType.rawValue, details: own.storedText)
    if let known = tables[kind] { return known }
    effects.append(EffectTable(type: eventType, details: own, lines: lines.count))
    tables[kind] = effects.count - 1
    return effects.count - 1
  }

  /// An event that must be asked as a whole.
  private mutating func takeWhole(_ position: Int, _ counts: Bool) throws {
    guard let row = try reader.storedRow(at: position, lines: lines) else {
      throw DamagedRow(table: "events", row: String(position))
    }
    for (number, posting) in try contracts.postings(of: row) where counts {
      sums.turn(to: Int(posting.date.number / 100))
      try sums.current.add(posting.sums, line: number)
    }
  }
}

extension EventType {
  /// Whether its events move money, by lines of their own or by those of others.
  var movesMoney: Bool { definition.lines != nil || self == .reversal || definition.contract == .releases }
}

/// Postings of single events out of the middle of a book: of a contract that one is about, the events before are read
/// first.
private struct ContractsInPart {
  private let reader: BookReader
  private let lines: LinesOnDemand
  private let numbers: LineNumbers
  private var contracts = Contracts()
  private var known: Set<ContractKey> = []
  /// The first position that is folded.
  var start = 1

  init(_ reader: BookReader, lines: LinesOnDemand) {
    self.reader = reader
    self.lines = lines
    numbers = LineNumbers(reader)
  }

  mutating func postings(of row: EventRow) throws -> [(line: Int, posting: Posting)] {
    let recorded = row.recorded
    let targetRow = try recorded.ofPosition.flatMap { try reader.storedRow(at: $0, lines: lines) }
    let target = targetRow?.recorded
    // Mostly they are the event's own lines, or those of the event it is about.
    let near = (row.lines + (targetRow?.lines ?? [])).map(\.budgetLine)
    if start > 1, let key = recorded.event.contract ?? target?.event.contract, known.insert(key).inserted {
      try reader.fold(of: key, lines: lines, before: start, into: &contracts)
    }
    return try contracts.postings(of: recorded, target: target).map { posting in
      guard
        let number = try near.first(where: { try lines.line($0) == posting.line }) ?? numbers.number(of: posting.line)
      else {
        throw DamagedRow(table: "events", row: String(recorded.position))
      }
      return (number, posting)
    }
  }
}

/// The numbers of all lines, read when the first is asked for.
private final class LineNumbers {
  private let reader: BookReader
  private var numbers: [BudgetLine: Int]?

  init(_ reader: BookReader) { self.reader = reader }

  func number(of line: BudgetLine) throws -> Int? {
    let numbers = try self.numbers ?? Dictionary(zip(reader.budgetLines(), 1...)) { first, _ in first }
    self.numbers = numbers
    return numbers[line]
  }
}

/// A text of at most sixteen bytes as numbers, quick to compare.
private struct ShortText: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private let count: Int

  /// - Returns: `nil` for a longer text.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    if count >= 8 {
      guard count <= 16 else { return nil }
      low = bytes.loadUnaligned(as: UInt64.self)
      high = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else {
      for byte in bytes { low = low << 8 | UInt64(byte) }
    }
  }
}

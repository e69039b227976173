import Foundation

/// A table made into a journal by rules: each event with the row it was made of.
public struct TranslatedTable {
  /// Events of one type, as the table has them.
  public struct TypeTotal: Equatable, Sendable {
    public let type: EventType
    public internal(set) var rows = 0
    /// The sum of their amounts, in fen.
    public internal(set) var amount: Fen = 0
  }

  /// What a row of the file says that a column comes to.
  public struct StatedTotal: Sendable {
    public let row: Int
    public let heading: String
    public let stated: Money
    /// What the events above it come to, in fen.
    public let summed: Fen

    public var isMet: Bool { Fen(stated.fen) == summed }
  }

  private struct Origin {
    let row: Int32
    let rule: Int32
  }

  public let journal: JournalBytes
  /// How many rows stand below the headings.
  public let rows: Int
  /// How many of them are no events, and need not be.
  public let skipped: Int
  public let types: [TypeTotal]
  public let totals: [StatedTotal]
  /// Of rows that are no events though they should be.
  public let problems: [Problem]
  private let rules: ImportRules
  private let reader: TableReader
  private let columns: [String: Int]
  /// By line of the journal.
  private let origins: [Origin]

  /// - Parameter omitted: rows that are left out.
  /// - Throws: `Problems`, where the file cannot be read or lacks a heading.
  public init(_ source: JournalBytes, by rules: ImportRules, without omitted: Set<Int> = []) throws {
    let reader = try TableReader(source, rules.form)
    var making = Making(reader: reader, rules: rules, omitted: omitted)
    try reader.forEachRow { try making.take($0) }
    try making.finish()
    self.rules = making.translator?.rules ?? rules
    self.reader = reader
    columns = making.columns
    origins = making.origins
    rows = making.rows
    skipped = making.skipped
    types = making.types
    totals = making.totals
    problems = making.problems
    journal = try making.spool.bytes(named: source.name)
  }

  /// A problem of the journal, at the cell that it comes from and under that cell's heading.
  public func placed(_ problem: Problem) -> Problem {
    guard let line = problem.at.line, origins.indices.contains(line - 1) else { return problem }
    let origin = origins[line - 1]
    let heading = problem.field.flatMap(Field.init(rawValue:)).flatMap { field in
      field == .id
        ? rules.id?.columns.first?.heading
        : rules.events[Int(origin.rule)].allFields.first { $0.field == field }?.heading
    }
    let place = reader.place(row: Int(origin.row), column: heading.flatMap { columns[$0] }.map { $0 + 1 })
    return Problem(
      problem.code, at: place, field: heading ?? problem.field, value: problem.value, expected: problem.expected,
      detail: problem.detail, rule: problem.rule)
  }

  /// While rows are taken in.
  private struct Making {
    let reader: TableReader
    let rules: ImportRules
    let omitted: Set<Int>
    var translator: RowTranslator?
    var columns: [String: Int] = [:]
    var spool = Spool()
    var origins: [Origin] = []
    var rows = 0
    var skipped = 0
    var types: [TypeTotal] = []
    var totals: [StatedTotal] = []
    var problems: [Problem] = []
    /// Above the headings: the first cell that speaks of 万元.
    private var unit: (row: TableRow, column: Int)?
    /// Above the headings: the row that has most of them.
    private var nearest: (row: TableRow, missing: [ImportRules.MissingColumn])?

    init(reader: TableReader, rules: ImportRules, omitted: Set<Int>) {
      self.reader = reader
      self.rules = rules
      self.omitted = omitted
    }

    mutating func take(_ row: TableRow) throws -> Bool {
      guard translator != nil else { return try lookForHeadings(row) }
      rows += 1
      if omitted.contains(row.number) { return true }
      switch translator?.translate(row) {
      case .event(let line, let rule, let amount)?: try add(line, rule, amount, row)
      case .refused(let found)?: problems += found.map { placed($0, row) }
      case .total(let found)?:
        skipped += 1
        totals += found.map {
          StatedTotal(row: row.number, heading: $0.heading, stated: $0.stated, summed: $0.summed)
        }
      case .skipped?: skipped += 1
      case .end?, nil:
        rows -= 1
        return false
      }
      return true
    }

    /// - Throws: `table.heading-missing`, where none of the rows had the headings.
    func finish() throws {
      guard translator == nil else { return }
      let missing = nearest?.missing ?? rules.fitted(to: []).missing
      let row = nearest?.row.number ?? rules.headingRow ?? 1
      throw Problems(
        missing.map {
          Problem(
            .tableHeadingMissing, at: reader.place(row: row, column: nil), field: $0.headings.first ?? $0.lookups.first,
            expected: .expectedHeading($0.headings, orLookups: $0.lookups))
        })
    }

    private mutating func add(_ line: JSONObjectText, _ rule: Int, _ amount: Fen, _ row: TableRow) throws {
      try spool.add(line.bytes)
      origins.append(Origin(row: Int32(row.number), rule: Int32(rule)))
      let type = rules.events[rule].type
      if !types.contains(where: { $0.type == type }) { types.append(TypeTotal(type: type)) }
      guard let place = types.firstIndex(where: { $0.type == type }) else { return }
      types[place].rows += 1
      types[place].amount += amount
    }

    private func placed(_ problem: CellProblem, _ row: TableRow) -> Problem {
      Problem(
        problem.code,
        at: reader.place(row: row.number, column: problem.heading.flatMap { columns[$0] }.map { $0 + 1 }),
        field: problem.heading, value: problem.value.isEmpty ? nil : problem.value, expected: problem.expected)
    }

    // MARK: Headings

    private mutating func lookForHeadings(_ row: TableRow) throws -> Bool {
      if let wanted = rules.headingRow, row.number < wanted { return true }
      let cells = row.cells.map(\.trimmed)
      let fitted = rules.fitted(to: Set(cells))
      guard fitted.isOfHeadings else {
        unit = unit ?? row.cells.firstIndex { $0.contains(DisplayUnit.tenThousand.rawValue) }.map { (row, $0) }
        if nearest.map({ fitted.missing.count < $0.missing.count }) ?? true { nearest = (row, fitted.missing) }
        return rules.headingRow == nil && row.number < TableReader.mostRowsAbove
      }
      if let (above, column) = unit, rules.statedAmounts == nil {
        throw Problems(
          Problem(
            .tableCellUnknown, at: reader.place(row: above.number, column: column + 1), field: "file.amounts",
            value: above.cells[column].trimmed, expected: .expectedStatedAmounts))
      }
      columns = try reader.places(of: fitted.found, in: row)
      translator = RowTranslator(fitted.rules, columns: columns)
      return true
    }
  }
}

/// Text that is written and then read again: in memory while it is little, else in a file that has no name.
private struct Spool {
  private static let mostInMemory = 1 << 24

  private var text = Data()
  private var file: FileHandle?

  mutating func add(_ line: [UInt8]) throws {
    text.append(contentsOf: line)
    text.append(UInt8(ascii: "\n"))
    if text.count >= Spool.mostInMemory { try flush() }
  }

  private mutating func flush() throws {
    let file = try self.file ?? Spool.make()
    self.file = file
    do { try file.write(contentsOf: text) } catch { throw Spool.failed(error.localizedDescription) }
    text.removeAll(keepingCapacity: true)
  }

  /// What was written.
  mutating func bytes(named name: String?) throws -> JournalBytes {
    guard file != nil else { return JournalBytes(text: text, name: name) }
    try flush()
    guard let file, let bytes = JournalBytes(descriptor: dup(file.fileDescriptor), name: name) else {
      throw Spool.failed(String(cString: strerror(errno)))
    }
    return bytes
  }

  private static func make() throws -> FileHandle {
    var path = Array((folder + "/ledgerctl-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw failed(String(cString: strerror(errno))) }
    // Whatever happens now, nothing is left of it.
    unlink(path)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static var folder: String { FileManager.default.temporaryDirectory.path }

  private static func failed(_ what: String) -> Problems {
    Problems(Problem(.fileFailed, at: SourceLocation(file: folder, line: nil, column: nil), detail: .storeSaid(what)))
  }
}

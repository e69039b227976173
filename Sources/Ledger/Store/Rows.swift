import GRDB

/// A stored row that is not what was written: what and where.
struct DamagedRow: Error, Equatable {
  let table: String
  let row: String
}

/// The head of a book: where its chain stands.
struct Head: Equatable {
  var position = 0
  var hash = ChainHash.start
  var recorded = Instant(milliseconds: .min)
  var budgetLines = 0
  var declarations = 0

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(position)
    sum.add(hash.bytes)
    sum.add(recorded.milliseconds)
    sum.add(budgetLines)
    sum.add(declarations)
    return sum.value
  }

  static func read(_ database: Database) throws -> Head {
    let damaged = DamagedRow(table: "book", row: "1")
    let row = try RawStatement(
      database,
      "SELECT position, hash, recorded_ms, budget_lines, declarations, checksum FROM book WHERE only = 1")
    defer { row.reset() }
    guard try row.step(), let hash = ChainHash(bytes: Array(row.bytes(1))) else { throw damaged }
    let head = Head(
      position: Int(row.integer(0)), hash: hash, recorded: Instant(milliseconds: row.integer(2)),
      budgetLines: Int(row.integer(3)), declarations: Int(row.integer(4)))
    guard head.checksum == row.integer(5) else { throw damaged }
    return head
  }

  func write(_ database: Database) throws {
    var row = RowBuffer()
    row.add(position)
    row.add(blob: hash.bytes)
    row.add(recorded.milliseconds)
    row.add(budgetLines)
    row.add(declarations)
    row.add(checksum)
    try row.run(RawStatement(database, "INSERT OR REPLACE INTO book VALUES (1, ?, ?, ?, ?, ?, ?)"))
  }
}

/// A budget line under its number.
struct LineRow {
  let number: Int
  let line: BudgetLine

  /// Over the stored values as they stand, so that one that cannot be read does not pass for none.
  private static func checksum(number: Int, unit: String, year: Int, fields: [String?]) -> Int64 {
    var sum = RowChecksum()
    sum.add(number)
    sum.add(unit)
    sum.add(year)
    for field in fields { sum.add(field) }
    return sum.value
  }

  private var checksum: Int64 {
    LineRow.checksum(
      number: number, unit: line.unit.text, year: line.year,
      fields: LineField.allCases.map { line.classification[$0] })
  }

  private static let insertion = "INSERT INTO budget_lines VALUES (\(placeholders(13)))"

  func insert(_ database: Database) throws {
    var row = RowBuffer()
    row.add(number)
    row.add(line.unit.text)
    row.add(line.year)
    ClassificationColumns.add(line.classification, to: &row)
    row.add(checksum)
    try row.run(RawStatement(database, LineRow.insertion))
  }

  init(number: Int, line: BudgetLine) {
    self.number = number
    self.line = line
  }

  static let select = """
    SELECT budget_line, unit, year, fund, function, economic, government, project, nature, procurement, from_year,
      category, checksum
    FROM budget_lines
    """

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    let number = Int(row.integer(0))
    let unit = String(decoding: row.text(1), as: UTF8.self)
    let year = Int(row.integer(2))
    let fields = ClassificationColumns.stored(row, from: 3)
    guard LineRow.checksum(number: number, unit: unit, year: year, fields: fields) == row.integer(12),
      let line = ClassificationColumns.classification(fields)
    else { throw DamagedRow(table: "budget_lines", row: String(number)) }
    self.init(number: number, line: BudgetLine(unit: ExactText(unit), year: year, classification: line))
  }
}

func placeholders(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

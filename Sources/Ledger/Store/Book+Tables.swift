/// What came of a table.
public struct TableImport {
  public let result: BatchResult
  public let table: TranslatedTable
  /// What keeps rows from being events, in the order of rows; of what is recorded in spite of them nothing.
  public let refused: [Problem]

  public init(result: BatchResult, table: TranslatedTable, refused: [Problem]) {
    self.result = result
    self.table = table
    self.refused = refused
  }

  /// How many rows are refused.
  public var refusedRows: Int { Set(refused.compactMap(\.at.line)).count }
}

extension Book {
  /// Records the events that rules make of a table, as one batch.
  ///
  /// - Parameter acceptsValid: whether rows that are refused are left out, and the others recorded. What is refused of
  ///   them may rest on what was left out, so it is tried until nothing more is.
  /// - Throws: `Problems`, those of all rows, each at its cell; the book is then as before.
  public func record(
    table source: JournalBytes, by rules: ImportRules, options: RecordingOptions, acceptsValid: Bool,
    progress: (Int) -> Void = { _ in }
  ) throws -> TableImport {
    var omitted: Set<Int> = []
    var refused: [Problem] = []
    while true {
      let table = try TranslatedTable(source, by: rules, without: omitted)
      let isWhole = acceptsValid || table.problems.isEmpty
      var found: [Problem] = []
      do {
        // Where rows are refused already, only to find what else is.
        let result = try record(table.journal, options: isWhole ? options : options.rehearsing, progress: progress)
        if isWhole {
          return TableImport(
            result: result.placed(by: table), table: table, refused: Book.inOrder(refused + table.problems))
        }
      } catch let problems as Problems { found = problems.list.map(table.placed) }
      guard acceptsValid, found.allSatisfy({ $0.at.line != nil }) else {
        throw Problems(Book.inOrder(found + table.problems))
      }
      omitted.formUnion(found.compactMap(\.at.line))
      refused += found
    }
  }

  private static func inOrder(_ problems: [Problem]) -> [Problem] {
    problems.sorted { ($0.at.line ?? 0, $0.at.column ?? 0) < ($1.at.line ?? 0, $1.at.column ?? 0) }
  }
}

extension BatchResult {
  /// With warnings where the table has them.
  fileprivate func placed(by table: TranslatedTable) -> BatchResult {
    var placed = self
    placed.warnings = warnings.map(table.placed)
    return placed
  }
}

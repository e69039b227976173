import GRDB
import GRDBSQLite

/// A statement stepped by hand, for the loops that read or write most rows of a book.
///
/// Whoever steps it resets it when done, also on the way out by an error; text and bytes of a row are there until the
/// next step.
struct RawStatement {
  private let owner: GRDB.Statement
  private let statement: OpaquePointer

  /// The database's own cached statement, for what is not asked again before it is done.
  init(_ database: Database, _ sql: String) throws { self.init(try database.cachedStatement(sql: sql)) }

  /// A statement of its own, for a loop whose body may ask the same.
  init(ofItsOwn database: Database, _ sql: String) throws { self.init(try database.makeStatement(sql: sql)) }

  private init(_ owner: GRDB.Statement) {
    self.owner = owner
    statement = owner.sqliteStatement
    sqlite3_reset(statement)
  }

  func reset() { sqlite3_reset(statement) }

  /// How many arguments it takes.
  var argumentCount: Int { Int(sqlite3_bind_parameter_count(statement)) }

  /// - Returns: whether there is a row.
  /// - Throws: what SQLite says.
  func step() throws -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      let message = sqlite3_errmsg(sqlite3_db_handle(statement)).map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
    return false
  }

  /// Runs it once, and leaves it ready for the next time.
  func run() throws {
    defer { reset() }
    _ = try step()
  }

  // MARK: Columns of the row, from 0

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func integerOrNil(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  /// The bytes of a text; none where it is missing.
  func text(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_text(statement, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  func textOrNil(_ column: Int32) -> String? {
    isNull(column) ? nil : String(decoding: text(column), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  // MARK: Arguments, from 1

  func bind(_ number: Int, at index: Int32) { sqlite3_bind_int64(statement, index, Int64(number)) }
  func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(statement, index, number) }

  /// The ends of a range, for `BETWEEN ? AND ?`.
  func bind(_ range: ClosedRange<Int>, at index: Int32) {
    bind(range.lowerBound, at: index)
    bind(range.upperBound, at: index + 1)
  }

  func bind(_ number: Int64?, at index: Int32) {
    if let number { bind(number, at: index) } else { sqlite3_bind_null(statement, index) }
  }

  /// - Parameter text: copied.
  func bind(_ text: String?, at index: Int32) {
    guard var text else {
      sqlite3_bind_null(statement, index)
      return
    }
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), RawStatement.transient)
      }
    }
  }

  /// - Parameter bytes: copied.
  func bind(_ bytes: [UInt8], at index: Int32) {
    _ = bytes.withUnsafeBytes {
      sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), RawStatement.transient)
    }
  }

  enum HeldKind { case text, blob }

  /// - Parameter bytes: not copied; they must stay as they are until the statement has run.
  func bind(held bytes: UnsafeRawBufferPointer, as kind: HeldKind, at index: Int32) {
    let count = Int32(bytes.count)
    switch kind {
    case .text:
      sqlite3_bind_text(statement, index, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count, nil)
    case .blob: sqlite3_bind_blob(statement, index, bytes.baseAddress, count, nil)
    }
  }

  /// Tells SQLite to take a copy.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

extension Database {
  /// A transaction that writes, by statements that are prepared once for as long as the book is open: for one event
  /// alone, preparing them anew is a good part of the time.
  func inBatchTransaction(_ body: () throws -> TransactionCompletion) throws {
    try RawStatement(self, "BEGIN IMMEDIATE").run()
    do {
      switch try body() {
      case .commit: try RawStatement(self, "COMMIT").run()
      case .rollback: try RawStatement(self, "ROLLBACK").run()
      }
    } catch {
      // After some errors SQLite has done so itself.
      if isInsideTransaction { try RawStatement(self, "ROLLBACK").run() }
      throw error
    }
  }
}

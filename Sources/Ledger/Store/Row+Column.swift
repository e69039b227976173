import GRDB

extension Row {
  /// The value of a column.
  /// - Throws: an error, where GRDB's subscript would trap, for a value of another kind: a damaged row is not a defect.
  func column<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
    try decode(Value.self, forColumn: name)
  }
}

import GRDB

/// The budget lines of a book by number, with those that a running batch adds.
final class LineRegister {
  private let connection: Connection
  /// By number, from 1.
  private(set) var all: [BudgetLine]
  private var numbers: [BudgetLine: Int] = [:]

  init(_ reader: BookReader) throws {
    connection = reader.connection
    all = try reader.budgetLines()
    numbers = Dictionary(zip(all, 1...)) { first, _ in first }
  }

  /// The number of a line, which is stored if it is new.
  func number(of line: BudgetLine) throws -> Int {
    if let known = numbers[line] { return known }
    let number = all.count + 1
    try LineRow(number: number, line: line).insert(connection.database)
    all.append(line)
    numbers[line] = number
    return number
  }
}

/// The budget lines of a book by number, from 1.
protocol NumberedLines {
  /// How many there are.
  var count: Int { get }

  /// - Precondition: there is a line of this number.
  func line(_ number: Int) throws -> BudgetLine
}

extension NumberedLines {
  func has(_ number: Int) -> Bool { number > 0 && number <= count }
}

extension [BudgetLine]: NumberedLines {
  func line(_ number: Int) -> BudgetLine { self[number - 1] }
}

/// The lines of a book, each block read when the first of its lines is asked for: a part of the events is about a part
/// of the lines.
final class LinesOnDemand: NumberedLines {
  private let reader: BookReader
  private var blocks: [[BudgetLine]?]

  init(_ reader: BookReader) {
    self.reader = reader
    blocks = Array(repeating: nil, count: reader.blockCount)
  }

  var count: Int { reader.head.budgetLines }

  func line(_ number: Int) throws -> BudgetLine {
    let (block, index) = (BlockSums.block(ofLine: number), BlockSums.index(ofLine: number))
    if let known = blocks[block] { return known[index] }
    let lines = try reader.budgetLines(inBlocks: [block])[0].lines
    blocks[block] = lines
    return lines[index]
  }
}

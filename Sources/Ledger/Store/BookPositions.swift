/// Where the events of a file stand in the book, by their positions in the file.
///
/// Both mostly rise one by one, so that a file of millions of events is a few stretches.
struct BookPositions {
  private struct Stretch {
    let inFile: Int
    let inBook: Int
    var count: Int
  }

  /// In the order of the file.
  private var stretches: [Stretch] = []

  /// - Returns: `nil` if no event of this position has been recorded.
  subscript(inFile: Int) -> Int? {
    let next = stretches.indices.firstByHalving { stretches[$0].inFile > inFile }
    guard next > 0, case let found = stretches[next - 1], inFile - found.inFile < found.count else { return nil }
    return found.inBook + inFile - found.inFile
  }

  /// - Parameter inFile: after those that are known.
  mutating func add(_ inBook: Int, at inFile: Int) {
    if let last = stretches.last, last.inFile + last.count == inFile, last.inBook + last.count == inBook {
      stretches[stretches.count - 1].count += 1
    } else {
      stretches.append(Stretch(inFile: inFile, inBook: inBook, count: 1))
    }
  }
}

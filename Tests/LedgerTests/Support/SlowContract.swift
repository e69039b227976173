/// What one contract of one unit sets aside, in portions: one for each line of each commitment, in the order recorded.
struct SlowContract<Line> {
  /// A line of a commitment, and how much of it is neither used nor released.
  struct Portion {
    let commitment: Int
    let line: Line
    var fen: Int
    var outstanding: Int
  }

  /// What one payment or release took from a portion.
  struct Taking {
    let portion: Int
    let fen: Int
  }

  private(set) var portions: [Portion] = []

  var outstanding: Int { portions.map(\.outstanding).reduce(0, +) }

  /// - Parameter commitment: the position of the event.
  mutating func add(commitment: Int, line: Line, fen: Int) {
    portions.append(Portion(commitment: commitment, line: line, fen: fen, outstanding: fen))
  }

  /// Takes up to `fen`, from the oldest portion first.
  mutating func take(_ fen: Int) -> [Taking] {
    var (rest, takings) = (fen, [Taking]())
    for index in portions.indices {
      let taken = min(rest, portions[index].outstanding)
      guard taken > 0 else { continue }
      portions[index].outstanding -= taken
      rest -= taken
      takings.append(Taking(portion: index, fen: taken))
    }
    return takings
  }

  mutating func giveBack(_ takings: [Taking]) {
    for taking in takings { portions[taking.portion].outstanding += taking.fen }
  }

  func isUsed(commitment: Int) -> Bool {
    portions.contains { $0.commitment == commitment && $0.outstanding < $0.fen }
  }

  /// Takes a commitment out again. Its portions stay, at zero.
  mutating func remove(commitment: Int) {
    precondition(!isUsed(commitment: commitment), "a used commitment cannot be taken out")
    for index in portions.indices where portions[index].commitment == commitment {
      portions[index].fen = 0
      portions[index].outstanding = 0
    }
  }
}

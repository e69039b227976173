/// Which of several words somebody may have meant.
public enum Spelling {
  /// The one that is written most like a word: with a slip in every third character at most, or with the word in it.
  /// - Returns: `nil` where none is.
  public static func nearest(to word: String, among words: [String]) -> String? {
    let written = Array(word.lowercased())
    guard !written.isEmpty else { return nil }
    var best: (word: String, slips: Int)?
    for candidate in words where candidate != word {
      let other = Array(candidate.lowercased())
      let most = max(1, min(written.count, other.count) / 3)
      guard abs(written.count - other.count) <= most else { continue }
      let slips = Spelling.slips(from: written, to: other)
      if slips <= most, slips < written.count, slips < best?.slips ?? .max { best = (candidate, slips) }
    }
    // Part of a name, such as 培训 of 示例培训, where it is part of one only.
    return best?.word ?? only(words.filter { written.count >= 2 && $0.lowercased().contains(word.lowercased()) })
  }

  private static func only(_ words: [String]) -> String? { words.count == 1 ? words[0] : nil }

  /// Another digit is another code, and no slip.
  private static func cost(of character: Character, for wanted: Character) -> Int {
    if character == wanted { return 0 }
    return character.isNumber && wanted.isNumber ? 3 : 1
  }

  /// Characters left out, put in, changed, or swapped with their neighbour.
  private static func slips(from word: [Character], to other: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...other.count)
    for (row, character) in word.enumerated() {
      var line = [row + 1]
      for (column, wanted) in other.enumerated() {
        var least = min(last[column + 1] + 1, line[column] + 1, last[column] + cost(of: character, for: wanted))
        if row > 0, column > 0, character == other[column - 1], word[row - 1] == wanted {
          least = min(least, before[column - 1] + 1)
        }
        line.append(least)
      }
      before = last
      last = line
    }
    return last[other.count]
  }
}

extension Phrase {
  /// With the word in front that was probably meant, if one of these is.
  ///
  /// - Parameter names: what is shown for a word that is not what is to be written, such as a project's name.
  public func suggesting(_ word: String, among words: [String], names: [String: String] = [:]) -> Phrase {
    guard let nearest = Spelling.nearest(to: word, among: words + names.keys.sorted()) else { return self }
    // Of one word that is not to be guessed there is nothing to say.
    if words == [nearest] { return self }
    let meant = names[nearest].map { "\($0) (\(nearest))" } ?? nearest
    return Phrase("是不是 \(meant)？\(chinese)", "\(meant)? Else \(english)")
  }

  /// One of these words, with the one in front that was probably meant.
  public static func expectedOneOf(_ words: [String], near word: String) -> Phrase {
    expectedOneOf(words).suggesting(word, among: words)
  }
}

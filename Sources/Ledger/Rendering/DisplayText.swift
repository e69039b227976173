extension Unicode.Scalar {
  /// How many columns of a terminal it takes, where it is a visible character of its own whatever stands beside it:
  /// printable ASCII, Chinese characters and their punctuation. `nil` for any other: that is for the character to say.
  var plainWidth: Int? {
    switch value {
    case 0x20...0x7E: 1
    case 0x3001...0x3029, 0x4E00...0x9FFF, 0xFF01...0xFF60: 2
    default: nil
    }
  }
}

extension Character {
  /// How many columns of a terminal it takes: 2 for Chinese characters, full-width forms and emoji, 0 for marks that
  /// join the character before, else 1 (Unicode UAX #11, W and F).
  var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    if let plain = scalar.plainWidth { return plain }
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalar.value < 0x1100 { return 1 }
    return Character.wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615,
    0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// Without what would move the cursor or turn the line around: control characters and marks of direction.
  var visible: String {
    if unicodeScalars.allSatisfy({ $0.plainWidth != nil }) { return self }
    return String(
      map { character in
        let hidden = character.unicodeScalars.contains { scalar in
          [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            || scalar.properties.isBidiControl
        }
        return hidden ? "�" : character
      })
  }
}

extension StringProtocol {
  /// Columns of a terminal.
  public var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      guard let plain = scalar.plainWidth else { return reduce(0) { $0 + $1.displayWidth } }
      width += plain
    }
    return width
  }
}

/// A text that equals another only byte by byte.
///
/// Swift's strings are equal when they look alike: `é` in one character and in two. A code is what was typed, the hash
/// covers what was typed, so two spellings are two codes.
public struct ExactText: Hashable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (left: ExactText, right: ExactText) -> Bool {
    var (left, right) = (left.text, right.text)
    return left.withUTF8 { left in
      right.withUTF8 { right in left.count == right.count && left.elementsEqual(right) }
    }
  }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ExactText: CustomStringConvertible {
  public var description: String { text }
}

extension ExactText: Comparable {
  /// By UTF-8 bytes.
  public static func < (left: ExactText, right: ExactText) -> Bool {
    var (left, right) = (left.text, right.text)
    return left.withUTF8 { left in right.withUTF8 { right in left.lexicographicallyPrecedes(right) } }
  }
}

extension String {
  /// Whether it can be read on a line as it stands: no control or format characters, no line ends.
  var isPrintable: Bool {
    if utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return true }
    return unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
      default: true
      }
    }
  }
}

import Foundation

/// A text that equals another only byte by byte.
///
/// Swift's strings are equal when they look alike: `é` in one character and in two. A code is what was typed, the hash
/// covers what was typed, so two spellings are two codes.
public struct ExactText: Hashable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (left: ExactText, right: ExactText) -> Bool {
    guard left.text.utf8.count == right.text.utf8.count else { return false }
    return ExactText.order(left, right) == 0
  }

  /// Less than zero, zero or more, as the first byte in which both texts have one and differ.
  private static func order(_ left: ExactText, _ right: ExactText) -> CInt {
    var (left, right) = (left.text, right.text)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        guard let one = left.baseAddress, let other = right.baseAddress else { return 0 }
        return memcmp(one, other, min(left.count, right.count))
      }
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
    let order = ExactText.order(left, right)
    return order < 0 || order == 0 && left.text.utf8.count < right.text.utf8.count
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

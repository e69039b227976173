import Crypto

/// A link of the hash chain: SHA-256 over the link before and the canonical form of an event.
///
/// hash(0) is 32 zero bytes; hash(n) = SHA-256(hash(n−1) ‖ canonical event n in UTF-8, without `position` and `hash`).
/// Two books with the same last hash hold the same events in the same order.
public struct ChainHash: Hashable, Sendable {
  public let bytes: [UInt8]

  public static let start = ChainHash(unchecked: [UInt8](repeating: 0, count: 32))

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 hexadecimal digits in lower case, as `export` writes them.
  public init?(hexadecimal text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = ChainHash.value(digits[index]), let low = ChainHash.value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  public var hexadecimal: String { hexadecimalText(bytes) }

  /// The next link, over the canonical form of the next event.
  public func next(_ canonical: [UInt8]) -> ChainHash { canonical.withUnsafeBytes { next($0) } }

  func next(_ canonical: UnsafeRawBufferPointer) -> ChainHash {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: canonical)
    return ChainHash(unchecked: hasher.finalize().withUnsafeBytes { Array($0) })
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

func hexadecimalText(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

extension Event {
  /// The id of an event that comes without one: its date, the first 16 hexadecimal digits of SHA-256 over its content
  /// as the file states it, and its count among equal events of the file. So importing a file twice adds nothing.
  func derivedID(occurrence: Int) -> String {
    "\(contentKey)-\(occurrence)"
  }

  /// Date and content hash: equal for equal events.
  var contentKey: String {
    var content = self
    content.id = nil
    let digest = SHA256.hash(data: content.contentBytes)
    let compact = date.description.filter { $0 != "-" }
    return "\(compact)-\(hexadecimalText(digest).prefix(16))"
  }
}

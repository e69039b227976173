import Synchronization

/// Which keys have been met in any stretch of a journal, so that of several readers one reads the first line of each
/// strictly. By their hashes: of two keys with the same one nobody reads ahead, and that is all.
final class KeyClaims: Sendable {
  private let hashes = Mutex<Set<UInt64>>([])

  /// - Returns: whether the key had not been met.
  func claim(_ hash: UInt64) -> Bool { hashes.withLock { $0.insert(hash).inserted } }
}

/// Pieces of UTF-8 in one stretch of memory, so that a journal line is put together by copying, without counting
/// references.
final class TextPool {
  /// Where a piece stands in its pool.
  struct Text {
    fileprivate let offset: Int
    let count: Int
  }

  private var base: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 16
  /// The bytes in use.
  private(set) var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  func add(_ text: String) -> Text {
    let bytes = Array(text.utf8)
    while count + bytes.count > capacity { grow() }
    for (index, byte) in bytes.enumerated() { base[count + index] = byte }
    count += bytes.count
    return Text(offset: count - bytes.count, count: bytes.count)
  }

  /// Valid until the next `add`.
  func start(of text: Text) -> UnsafePointer<UInt8> { UnsafePointer(base + text.offset) }

  /// Forgets every piece added after there were `count` bytes.
  func removeAll(after count: Int) { self.count = count }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}

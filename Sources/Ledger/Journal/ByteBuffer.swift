/// Bytes put one behind the other in memory that is used again: a text made for every event of many, and done with
/// before the next.
struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init() {
    capacity = 1_024
    start = .allocate(byteCount: capacity, alignment: 1)
  }

  deinit { start.deallocate() }

  /// There until the next change.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    makeRoom(for: bytes.count)
    (start + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  /// - Precondition: there is a byte in this place.
  mutating func replace(_ place: Int, by byte: UInt8) {
    precondition(place < count)
    start.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) { if count + more > capacity { grow(to: count + more) } }

  private mutating func grow(to least: Int) {
    let larger = max(least, 2 * capacity)
    let room = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 1)
    room.copyMemory(from: start, byteCount: count)
    start.deallocate()
    start = room
    capacity = larger
  }
}

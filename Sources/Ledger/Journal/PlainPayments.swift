import Foundation

/// Looks at the payments that plain refunds are about, each where its line stands in the journal.
struct PlainPayments: ~Copyable {
  private static let size = 2_048

  private var line = PlainLine()
  private let bytes: UnsafeMutableRawBufferPointer

  init() {
    bytes = .allocate(
      byteCount: PlainPayments.size + PlainLine.padding, alignment: MemoryLayout<UInt64>.alignment)
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { bytes.deallocate() }

  /// Whether the line that starts at a place is a payment of this id, unit and year, as it stands. One that leaves any of
  /// them to defaults, is long or is not plain counts as none.
  mutating func has(
    _ id: UnsafeRawBufferPointer, unit: ExactText, year: Int, at offset: Int, in source: JournalBytes
  ) throws -> Bool {
    let room = UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(PlainPayments.size))
    let count = try source.read(from: offset, into: room)
    guard let base = UnsafeRawPointer(bytes.baseAddress), memchr(base, 0x0A, count) != nil,
      line.read(base, from: 0) != nil
    else { return false }
    return isSame(.type, base, EventType.disbursement.rawValue.utf8) && isSame(.unit, base, unit.text.utf8)
      && isSame(.year, base, String(year).utf8) && isSame(.id, base, id)
  }

  private func isSame(_ field: Field, _ base: UnsafeRawPointer, _ text: some Sequence<UInt8>) -> Bool {
    line.bytes(of: field, base)?.elementsEqual(text) ?? false
  }
}

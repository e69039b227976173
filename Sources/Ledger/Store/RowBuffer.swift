/// Values of rows that wait to be written, one column after another, with their texts in memory of their own: whatever
/// they were taken from may be gone by then.
struct RowBuffer: ~Copyable {
  private enum Value {
    case null
    case number(Int64)
    /// Where it stands in `bytes`.
    case text(start: Int, count: Int)
    case blob(start: Int, count: Int)
  }

  private var values: [Value] = []
  private var bytes = ByteBuffer()

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    bytes.removeAll()
  }

  mutating func add(_ number: Int) { values.append(.number(Int64(number))) }
  mutating func add(_ number: Int64) { values.append(.number(number)) }
  mutating func add(_ number: Int?) { values.append(number.map { .number(Int64($0)) } ?? .null) }
  mutating func add(_ number: Int64?) { values.append(number.map { .number($0) } ?? .null) }

  mutating func add(_ text: (some ColumnText)?) {
    guard let text else { return values.append(.null) }
    text.withBytes { text in
      values.append(.text(start: bytes.count, count: text.count))
      bytes.append(text)
    }
  }

  mutating func add(blob: [UInt8]) {
    values.append(.blob(start: bytes.count, count: blob.count))
    bytes.append(blob)
  }

  /// Runs a statement, as often as there are values for it.
  func run(_ statement: RawStatement) throws {
    let count = statement.argumentCount
    for start in stride(from: 0, to: values.count, by: count) { try run(statement, start..<start + count) }
  }

  /// Runs a statement with some of the values as its arguments.
  private func run(_ statement: RawStatement, _ chosen: Range<Int>) throws {
    let bytes = bytes.bytes
    for (index, value) in zip(Int32(1)..., chosen) {
      switch values[value] {
      case .null: statement.bind(nil as Int64?, at: index)
      case .number(let number): statement.bind(number, at: index)
      case .text(let start, let count):
        statement.bind(held: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), as: .text, at: index)
      case .blob(let start, let count):
        statement.bind(held: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), as: .blob, at: index)
      }
    }
    try statement.run()
  }
}

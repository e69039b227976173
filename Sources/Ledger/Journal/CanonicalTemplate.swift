/// The canonical form of plain events of one kind: what is the same in all of them, and where the rest goes.
///
/// A plain text has no character that JSON escapes, so it stands in the canonical form byte by byte as in the line.
///
/// Templates stand one behind the other in memory, each in one stretch: a county has tens of thousands of them, nearly
/// every event asks for another, and what lies apart would be fetched apart.
struct CanonicalTemplate {
  /// What differs from event to event, in canonical order. Whatever comes between two of them is one stretch.
  private static let varying: [Field] = {
    let fields = UInt64.fields(.amount, .date, .recorded, .id, .doc, .payee, .contract, .by, .approval, .memo, .source)
    return Field.canonicalOrder.filter { fields & $0.bit != 0 }
  }()
  /// `,"amount":"` and so on, one for each of them.
  private static let openings = varying.map { HeldText(",\"\($0.rawValue)\":\"") }

  private typealias Count = UInt32
  /// How long the stretches are, then the stretches.
  private let start: UnsafeRawPointer

  /// - Parameter start: of one that was appended. What it stands in must stay where it is.
  init(at start: UnsafeRawPointer) { self.start = start }

  /// - Parameter sample: one of the events, complete.
  static func append(_ sample: Event, to bytes: inout [UInt8]) {
    var stretches = [[UInt8]](repeating: [], count: varying.count + 1)
    var place = 0
    for field in Field.canonicalOrder {
      if place < varying.count, field == varying[place] {
        place += 1
        continue
      }
      var object = JSONObjectText()
      CanonicalWriter.add(field, of: sample, to: &object)
      let member = object.bytes.dropFirst().dropLast()
      if !member.isEmpty { stretches[place] += [UInt8(ascii: ",")] + member }
    }
    for stretch in stretches { withUnsafeBytes(of: Count(stretch.count)) { bytes += $0 } }
    for stretch in stretches { bytes += stretch }
  }

  /// Writes the canonical form of an event.
  /// - Parameters:
  ///   - amount: in fen.
  ///   - time: when it is recorded, as text.
  ///   - line: where its values stand in `bytes`.
  func write(
    _ amount: Int64, recorded time: [UInt8], _ line: borrowing PlainLine, _ bytes: UnsafeRawPointer,
    into text: inout ByteBuffer
  ) {
    text.removeAll()
    let (varying, openings) = (CanonicalTemplate.varying, CanonicalTemplate.openings)
    var stretch = start + (varying.count + 1) * MemoryLayout<Count>.size
    func addStretch(_ place: Int, to text: inout ByteBuffer) {
      let count = Int(start.loadUnaligned(fromByteOffset: place * MemoryLayout<Count>.size, as: Count.self))
      guard count > 0 else { return }
      text.append(UnsafeRawBufferPointer(start: stretch, count: count))
      stretch += count
    }
    for place in varying.indices {
      addStretch(place, to: &text)
      let field = varying[place]
      guard field == .recorded || line.has(field) else { continue }
      text.append(openings[place].bytes)
      switch field {
      case .amount: CanonicalTemplate.addYuan(amount, to: &text)
      case .recorded: text.append(time)
      default: if let value = line.bytes(of: field, bytes) { text.append(value) }
      }
      text.append(UInt8(ascii: "\""))
    }
    addStretch(varying.count, to: &text)
    // Every member was written behind a comma; the first opens the object.
    text.replace(0, by: UInt8(ascii: "{"))
    text.append(UInt8(ascii: "}"))
  }

  /// As `Fen.yuan` writes it.
  private static func addYuan(_ amount: Int64, to text: inout ByteBuffer) {
    if amount < 0 { text.append(UInt8(ascii: "-")) }
    let size = amount.magnitude
    var power: UInt64 = 100
    while size / power >= 10 { power *= 10 }
    while power > 0 {
      text.append(UInt8(ascii: "0") + UInt8(size / power % 10))
      if power == 100 { text.append(UInt8(ascii: ".")) }
      power /= 10
    }
  }
}

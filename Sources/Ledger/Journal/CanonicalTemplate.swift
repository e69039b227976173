/// The canonical form of plain events of one kind: what is the same in all of them, and where the rest goes.
///
/// A plain text has no character that JSON escapes, so it stands in the canonical form byte by byte as in the line.
struct CanonicalTemplate {
  /// A stretch of `fixed`; then, where there is a field, its value and a quote.
  private struct Piece {
    let fixed: Range<Int>
    let field: Field?
  }

  /// What differs from event to event.
  private static let varying = UInt64.fields(
    .amount, .date, .recorded, .id, .doc, .payee, .contract, .by, .approval, .memo, .source)

  private var fixed: [UInt8] = []
  private var pieces: [Piece] = []
  private let sign: [UInt8]

  /// - Parameters:
  ///   - sample: one of the events, complete.
  ///   - isNegative: whether their amounts are below zero.
  init(_ sample: Event, isNegative: Bool) {
    sign = isNegative ? [UInt8(ascii: "-")] : []
    var start = 0
    for field in Field.canonicalOrder {
      guard CanonicalTemplate.varying & field.bit != 0 else {
        var object = JSONObjectText()
        CanonicalWriter.add(field, of: sample, to: &object)
        let member = object.bytes.dropFirst().dropLast()
        if !member.isEmpty { fixed += [UInt8(ascii: ",")] + member }
        continue
      }
      if start < fixed.count { pieces.append(Piece(fixed: start..<fixed.count, field: nil)) }
      start = fixed.count
      fixed += ",\"\(field.rawValue)\":\"".utf8
      pieces.append(Piece(fixed: start..<fixed.count, field: field))
      start = fixed.count
    }
    if start < fixed.count { pieces.append(Piece(fixed: start..<fixed.count, field: nil)) }
  }

  /// Writes the canonical form of an event.
  /// - Parameters:
  ///   - size: its amount without its sign, in fen.
  ///   - time: when it is recorded, as text.
  ///   - line: where its values stand in `bytes`.
  func write(
    _ size: Int64, recorded time: [UInt8], _ line: borrowing PlainLine, _ bytes: UnsafeRawPointer,
    into text: inout ByteBuffer
  ) {
    text.removeAll()
    fixed.withUnsafeBytes { fixed in
      for piece in pieces {
        guard let field = piece.field else {
          text.append(UnsafeRawBufferPointer(rebasing: fixed[piece.fixed]))
          continue
        }
        guard field == .recorded || line.has(field) else { continue }
        text.append(UnsafeRawBufferPointer(rebasing: fixed[piece.fixed]))
        switch field {
        case .amount:
          text.append(sign)
          CanonicalTemplate.addYuan(size, to: &text)
        case .recorded: text.append(time)
        default: if let value = line.bytes(of: field, bytes) { text.append(value) }
        }
        text.append(UInt8(ascii: "\""))
      }
    }
    // Every member was written behind a comma; the first opens the object.
    text.replace(0, by: UInt8(ascii: "{"))
    text.append(UInt8(ascii: "}"))
  }

  /// As `Fen.yuan` writes it.
  private static func addYuan(_ size: Int64, to text: inout ByteBuffer) {
    var power: Int64 = 100
    while size / power >= 10 { power *= 10 }
    while power > 0 {
      text.append(UInt8(ascii: "0") + UInt8(size / power % 10))
      if power == 100 { text.append(UInt8(ascii: ".")) }
      power /= 10
    }
  }
}

import CExpat
import Foundation

/// Takes XML apart as it comes. Declarations of document types are refused: they could name other files, or make much
/// text of little.
final class XMLPart {
  /// What is no such XML.
  struct Malformed: Error {
    let message: String
  }

  /// The attributes of an element, while it is told.
  struct Attributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of an attribute, under its name as it is written.
    subscript(name: String) -> String? {
      guard var pair = pairs else { return nil }
      while let key = pair[0], let value = pair[1] {
        if strcmp(key, name) == 0 { return String(cString: value) }
        pair += 2
      }
      return nil
    }
  }

  private let parser: XML_Parser
  private let start: (_ name: String, Attributes) -> Void
  private let end: (_ name: String) -> Void
  private let text: (UnsafeBufferPointer<CChar>) -> Void
  private var hasDoctype = false
  /// Whether the first bytes have been looked at, and what they made necessary: the parser knows no GB18030.
  private var isBegun = false
  private var decoder: GB18030Text?

  /// - Parameters:
  ///   - start: an element begins, with its name without a prefix.
  ///   - text: some of the text in an element.
  init(
    start: @escaping (_ name: String, Attributes) -> Void, end: @escaping (_ name: String) -> Void,
    text: @escaping (UnsafeBufferPointer<CChar>) -> Void
  ) {
    guard let parser = XML_ParserCreate(nil) else { preconditionFailure("no memory for a parser") }
    self.parser = parser
    self.start = start
    self.end = end
    self.text = text
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { XMLPart.of($0).start(XMLPart.name($1), Attributes(pairs: $2)) },
      { XMLPart.of($0).end(XMLPart.name($1)) })
    XML_SetCharacterDataHandler(
      parser, { XMLPart.of($0).text(UnsafeBufferPointer(start: $1, count: Int($2))) })
    XML_SetStartDoctypeDeclHandler(
      parser,
      { user, _, _, _, _ in
        let part = XMLPart.of(user)
        part.hasDoctype = true
        XML_StopParser(part.parser, 0)
      })
  }

  deinit { XML_ParserFree(parser) }

  /// - Throws: `Malformed`.
  func take(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws {
    if !isBegun {
      isBegun = true
      if XMLPart.isGB18030(piece) {
        decoder = GB18030Text()
        XML_SetEncoding(parser, "UTF-8")
      }
    }
    if let decoder {
      let text = try decoder.text(of: Array(piece), isLast: isLast)
      return try text.withUnsafeBytes { try parse($0, isLast: isLast) }
    }
    try parse(piece, isLast: isLast)
  }

  /// Whether the declaration in the first line says so.
  private static func isGB18030(_ piece: UnsafeRawBufferPointer) -> Bool {
    let start = String(decoding: piece.prefix(200), as: UTF8.self).lowercased()
    guard start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>") else { return false }
    return start[..<end.lowerBound].firstMatch(of: /encoding\s*=\s*["'](gb18030|gbk|gb2312)["']/) != nil
  }

  private func parse(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws {
    let bytes = piece.bindMemory(to: CChar.self)
    guard XML_Parse(parser, bytes.baseAddress, Int32(bytes.count), isLast ? 1 : 0) != XML_STATUS_OK else { return }
    if hasDoctype { throw Malformed(message: "DOCTYPE") }
    throw Malformed(message: String(cString: XML_ErrorString(XML_GetErrorCode(parser))))
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> XMLPart {
    guard let user else { preconditionFailure("a parser knows whom it works for") }
    return Unmanaged<XMLPart>.fromOpaque(user).takeUnretainedValue()
  }

  private static func name(_ name: UnsafePointer<CChar>?) -> String {
    guard let name else { return "" }
    let whole = String(cString: name)
    return whole.lastIndex(of: ":").map { String(whole[whole.index(after: $0)...]) } ?? whole
  }
}

/// Turns a part in GB18030 into UTF-8, piece by piece.
private final class GB18030Text {
  private var decoder = TextDecoder(.gb18030)

  /// - Throws: `XMLPart.Malformed` at bytes that are no text.
  func text(of bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
    let decoded = decoder.decode(bytes[...], isLast: isLast)
    if decoded.broken != nil { throw XMLPart.Malformed(message: "GB18030") }
    return decoded.text
  }
}

extension Field {
  /// Its place among all fields, from 0: fixed arrays and sets of bits go by it.
  ///
  /// An enum without payloads is stored as this number; `FieldTable` makes sure of it. On the way of a million lines
  /// there is no time to look a field up.
  var number: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  /// A set of fields has this bit.
  var bit: UInt64 { 1 << UInt64(number) }

  /// By its number; an enum with raw values would be hashed by its name.
  public func hash(into hasher: inout Hasher) { hasher.combine(UInt8(truncatingIfNeeded: number)) }
}

extension Field {
  /// The field of this wire name; `nil` if there is none. Quicker than by raw value, which asks for one name after
  /// another.
  init?(named name: String) {
    var name = name
    let number = name.withUTF8 { bytes in
      bytes.count <= 16
        ? FieldTable.shared.number(FieldTable.word(bytes.prefix(8)), FieldTable.word(bytes.dropFirst(8))) : nil
    }
    guard let number else { return nil }
    self = unsafeBitCast(UInt8(truncatingIfNeeded: number), to: Field.self)
  }
}

/// The members of an object that are fields, each once.
struct FieldMembers {
  private let written: [JSONMember]
  private let present: UInt64

  init(_ written: [JSONMember] = []) {
    self.written = written
    var present: UInt64 = 0
    for index in written.indices { present |= written[index].field?.bit ?? 0 }
    self.present = present
  }

  subscript(field: Field) -> JSONMember? {
    guard present & field.bit != 0 else { return nil }
    // By index, since an element is copied where it is handed to a closure.
    for index in written.indices where written[index].field == field { return written[index] }
    return nil
  }

  /// Those that are none of some fields.
  func others(than fields: UInt64) -> [JSONMember] {
    if present & ~fields == 0 { return [] }
    return written.filter { ($0.field?.bit ?? 0) & ~fields != 0 }
  }

  /// Those that are no fields at all.
  var unknown: [JSONMember] {
    if present.nonzeroBitCount == written.count { return [] }
    return written.filter { $0.field == nil }
  }
}

extension UInt64 {
  /// A set of fields, as bits.
  static func fields(_ fields: Field...) -> UInt64 { fields.reduce(0) { $0 | $1.bit } }
}

/// Finds fields by the bytes of their names: the first eight and the second eight, each as one number.
///
/// It is looked into for every field of every line, so it is memory of its own, which nobody counts, and which stays as
/// long as the program. Nothing writes to it once it is made.
struct FieldTable: @unchecked Sendable {
  private struct Place {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// -1: free.
    var number = -1
  }

  static let shared = FieldTable()

  private static let size = 128
  private let places: UnsafeMutablePointer<Place>

  private init() {
    places = .allocate(capacity: FieldTable.size)
    places.initialize(repeating: Place(), count: FieldTable.size)
    for field in Field.allCases {
      precondition(Field.allCases[field.number] == field, "fields are numbered in their order")
      let name = Array(field.rawValue.utf8)
      precondition(name.count <= 16, "a field has a name of at most sixteen bytes")
      let low = FieldTable.word(name.prefix(8))
      var index = FieldTable.index(low)
      while places[index].number >= 0 { index = (index + 1) % FieldTable.size }
      places[index] = Place(low: low, high: FieldTable.word(name.dropFirst(8)), number: field.number)
    }
  }

  /// - Returns: the number of the field; `nil` if there is none of this name.
  func number(_ low: UInt64, _ high: UInt64) -> Int? {
    var index = FieldTable.index(low)
    while places[index].number >= 0 {
      if places[index].low == low, places[index].high == high { return places[index].number }
      index = (index + 1) % FieldTable.size
    }
    return nil
  }

  fileprivate static func word(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for byte in bytes.reversed() { word = word << 8 | UInt64(byte) }
    return word
  }

  private static func index(_ low: UInt64) -> Int { Int(truncatingIfNeeded: (low &* 0x9E37_79B9_7F4A_7C15) >> 57) }
}

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

extension UInt64 {
  /// A set of fields, as bits.
  static func fields(_ fields: Field...) -> UInt64 { fields.reduce(0) { $0 | $1.bit } }
}

/// Finds fields by the bytes of their names: the first eight and the second eight, each as one number.
///
/// It is looked into for every field of every line, so it is memory of its own, which nobody copies or counts.
struct FieldTable: ~Copyable {
  private struct Place {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// -1: free.
    var number = -1
  }

  private static let size = 128
  private let places: UnsafeMutablePointer<Place>

  init() {
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

  deinit { places.deallocate() }

  /// - Returns: the number of the field; `nil` if there is none of this name.
  func number(_ low: UInt64, _ high: UInt64) -> Int? {
    var index = FieldTable.index(low)
    while places[index].number >= 0 {
      if places[index].low == low, places[index].high == high { return places[index].number }
      index = (index + 1) % FieldTable.size
    }
    return nil
  }

  private static func word(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func index(_ low: UInt64) -> Int { Int(truncatingIfNeeded: (low &* 0x9E37_79B9_7F4A_7C15) >> 57) }
}

/// Eight bytes at a time, the first in the lowest place, as x86 and ARM load them.
extension UnsafeRawPointer {
  subscript(byte place: Int) -> UInt8 {
    @inline(__always) get { load(fromByteOffset: place, as: UInt8.self) }
  }

  subscript(word place: Int) -> UInt64 {
    @inline(__always) get { UInt64(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
  }

  /// How many bytes the character beyond ASCII that starts here has in UTF-8; 0: it is none. Shortest forms only, no
  /// surrogates, none beyond U+10FFFF.
  @inline(__always)
  func widthOfCharacter(at place: Int) -> Int {
    let word = UInt32(littleEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self))
    if word & 0xC0_C0F0 == 0x80_80E0 {
      let high = (word & 0x0F) << 6 | (word >> 8) & 0x3F  // The upper ten of sixteen bits.
      return high >= 0x20 && !(0x360...0x37F ~= high) ? 3 : 0
    }
    if word & 0xC0E0 == 0x80C0 { return word & 0x1E != 0 ? 2 : 0 }
    guard word & 0xC0C0_C0F8 == 0x8080_80F0 else { return 0 }
    let high = (word & 0x07) << 6 | (word >> 8) & 0x3F  // The upper nine of twenty-one.
    return 0x10...0x10F ~= high ? 4 : 0
  }

  /// Whether two characters from U+1000 to U+CFFF start here, of three bytes each, as most Chinese ones are.
  @inline(__always)
  func hasTwoCharacters(at place: Int) -> Bool {
    let word = self[word: place]
    guard word & 0xC0_C0F0_C0C0_F0 == 0x80_80E0_8080_E0 else { return false }
    return (word & 0x0F) &- 1 < 12 && (word >> 24 & 0x0F) &- 1 < 12
  }
}

extension UInt64 {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The top bit of the first byte that is this one, and perhaps of later ones; 0 if there is none.
  @inline(__always)
  func places(of byte: UInt8) -> UInt64 {
    let zero = self ^ (UInt64.ones &* UInt64(byte))
    return (zero &- UInt64.ones) & ~zero & UInt64.tops
  }

  /// The top bit of the first byte that ends plain ASCII text — a quote, a backslash, a control character, a byte of a
  /// longer character — and perhaps of later ones; 0 if there is none.
  var placesOfTextEnds: UInt64 {
    @inline(__always) get {
      let controls = (self &- UInt64.ones &* 0x20) & ~self
      return places(of: UInt8(ascii: "\"")) | places(of: UInt8(ascii: "\\")) | (controls | self) & UInt64.tops
    }
  }

  /// Only the first bytes, fewer than eight.
  @inline(__always)
  func first(_ count: Int) -> UInt64 { self & ((1 << UInt64(count * 8)) &- 1) }

  /// The next step of a hash over words: each is mixed with all before it (the multiplication of wyhash).
  @inline(__always)
  func mixed(with word: UInt64) -> UInt64 {
    let product = (self ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

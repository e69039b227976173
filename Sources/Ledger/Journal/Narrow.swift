/// A number below 2³¹ that is kept in four bytes, where so many are kept that it shows.
@propertyWrapper struct Narrow: Hashable {
  private var stored: Int32

  init(wrappedValue: Int) { stored = Int32(wrappedValue) }

  var wrappedValue: Int {
    @inline(__always) get { Int(stored) }
    @inline(__always) set { stored = Int32(newValue) }
  }
}

/// The same of a number that is not below 0, or none.
@propertyWrapper struct NarrowOrNil: Hashable {
  private var stored: Int32

  init(wrappedValue: Int?) { stored = NarrowOrNil.stored(wrappedValue) }

  var wrappedValue: Int? {
    @inline(__always) get { stored < 0 ? nil : Int(stored) }
    @inline(__always) set { stored = NarrowOrNil.stored(newValue) }
  }

  private static func stored(_ number: Int?) -> Int32 { number.map { Int32($0) } ?? -1 }
}

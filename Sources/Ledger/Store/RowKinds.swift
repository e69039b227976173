/// What the rows of plain events are made of, by number of their kind.
struct RowKinds {
  /// One kind, as long as nothing is added.
  struct Kind {
    let canonical: CanonicalTemplate
    /// As the columns of a row hold them.
    let type: UnsafeRawBufferPointer
    let details: UnsafeRawBufferPointer?
  }

  private struct Place {
    /// Of the canonical form, in `bytes`.
    let canonical: Int
    let type: Int
    /// By place in `details`.
    let details: Int?
  }

  private var places: [Place] = []
  /// The canonical forms.
  private var bytes: [UInt8] = []
  private var details: [HeldText] = []
  private let types = EventType.allCases.map { HeldText($0.rawValue) }

  mutating func add(_ kind: PlainKind) {
    let event = kind.sample.event
    guard let type = EventType.allCases.firstIndex(of: event.type) else {
      preconditionFailure("an event is of one of all types")
    }
    let text = event.details.storedText
    places.append(Place(canonical: bytes.count, type: type, details: text == nil ? nil : details.count))
    if let text { details.append(HeldText(text)) }
    CanonicalTemplate.append(event, to: &bytes)
  }

  /// Works on a kind where it stands.
  func with<Result>(_ number: Int, _ body: (Kind) throws -> Result) rethrows -> Result {
    let place = places[number]
    return try bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { preconditionFailure("a kind that was added is there") }
      return try body(
        Kind(
          canonical: CanonicalTemplate(at: start + place.canonical), type: types[place.type].bytes,
          details: place.details.map { details[$0].bytes }))
    }
  }
}

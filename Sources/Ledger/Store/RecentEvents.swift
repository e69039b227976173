/// The last events of a running batch: of them nothing need be looked up in the book, which may not have them yet.
struct RecentEvents {
  private struct Part {
    var positions = RecentIDs()
    /// In the order of positions.
    var events: [PendingEvents] = []
  }

  private let least: Int
  private var newest = Part()
  private var older = Part()
  /// Whether every event of the batch is here.
  private(set) var isWhole = true

  /// - Parameter least: how many of them to keep. Those left out must be in the book by then.
  init(least: Int) { self.least = least }

  /// The position of the event of this id.
  func position(ofID id: ExactText) -> Int? { newest.positions[id] ?? older.positions[id] }

  /// - Parameter id: of an event that will be among those that are kept next.
  mutating func add(_ id: ExactText, at position: Int) { newest.positions.add(id, at: position) }

  mutating func keep(_ events: PendingEvents) {
    newest.events.append(events)
    guard newest.positions.count >= least else { return }
    isWhole = isWhole && older.events.isEmpty
    older = newest
    newest = Part()
  }

  /// - Parameter kinds: by number.
  func row(at position: Int, _ kinds: [PlainKind]) -> EventRow? {
    for part in [newest, older] {
      let events = part.events.last { $0.first.map { $0 <= position } ?? false }
      if let row = events?.row(at: position, kinds) { return row }
    }
    return nil
  }

  /// Forgets the batch, which is over.
  mutating func removeAll() {
    // As many ids are to come in the next.
    newest.positions.removeAll()
    newest.events = []
    older = Part()
    isWhole = true
  }
}

/// The positions of ids. Those that rise, one after the other, as most do, are found by halving, and cost nothing but
/// their places until one is asked for.
private struct RecentIDs {
  private var rising: [(id: ExactText, position: Int)] = []
  private var others: [ExactText: Int] = [:]

  var count: Int { rising.count + others.count }

  /// - Parameter id: one that is not here.
  mutating func add(_ id: ExactText, at position: Int) {
    if let last = rising.last, id < last.id { others[id] = position } else { rising.append((id, position)) }
  }

  subscript(id: ExactText) -> Int? {
    let place = rising.indices.firstByHalving { !(rising[$0].id < id) }
    return place < rising.count && rising[place].id == id ? rising[place].position : others[id]
  }

  /// As many are to come again.
  mutating func removeAll() {
    rising.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
  }
}

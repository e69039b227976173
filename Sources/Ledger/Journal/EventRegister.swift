/// Which ids and positions the events read so far have, and where their lines stand: about twenty bytes an event.
///
/// Ids are known by fingerprint only. Whoever needs to know whether two ids are the same, and not only their
/// fingerprints, reads the earlier line again; of ten million events that is so for some ten thousand.
struct EventRegister {
  /// Events whose positions count up from here.
  private struct Run {
    let event: Int
    let position: Int
  }

  /// Events whose lines stand less than 4 GiB behind this place.
  private struct Stretch {
    let event: Int
    let offset: Int
  }

  private(set) var count = 0
  private var runs: [Run] = []
  private var stretches: [Stretch] = []
  private var offsets: [UInt32] = []
  private var lastPosition = 0
  /// Open addressing, by the upper half of the fingerprint: that half above, the number of the event below and one
  /// more; 0: free.
  private var places = [UInt64](repeating: 0, count: 1 << 10)
  private var shift: UInt64 = 54
  private var idCount = 0

  /// Makes room for about so many events.
  mutating func reserve(_ events: Int) {
    offsets.reserveCapacity(events)
    var size = places.count
    while size * 5 < events * 8 { size *= 2 }
    if size > places.count { resize(to: size) }
  }

  /// - Parameters:
  ///   - id: its fingerprint; 0: it has none.
  ///   - offset: of its line in the file.
  mutating func add(position: Int, id: UInt64, offset: Int) {
    if count == 0 || position != lastPosition + 1 { runs.append(Run(event: count, position: position)) }
    lastPosition = position
    if offset - (stretches.last?.offset ?? .min / 2) > Int(UInt32.max) {
      stretches.append(Stretch(event: count, offset: offset))
    }
    offsets.append(UInt32(truncatingIfNeeded: offset - (stretches.last?.offset ?? 0)))
    count += 1
    guard id != 0 else { return }
    if (idCount + 1) * 4 > places.count * 3 { resize(to: places.count * 2) }
    idCount += 1
    put((id >> 32) << 32 | UInt64(count))
  }

  private mutating func put(_ entry: UInt64) {
    var place = Int(truncatingIfNeeded: entry >> shift)
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = entry
  }

  private mutating func resize(to size: Int) {
    let old = places
    places = [UInt64](repeating: 0, count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
    for entry in old where entry != 0 { put(entry) }
  }

  /// Brings what `mayHave` will look at for these events into the processor's cache: one look after another would wait
  /// for memory each time, many that do not depend on each other wait together.
  /// - Returns: something of what was seen, so that it is not left out.
  func look(ahead events: ArraySlice<PlainEvent>) -> UInt64 {
    events.reduce(0) { $0 ^ places[Int(truncatingIfNeeded: $1.id >> shift)] }
  }

  /// Whether some event may have the id of this fingerprint.
  func mayHave(_ id: UInt64) -> Bool {
    var place = Int(truncatingIfNeeded: id >> shift)
    while places[place] != 0 {
      if places[place] >> 32 == id >> 32 { return true }
      place = (place + 1) & (places.count - 1)
    }
    return false
  }

  /// The events that may have the id of this fingerprint, the earliest first.
  func candidates(_ id: UInt64) -> [Int] {
    var found: [Int] = []
    var place = Int(truncatingIfNeeded: id >> shift)
    while places[place] != 0 {
      if places[place] >> 32 == id >> 32 { found.append(Int(places[place] & 0xFFFF_FFFF) - 1) }
      place = (place + 1) & (places.count - 1)
    }
    return found.sorted()
  }

  /// The event at a position; `nil` if there is none.
  func event(at position: Int) -> Int? {
    guard let run = EventRegister.last(of: runs, upTo: { $0.position <= position }) else { return nil }
    let event = runs[run].event + position - runs[run].position
    return event < (run + 1 < runs.count ? runs[run + 1].event : count) ? event : nil
  }

  func position(of event: Int) -> Int {
    guard let run = EventRegister.last(of: runs, upTo: { $0.event <= event }) else { return 0 }
    return runs[run].position + event - runs[run].event
  }

  /// Where the line of an event starts in the file.
  func offset(of event: Int) -> Int {
    let stretch = EventRegister.last(of: stretches, upTo: { $0.event <= event })
    return (stretch.map { stretches[$0].offset } ?? 0) + Int(offsets[event])
  }

  /// The last element of a list that has it; all before have it too.
  private static func last<Element>(of list: [Element], upTo has: (Element) -> Bool) -> Int? {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if has(list[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

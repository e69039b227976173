/// A journal while it is read: what the lines so far say, and what is wrong with them.
///
/// Of the events only sums are kept, and for each its place in the file: one that a later line is about is read again.
/// What is plain is added up as it stands; every other line goes through the strict reader, in its turn.
struct JournalReading {
  private static let mostExpected = 1 << 22
  /// A journal begins with declarations, which are shorter than what follows.
  private static let fewestToExpect = 20_000
  /// So many events at a time, since more would leave the processor's cache before their turn.
  private static let lookedAhead = 64

  private let source: JournalBytes
  /// Only what was known then goes into the figures; what follows from it is another question.
  private let knownAt: KnownAt
  private var reader: LineReader
  /// Of lines by themselves, and of their order.
  private(set) var flaws: [Problem] = []
  /// Of what lines mean after those before them. They are told after all flaws.
  private(set) var problems: [Problem] = []
  private var lineCount = 0
  /// See `look`.
  private var seen: UInt64 = 0
  private var register = EventRegister()
  private var hasReserved = false
  private var declarations = Declarations()
  private var contracts = Contracts()
  private var effects = PlainEffects()
  /// What payments used up of their contracts when they were recorded.
  private var settled: [Int: Money] = [:]
  /// The names of funds that counted up to an event, where some were learned later.
  private var earlierNames: [(before: Int, names: FundNames)] = []
  private(set) var figures = JournalFigures()
  /// The last event, if it states a hash: where its line starts in the stretch at hand, and where the hash stands,
  /// unless `OrderCheck` has it already.
  private var hashed: (line: Int, text: Int?)?

  init(_ source: JournalBytes, knownAt: KnownAt) {
    self.source = source
    self.knownAt = knownAt
    reader = LineReader(name: source.name, fundNames: FundNames())
  }

  /// Takes in the lines of the next stretch.
  /// - Parameter part: who read them.
  mutating func take(_ lines: borrowing JournalLines, of part: inout ChunkReader) throws {
    reserve(lines)
    var nextAhead = 0
    for index in lines.events.indices {
      if index.isMultiple(of: JournalReading.lookedAhead) {
        look(ahead: lines.events[index...].prefix(JournalReading.lookedAhead), part.effects)
      }
      let event = lines.events[index]
      var ahead: Int?
      if nextAhead < lines.ahead.count, lines.ahead[nextAhead].event == index {
        // What it says rests on the names of funds: with more of them it is read again.
        if reader.namesLearned == 0 { ahead = nextAhead }
        nextAhead += 1
      }
      if event.key != PlainEvent.strict, try takePlain(event, lines, &part, ahead) { continue }
      keepHash(lines.chunk)
      try takeStrict(event, lines, ahead)
    }
    keepHash(lines.chunk)
    hashed = nil
    lineCount += lines.count
  }

  /// Makes room for as many events as those so far let expect; if that is wrong, the room grows, or some is left.
  private mutating func reserve(_ lines: borrowing JournalLines) {
    guard !hasReserved, register.count >= JournalReading.fewestToExpect else { return }
    hasReserved = true
    let lineSize = max(1, lines.chunk.offset / register.count)
    let expected = source.count / lineSize / 16 * 17
    register.reserve(min(expected, JournalReading.mostExpected))
  }

  /// Brings what plain events will ask for into the processor's cache; see `EventRegister.look`.
  /// - Parameter effects: the numbers of a reader's keys, as far as asked.
  private mutating func look(ahead events: ArraySlice<PlainEvent>, _ effects: [UInt32]) {
    seen ^= register.look(ahead: events)
    for event in events where event.key < effects.count { seen ^= self.effects.look(effects[Int(event.key)]) }
    for event in events where event.key < effects.count {
      if let lane = self.effects.lane(effects[Int(event.key)]) { seen ^= figures.sums.look(lane) }
    }
  }

  /// All lines have been taken.
  mutating func finish() {
    figures.unlinkedHashes = reader.order.unlinked
    if case .everything = knownAt { figures.declarations = declarations }
    figures.finish()
  }

  /// Before the bytes are gone, or a strict line asks for it.
  private mutating func keepHash(_ chunk: borrowing JournalChunk) {
    guard let place = hashed?.text else { return }
    reader.order.hash = ChainHash(hexadecimal: String(decoding: chunk.text(place..<place + 64), as: UTF8.self))
    hashed?.text = nil
  }

  private func includes(_ position: Int, _ recorded: Instant?) -> Bool {
    switch knownAt {
    case .everything: true
    case .time(let time): recorded.map { $0 <= time } ?? false
    case .position(let last): position <= last
    }
  }
}

// MARK: - Plain lines

extension JournalReading {
  private var revision: PlainSample.Revision { PlainSample.Revision(declarations, reader) }

  /// - Parameter ahead: the place among `lines.ahead` of the line as read strictly, if it has been.
  /// - Returns: `false` if the strict reader must take it; nothing has changed then.
  private mutating func takePlain(
    _ event: PlainEvent, _ lines: borrowing JournalLines, _ part: inout ChunkReader, _ ahead: Int?
  ) throws -> Bool {
    let key = number(of: event.key, &part)
    var found = effects.finding(key, on: event.date, revision: revision)
    if case .unknown = found {
      let line = ahead.map { lines.ahead[$0].line } ?? strictly(event, lines)
      found = effect(of: line).map(PlainEffects.Finding.effect) ?? .strict
      effects.keep(found, of: key, revision: revision)
    }
    let follows = event.follows >= 0 && hashed?.line == event.follows
    guard case .effect(let effect) = found,
      let position = reader.order.position(ofPlain: event, follows: follows)
    else { return false }
    if event.id != 0, register.mayHave(event.id), try isTaken(event, lines) { return false }
    if event.of >= 0, try !isOfPayment(event, effect, lines, &part) { return false }
    reader.order.pass(event, at: position)
    hashed = event.hash >= 0 ? (event.start, event.hash) : nil
    register.add(position: position, id: event.id, offset: lines.chunk.offset + event.start)
    let time = event.recorded == PlainEvent.noTime ? nil : Instant(milliseconds: event.recorded)
    figures.saw(year: effect.year, hasTime: time != nil)
    if includes(position, time) { figures.add(event.size, to: effect.lane, on: event.date, position: position) }
    return true
  }

  private mutating func number(of key: UInt32, _ part: inout ChunkReader) -> UInt32 {
    while part.effects.count <= Int(key) {
      part.effects.append(effects.number(ofKey: part.effects.count, in: part.keys))
    }
    return part.effects[Int(key)]
  }

  /// What the completion makes of an event, if that holds for every event of its key.
  private mutating func effect(of line: ReadLine) -> PlainEffects.Effect? {
    guard let sample = PlainSample(line, declarations) else { return nil }
    return PlainEffects.Effect(
      lane: figures.sums.lane(of: sample.line, sample.change), year: sample.line.year, days: sample.days)
  }

  private func strictly(_ event: PlainEvent, _ lines: borrowing JournalLines) -> ReadLine {
    ReadLine(lines.text(of: event), fundNames: reader.fundNames, isPlain: true)
  }

  /// Whether an earlier event has the very id of this one, and not only its fingerprint.
  private func isTaken(_ event: PlainEvent, _ lines: borrowing JournalLines) throws -> Bool {
    guard let id = lines.id(of: event) else { return true }
    return try position(ofID: id) != nil
  }

  /// Whether a plain refund is about a payment of its unit and year, beyond doubt.
  ///
  /// It changes nothing here, but is not called on a copy of all that is known, as one that says so may be.
  private mutating func isOfPayment(
    _ refund: PlainEvent, _ effect: PlainEffects.Effect, _ lines: borrowing JournalLines, _ part: inout ChunkReader
  ) throws -> Bool {
    guard let bytes = UnsafeRawPointer(lines.chunk.bytes.baseAddress) else { return false }
    let id = PlainLine.text(bytes, at: refund.of)
    let found = register.candidates(PlainEventReader.fingerprint(of: bytes, id))
    guard found.count == 1 else { return false }
    return try part.payments.has(
      UnsafeRawBufferPointer(start: bytes + id.lowerBound, count: id.count),
      unit: figures.sums.line(ofLane: effect.lane).unit, year: effect.year, at: register.offset(of: found[0]),
      in: source)
  }
}

// MARK: - Every other line

extension JournalReading {
  private mutating func takeStrict(
    _ place: PlainEvent, _ lines: borrowing JournalLines, _ ahead: Int?
  ) throws {
    let line = lines.text(of: place)
    let number = lineCount + place.line + 1
    if let size = lines.cutSize(of: place) {
      flaws.append(reader.placed(LineReader.tooLarge(size), line, number))
      return
    }
    let (names, learned) = (reader.fundNames, reader.namesLearned)
    let read = ahead.map { lines.ahead[$0].line } ?? ReadLine(line, fundNames: reader.fundNames)
    let outcome = reader.take(read, line, number: number)
    flaws += outcome.problems
    if reader.namesLearned != learned { earlierNames.append((register.count, names)) }
    guard let (stated, position) = outcome.stated else { return }
    hashed = stated.hash.map { _ in (place.start, nil) }
    let found = try add(stated, at: position, offset: lines.chunk.offset + place.start)
    problems += reader.located(found, in: line, number: number)
  }

  /// See `History.add`, which keeps the events.
  private mutating func add(_ stated: StatedEvent, at position: Int, offset: Int) throws -> [FieldProblem] {
    let fingerprint = stated.event.id.map(PlainEventReader.fingerprint) ?? 0
    if let id = stated.event.id, let earlier = try self.position(ofID: id) {
      guard let known = try recordedEvent(at: earlier),
        try !known.hasContent(of: stated.event, declarations: declarations, lookup: self)
      else { return [] }
      return [FieldProblem(.idTaken, .id, value: id, expected: .expectedFreshID(takenBy: earlier))]
    }
    let outcome = try Intake(declarations: declarations).take(stated.event, lookup: self)
    let recorded = RecordedEvent(
      position: position, event: outcome.event, hash: stated.hash, ofPosition: outcome.target?.position)
    declarations.apply(recorded)
    register.add(position: position, id: fingerprint, offset: offset)
    if case .amount(let used)? = recorded.event.details[.settled] { settled[position] = used }
    let postings = contracts.postings(of: recorded, target: outcome.target)
    let event = recorded.event
    figures.saw(year: event.isMoney ? event.year : nil, hasTime: event.recorded != nil)
    if includes(position, event.recorded) {
      if case .everything = knownAt {} else { figures.declarations.apply(recorded) }
      figures.add(postings, on: event.date, position: position)
    }
    return outcome.problems
  }
}

// MARK: - Earlier events

extension JournalReading: EventLookup {
  func recordedEvent(at position: Int) throws -> RecordedEvent? {
    try EarlierEvents(reading: self, limit: .max).recordedEvent(at: position)
  }

  func position(ofID id: String) throws -> Int? {
    try EarlierEvents(reading: self, limit: .max).position(ofID: id)
  }

  func recordedEvent(ofID id: String) throws -> RecordedEvent? {
    try EarlierEvents(reading: self, limit: .max).recordedEvent(ofID: id)
  }

  func outstanding(under contract: ContractKey) throws -> Fen { contracts[contract]?.outstanding ?? 0 }

  /// The events before a position, read again.
  ///
  /// An event is completed as it was when it was read: with what was declared by then, and knowing only what came
  /// before it.
  private struct EarlierEvents: EventLookup {
    let reading: JournalReading
    /// The first position that is not known here.
    let limit: Int

    func recordedEvent(at position: Int) throws -> RecordedEvent? {
      guard position < limit, let index = reading.register.event(at: position),
        let stated = try stated(index)
      else { return nil }
      return try completed(stated, at: position)
    }

    func position(ofID id: String) throws -> Int? { try find(id)?.position }

    func recordedEvent(ofID id: String) throws -> RecordedEvent? {
      try find(id).map { try completed($0.stated, at: $0.position) }
    }

    private func completed(_ stated: StatedEvent, at position: Int) throws -> RecordedEvent {
      var event = stated.event
      if let used = reading.settled[position] { event.details[.settled] = .amount(used) }
      let outcome = try Intake(declarations: reading.declarations.before(position)).take(
        event, lookup: EarlierEvents(reading: reading, limit: position))
      return RecordedEvent(
        position: position, event: outcome.event, hash: stated.hash, ofPosition: outcome.target?.position)
    }

    private func find(_ id: String) throws -> (stated: StatedEvent, position: Int)? {
      for index in reading.register.candidates(PlainEventReader.fingerprint(of: id)) {
        let position = reading.register.position(of: index)
        guard position < limit else { return nil }
        if let stated = try stated(index), let known = stated.event.id, ExactText(known) == ExactText(id) {
          return (stated, position)
        }
      }
      return nil
    }

    func outstanding(under contract: ContractKey) throws -> Fen { try reading.outstanding(under: contract) }

    private func stated(_ index: Int) throws -> StatedEvent? {
      let line = try reading.source.line(at: reading.register.offset(of: index))
      let names = reading.earlierNames.first { index < $0.before }?.names ?? reading.reader.fundNames
      return line.withUnsafeBufferPointer { ReadLine($0, fundNames: names).stated }
    }
  }
}

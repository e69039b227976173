import Foundation
import Testing

@testable import Ledger

/// Events whose projections wait: whoever reads counts them, whoever goes on takes them in, and what is written in the
/// end is the same. A failure names its seed.
@Suite struct TailProperties {
  /// One batch after another, by a book that stays open, is closed, is lost without being closed, or shares its file with
  /// another one.
  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func aTailIsReadAndTakenIn(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 49_157)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 10...90, using: &random))
    let folder = try TemporaryFolder()
    let runs = PositionRuns(
      length: Int.random(in: 5...60, using: &random), mostInTail: Int.random(in: 1...30, using: &random))
    var books = [try Book.create(at: folder.path("a.book"))]
    books[0].runs = runs
    var rest = lines[...]
    var time: Int64 = 1_700_000_000_000
    while !rest.isEmpty {
      let count = random.chance(percent: 80) ? 1 : Int.random(in: 1...8, using: &random)
      time += 1
      // What points to an earlier line of the file by its number finds none in a file of its own, and is refused.
      let (book, isPlain) = (random.pick(books), random.chance(percent: 50))
      _ = try? TailProperties.record(Array(rest.prefix(count)), into: book, at: time, isPlain: isPlain)
      rest = rest.dropFirst(count)
      switch Int.random(in: 0...19, using: &random) {
      case 0: try books.removeFirst().close()
      case 1: books.removeFirst()
      case 2 where books.count < 3: books.append(try TailProperties.open(folder, runs))
      case 3...6: try TailProperties.check(try TailProperties.open(folder, runs), "seed \(seed)", using: &random)
      case 7...9: try TailProperties.check(random.pick(books), "seed \(seed)", using: &random)
      default: break
      }
      if books.isEmpty { books.append(try TailProperties.open(folder, runs)) }
    }
    try TailProperties.check(books[0], "seed \(seed)", using: &random)
    for book in books { try book.close() }
    let book = try TailProperties.open(folder, runs)
    #expect(try book.verify().findings == [], "seed \(seed), closed")
    try book.rebuildProjections()
    #expect(try book.verify().findings == [], "seed \(seed), rebuilt")
  }

  /// - Parameter isPlain: whether plain lines go the short way.
  private static func record(_ lines: [String], into book: Book, at time: Int64, isPlain: Bool) throws {
    guard isPlain else { return _ = try book.importing(lines, at: time) }
    let options = RecordingOptions(
      ids: .derived, origin: .now(Instant(milliseconds: time)), expectedPosition: nil, dryRun: false, tellsEach: false)
    let text = Data(lines.joined(separator: "\n").utf8)
    _ = try book.record(JournalBytes(text: text, name: "import"), options: options)
  }

  private static func open(_ folder: TemporaryFolder, _ runs: PositionRuns) throws -> Book {
    let book = try Book.open(at: folder.path("a.book"), for: .write)
    book.runs = runs
    return book
  }

  private static func check(_ book: Book, _ note: String, using random: inout SeededRandom) throws {
    #expect(try book.verify().findings == [], "\(note)")
    let source = LedgerSource.book(book)
    let end = try source.state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false).position
    for known in [KnownAt.everything, .position(Int.random(in: 0...end, using: &random))] {
      let day = Day(year: 2021, month: Int.random(in: 1...12, using: &random), day: 28) ?? .last
      for asOf in [Day.last, day] {
        let horizon = Horizon(asOf: asOf, knownAt: known)
        let folded = try source.foldedState(at: horizon)
        try source.state(at: horizon, byMonth: false).expectSame(as: folded, "\(note), \(horizon)")
      }
    }
  }

  // MARK: One case by hand

  private static let budget = [
    #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"示例单位"}"#,
    #"{"type":"appropriation","date":"2021-01-02","id":"a","fund":"111","function":"2130599","amount":"100.00"}"#,
    #"{"type":"disbursement","date":"2021-01-03","id":"p0","fund":"111","function":"2130599","amount":"1.00"}"#,
  ]

  private static func payment(_ number: Int, _ amount: String) -> [String] {
    let id = "p\(number)"
    return [
      #"{"type":"disbursement","date":"2021-02-03","id":"\#(id)","fund":"111","function":"2130599","amount":"\#(amount)"}"#
    ]
  }

  /// A book in which three payments wait.
  private static func bookWithTail(in folder: TemporaryFolder) throws -> Book {
    let book = try Book.create(at: folder.path("a.book"))
    _ = try book.importing(budget, at: 1)
    for number in 1...3 { _ = try book.importing(payment(number, "10.00"), at: 2) }
    return book
  }

  private static func waiting(_ book: Book) throws -> Int {
    try book.read { try $0.head.position - $0.projectedPosition() }
  }

  private static func disbursed(_ book: Book) throws -> Int64 {
    try LedgerSource.book(book).state(at: Horizon(asOf: .last, knownAt: .everything), byMonth: false).lines
      .reduce(0) { $0 + $1.sums[.disbursed] }
  }

  @Test func paymentsOneByOneWait() throws {
    let folder = try TemporaryFolder()
    let book = try Book.create(at: folder.path("a.book"))
    _ = try book.importing(TailProperties.budget, at: 1)
    #expect(try TailProperties.waiting(book) == 0, "a batch alone leaves nothing")
    for number in 1...5 { _ = try book.importing(TailProperties.payment(number, "10.00"), at: 2) }
    #expect(try TailProperties.waiting(book) == 5)
    #expect(try TailProperties.disbursed(book) == 5_100)

    // Lost without being closed: the next program counts what waits, and control knows of it.
    let other = try Book.open(at: folder.path("a.book"), for: .write)
    #expect(try TailProperties.disbursed(other) == 5_100)
    #expect(throws: Problems.self) { try other.importing(TailProperties.payment(6, "49.01"), at: 3) }
    #expect(try TailProperties.waiting(other) == 5)
    _ = try other.importing(TailProperties.payment(7, "49.00"), at: 3)
    #expect(try TailProperties.waiting(other) == 0)
    #expect(try other.verify().findings == [])

    // Who had them waiting has been overtaken, and does not write them again.
    try book.close()
    #expect(try other.verify().findings == [])
    #expect(try TailProperties.disbursed(other) == 10_000)
  }

  /// To make the projections again takes the tail in, and whoever had it waiting does not write it once more.
  @Test func rebuildingEndsTheTail() throws {
    let folder = try TemporaryFolder()
    let book = try TailProperties.bookWithTail(in: folder)
    try book.rebuildProjections()
    #expect(try TailProperties.waiting(book) == 0)
    _ = try book.importing(TailProperties.payment(4, "10.00"), at: 3)
    #expect(try TailProperties.disbursed(book) == 4_100)
    try book.close()
    let again = try Book.open(at: folder.path("a.book"), for: .read)
    #expect(try TailProperties.disbursed(again) == 4_100)
    #expect(try again.verify().findings == [])
  }

  @Test func closingEndsTheTail() throws {
    let folder = try TemporaryFolder()
    let book = try TailProperties.bookWithTail(in: folder)
    try book.close()
    let again = try Book.open(at: folder.path("a.book"), for: .read)
    #expect(try TailProperties.waiting(again) == 0)
    #expect(try again.verify().findings == [])
  }

  /// No more wait than a reader adds up unnoticed, and none across the end of a run, which is at the ninth payment.
  @Test func aTailIsShort() throws {
    let folder = try TemporaryFolder()
    let book = try Book.create(at: folder.path("a.book"))
    book.runs = PositionRuns(length: 12, mostInTail: 4)
    _ = try book.importing(TailProperties.budget, at: 1)
    var found: [Int] = []
    for number in 1...20 {
      _ = try book.importing(TailProperties.payment(number, "1.00"), at: 2)
      found.append(try TailProperties.waiting(book))
    }
    #expect(found == [1, 2, 3, 4, 0, 1, 2, 3, 0, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0])
    #expect(try book.verify().findings == [])
  }

  /// A book cannot lose the row of a run and pass for one with a tail.
  @Test func aMissingRunIsNoTail() throws {
    let folder = try TemporaryFolder()
    let book = try Book.create(at: folder.path("a.book"))
    book.runs = PositionRuns(length: 4)
    _ = try book.importing(TailProperties.budget, at: 1)
    for number in 1...5 { _ = try book.importing(TailProperties.payment(number, "1.00"), at: 2) }
    try book.queue.inDatabase { try $0.execute(sql: "DELETE FROM runs WHERE run = 1") }
    #expect(throws: Problems.self) { try TailProperties.disbursed(book) }
    #expect(try !book.verify().findings.isEmpty)
  }
}

import Foundation
import Ledger
import Testing

/// Reading a journal fast and reading it strictly are one: the same problems, or the same figures.
@Suite struct FastReadingTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyJournalOfTheRepository() throws {
    let folder = FastReadingTests.root.appending(path: "Journal")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "jsonl" }
    #expect(!files.isEmpty)
    for file in files { expectSame(try Data(contentsOf: file), file.lastPathComponent) }
  }

  /// As written, and as exported with and without what the book adds, with all keys shuffled.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func randomHistories(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 6_151)
    let lines = RandomHistory.journal(seed: seed, events: Int.random(in: 0...150, using: &random))
    expectSame(lines, "seed \(seed)")
    let folder = try TemporaryFolder()
    let exported = try folder.exportedLines(folder.book(recording: lines))
    expectSame(exported, "seed \(seed), exported")
    let unhashed = exported.map { $0.replacing(/"hash":"[^"]*",/, with: "") }
    expectSame(unhashed, "seed \(seed), without hashes")
    expectSame(
      unhashed.map { $0.replacing(/"position":[0-9]+,/, with: "") }, "seed \(seed), without positions")
    expectSame(
      unhashed.map { $0.replacing(/"recorded":"[^"]*",/, with: "") }.map { JournalText.shuffled($0, using: &random) },
      "seed \(seed), shuffled")
    // A part of a book: positions have gaps, references lead nowhere.
    expectSame(exported.filter { _ in random.chance(percent: 80) }, "seed \(seed), a part")
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>)
  func whereverTheChunksEnd(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 12_289)
    let lines = RandomHistory.journal(seed: seed, events: 40)
    var text = lines.joined(separator: random.pick(["\n", "\n\n", " \r\n"]))
    if random.chance(percent: 50) { text += random.pick(["\n", "\n\n", "\n "]) }
    for size in [1, 2, 3, 7, 200, 1_000, Int.random(in: 4...20_000, using: &random)] {
      var options = JournalReadingOptions()
      options.chunkSize = size
      options.readers = random.pick([1, 2, 3])
      expectSame(Data(text.utf8), "seed \(seed), chunks of \(size)", options)
    }
  }

  @Test func theSamePathReadStrictly() throws {
    var options = JournalReadingOptions()
    options.isStrict = true
    for seed in 1...20 as ClosedRange<UInt64> {
      expectSame(
        Data(RandomHistory.journal(seed: seed, events: 120).joined(separator: "\n").utf8), "seed \(seed)", options)
    }
  }

  // MARK: Flawed journals

  private static let sample = [
    #"{"type":"unit","date":"2021-01-01","id":"u","unit":"001","name":"示例单位"}"#,
    #"{"type":"project","date":"2021-01-01","project":"PX","name":"培训","nature":"targeted"}"#,
    #"{"type":"appropriation","date":"2021-01-02","id":"a-1","fund":"111","function":"2130599","amount":"900.00"}"#,
    #"{"type":"disbursement","date":"2021-02-03","id":"p-1","recorded":"2021-02-03T08:30:00.000Z","#
      + #""unit":"001","year":2021,"fund":"111","project":"PX","amount":"12.50","payee":"某某é𠀀","memo":"茶"}"#,
    #"{"type":"refund","date":"2021-02-04","of":"p-1","fund":"111","project":"PX","amount":"1"}"#,
    #"{"type":"reversal","date":"2021-02-05","of":3}"#,
    #"{"type":"disbursement","date":"2021-03-03","id":"p-2","fund":"111","project":"PX","amount":"2","position":9}"#,
  ]

  /// Bytes of a few lines deleted, doubled, changed, or something that is not UTF-8 put before them.
  @Test func everyByteOfALineChanged() {
    for line in FastReadingTests.sample.indices {
      let bytes = Array(FastReadingTests.sample[line].utf8)
      for place in bytes.indices {
        for change in 0..<9 where (place + change + line) % 4 == 0 {
          var changed = bytes
          switch change {
          case 0: changed.remove(at: place)
          case 1: changed.insert(bytes[place], at: place)
          case 2: changed[place] = UInt8(ascii: "0")
          case 3: changed[place] = UInt8(ascii: "\"")
          case 4: changed[place] = UInt8(ascii: " ")
          case 5: changed[place] ^= 1
          case 6: changed[place] = 0xED
          case 7: changed.insert(0xC0, at: place)
          default: changed.insert(contentsOf: [0xF4, 0x90, 0x80, 0x80], at: place)
          }
          expectSame(changed, at: line, "line \(line + 1), byte \(place), change \(change)")
        }
      }
    }
  }

  private func expectSame(_ changed: [UInt8], at line: Int, _ what: String) {
    var lines = FastReadingTests.sample.map { Array($0.utf8) }
    lines[line] = changed
    expectSame(Data(lines.joined(separator: [0x0A])), what, at: Array(JournalText.horizons.prefix(1)))
  }

  /// Fields doubled, left out, with the value of another, and with values of every kind.
  @Test func everyFieldOfALineChanged() throws {
    let values = [
      "null", "true", #""""#, "1", "-1", "01", "1.5", "1e3", "12345678901234567890", "[]", "{}", #""x""#, #""-5.00""#,
      #""0""#, #""-0""#, #""007""#, #""1.234""#, #""1,234.50元""#, #""99999999999999999999""#, #""一般公共预算""#,
      #""2021-02-30""#, #""a\u0041""#, #""\u0000""#, #""2021-02-03T08:30:00Z""#, "2020", "2022", #""2020""#,
      #""\#(String(repeating: "x", count: 65))""#, #""\#(String(repeating: "长", count: 300))""#,
    ]
    for line in FastReadingTests.sample.indices {
      let members = JournalText.members(of: FastReadingTests.sample[line])
      for index in members.indices {
        for (number, name) in (Field.allCases.map(\.rawValue) + ["colour", ""]).enumerated()
        where (number + index) % 3 == 0 {
          var changed = members
          changed[index].name = name
          expectSame(Array(JournalText.object(changed).utf8), at: line, "line \(line + 1), field \(index) as \(name)")
        }
        for value in values {
          var changed = members
          changed[index].json = value
          expectSame(Array(JournalText.object(changed).utf8), at: line, "line \(line + 1), field \(index): \(value)")
        }
      }
    }
  }

  /// Lines of histories left out, doubled, moved and changed a little, several at once.
  @Test(arguments: 1...120 as ClosedRange<UInt64>)
  func historiesWithFlaws(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 24_593)
    var lines = RandomHistory.journal(seed: seed, events: 60)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: lines.indices, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: lines.remove(at: place)
      case 1: lines.insert(lines[place], at: Int.random(in: lines.indices, using: &random))
      case 2: lines.swapAt(place, Int.random(in: lines.indices, using: &random))
      case 3: lines[place] = lines[place].replacing(#""type":"#, with: #""id":"same","type":"#)
      case 4: lines[place] = lines[place].replacing("111", with: random.pick(["112", "11", "999", "1"]))
      case 5: lines[place] = JournalText.shuffled(lines[place], using: &random)
      default:
        let names = [#"{"type":"code","date":"2020-01-01","scheme":"fund","code":"121","name":"一般公共预算"}"#]
        lines.insert(random.pick(names), at: place)
      }
    }
    expectSame(lines, "seed \(seed)")
  }

  /// Exported lines left out, doubled, moved, unhashed and changed in one character.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func exportsWithFlaws(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 49_157)
    let folder = try TemporaryFolder()
    var lines = try folder.exportedLines(folder.book(recording: RandomHistory.journal(seed: seed, events: 60)))
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: lines.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: lines.remove(at: place)
      case 1: lines.insert(lines[place], at: Int.random(in: lines.indices, using: &random))
      case 2: lines.swapAt(place, Int.random(in: lines.indices, using: &random))
      case 3: lines[place] = lines[place].replacing(/"hash":"[^"]*",/, with: "")
      case 4: lines[place] = lines[place].replacing(/.00"/, with: #".0""#)
      default:
        var characters = Array(lines[place])
        let changed = Int.random(in: characters.indices, using: &random)
        characters[changed] = characters[changed] == "1" ? "2" : "1"
        lines[place] = String(characters)
      }
    }
    expectSame(lines, "seed \(seed)")
  }

  /// The same id with the same content adds nothing, with other content it is refused, however far apart.
  @Test func idsAreTakenOnce() {
    let unit = FastReadingTests.sample[0]
    let paid = (0..<400).map { index in
      #"{"type":"receipt","date":"2021-02-03","id":"r-\#(index % 390)","fund":"111","amount":"\#(index % 395 + 1)"}"#
    }
    expectSame([unit] + paid, "ids")
    expectSame([unit] + paid.prefix(390) + paid.prefix(5), "ids with the same content")
  }

  /// A sum that leaves Int64 is told at the event that does it.
  @Test func sumsThatOverflow() {
    let large = #"{"type":"receipt","date":"2021-02-03","fund":"111","amount":"90000000000000000"}"#
    let back = #"{"type":"receipt","date":"2021-02-04","fund":"111","amount":"-90000000000000000"}"#
    for lines in [[large, large], [large, back, large], [large, back, large, large, back]] {
      expectSame([FastReadingTests.sample[0]] + lines, "overflow")
    }
  }

  @Test func aLineTooLargeIsToldWithItsSize() {
    let large = #"{"type":"receipt","memo":""# + String(repeating: "长", count: 30 << 20) + #""}"#
    expectSame([FastReadingTests.sample[0], large, FastReadingTests.sample[2]], "too large")
  }

  // MARK: Comparing

  private func expectSame(_ lines: [String], _ what: String) {
    expectSame(Data(lines.joined(separator: "\n").utf8), what)
  }

  private func expectSame(
    _ text: Data, _ what: String, _ options: JournalReadingOptions? = nil,
    at horizons: [Horizon] = JournalText.horizons
  ) {
    var usual = JournalReadingOptions()
    usual.chunkSize = 4_096
    let fast = Result {
      try JournalText.said(
        by: Journal(JournalBytes(text: text, name: "a.jsonl"), options: options ?? usual), at: horizons)
    }
    let strict = Result {
      try JournalText.said(by: History(JournalFile(text: text, name: "a.jsonl")), at: horizons)
    }
    switch (fast, strict) {
    case (.success(let fast), .success(let strict)): #expect(fast == strict, "\(what)")
    case (.failure(let fast as Problems), .failure(let strict as Problems)):
      #expect(fast.list == strict.list, "\(what)")
    case (let fast, let strict): Issue.record("\(what): fast \(fast), strict \(strict)")
    }
  }
}

import Foundation
import Testing

/// Two processes that record at once: control holds between them as it does within one.
@Suite struct RaceTests {
  private static let rounds = 200

  /// A project a round with 100 yuan left, which two payments of 100 yuan want at the same moment.
  @Test func oneOfTwoPaymentsAgainstTheLastMoneyIsRecorded() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "race-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rounds = 1...RaceTests.rounds
    let projects = rounds.map { round in
      #"{"type":"project","date":"2021-01-01","project":"P\#(round)","name":"第\#(round)项","nature":"targeted"}"#
    }
    let budgets = rounds.map { round in
      #"{"type":"appropriation","date":"2021-01-10","fund":"111","project":"P\#(round)","amount":"100元"}"#
    }
    try (projects + budgets).joined(separator: "\n").write(
      to: folder.appending(path: "setup.jsonl"), atomically: true, encoding: .utf8)
    #expect(
      try RaceTests.run(["init", "a.book", "--unit", "001", "--name", "示例单位", "--date", "2021-01-01"], in: folder) == 0)
    #expect(try RaceTests.run(["import", "setup.jsonl", "-f", "a.book"], in: folder) == 0)

    for round in rounds {
      var arguments = [
        "record", "disbursement", "-f", "a.book", "--date", "2021-03-01", "--fund", "111", "--project", "P\(round)",
        "--amount", "100元",
      ]
      // Every second round states the position too: the slower process is then refused for either reason.
      if round.isMultiple(of: 2) { arguments += ["--expected-position", String(1 + 2 * RaceTests.rounds + round - 1)] }
      let both = try [RaceTests.start(arguments, in: folder), RaceTests.start(arguments, in: folder)]
      let codes = both.map { process in
        process.waitUntilExit()
        return process.terminationStatus
      }.sorted()
      #expect(codes[0] == 0 && [2, 3].contains(codes[1]), "round \(round): exit codes \(codes)")
    }
    #expect(try RaceTests.run(["verify", "-f", "a.book"], in: folder) == 0)
    let left = try RaceTests.output(["balance", "-f", "a.book", "--by", "", "-O", "json"], in: folder)
    #expect(left.contains(#""disbursed":"20000.00""#) && left.contains(#""available":"0.00""#))
  }

  private static func start(
    _ arguments: [String], in folder: URL, output: FileHandle = .nullDevice
  ) throws -> Process {
    let process = Process()
    process.executableURL = Project.tool
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path, "LC_ALL": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private static func run(_ arguments: [String], in folder: URL) throws -> Int32 {
    let process = try start(arguments, in: folder)
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static func output(_ arguments: [String], in folder: URL) throws -> String {
    let file = folder.appending(path: "output")
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    try start(arguments, in: folder, output: handle).waitUntilExit()
    try handle.close()
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

import Foundation
import Glibc

/// What the figures were measured on.
enum Machine {
  /// Name and value, in the order of the report.
  static func facts(_ workspace: Workspace) -> [(String, String)] {
    [
      ("date", Date().formatted(.iso8601.year().month().day())),
      ("processor", line(of: "/proc/cpuinfo", "model name") ?? "unknown"),
      ("cores", String(ProcessInfo.processInfo.activeProcessorCount)),
      ("memory", "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB"),
      ("kernel", text(of: "/proc/sys/kernel/osrelease") ?? "unknown"),
      ("file system of the data", fileSystem(workspace) ?? "unknown"),
      ("fsync after 4 KiB, median of 200", fsyncTime(workspace) ?? "unknown"),
      ("SQLite", sqlite(workspace) ?? "unknown"),
      ("least peak memory that can be told", leastPeak(workspace) ?? "unknown"),
    ]
  }

  private static func text(of path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func line(of path: String, _ name: String) -> String? {
    text(of: path)?.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: ":").last
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func fileSystem(_ workspace: Workspace) -> String? {
    guard let run = try? workspace.run("stat", ["--file-system", "--format=%T", workspace.folder]) else { return nil }
    return String(decoding: run.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func sqlite(_ workspace: Workspace) -> String? {
    struct Version: Decodable { let sqlite: String }
    return try? workspace.measured(Version.self, "sqlite-scan", ["--version"]).result.sqlite
  }

  /// What is counted of a program that needs nothing, see `ProcessRun.peakBytes`.
  private static func leastPeak(_ workspace: Workspace) -> String? {
    (try? workspace.run("true", [])).map { Figure.megabytes(Double($0.peakBytes)) }
  }

  /// How long the disk takes to keep a little: what every durable commit waits for at the least.
  private static func fsyncTime(_ workspace: Workspace) -> String? {
    let path = workspace.path("fsync.probe")
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { return nil }
    defer {
      close(file)
      unlink(path)
    }
    let page = [UInt8](repeating: 1, count: 4_096)
    let times = (0..<200).map { _ in
      ContinuousClock().measure {
        _ = write(file, page, page.count)
        fsync(file)
      }.seconds * 1_000
    }
    return "\(Statistics(times).median.formatted(.number.precision(.fractionLength(3)))) ms"
  }
}

import Foundation
import Glibc

/// A program that was run to its end.
struct ProcessRun {
  /// From before it was started until it was gone.
  let seconds: Double
  /// The most memory it had resident. Linux counts what the starting process had at that moment, so that one is kept
  /// small: whatever needs memory runs in a process of its own.
  let peakBytes: Int
  let output: Data

  /// Runs a program and waits for it.
  ///
  /// - Parameters:
  ///   - program: a path, or a name to be looked up in `PATH`.
  ///   - folder: where what it prints is kept meanwhile.
  /// - Throws: `ProcessFailure` where it does not run or ends with another code than 0.
  static func run(_ program: String, _ arguments: [String], folder: String) throws -> ProcessRun {
    let outputPath = folder + "/output.txt"
    let errorPath = folder + "/errors.txt"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o644)
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var process: pid_t = 0
    var usage = rusage()
    var status: Int32 = 0
    var spawned: Int32 = 0
    let duration = ContinuousClock().measure {
      withStrings([program] + arguments) { arguments in
        withStrings(environment) { environment in
          spawned = posix_spawnp(&process, program, &actions, nil, arguments, environment)
        }
      }
      if spawned == 0 { while wait4(process, &status, 0, &usage) < 0, errno == EINTR {} }
    }
    guard spawned == 0 else { throw ProcessFailure(program: program, reason: String(cString: strerror(spawned))) }
    guard status == 0 else {
      let text = (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? ""
      let reason = text.isEmpty ? "ended with status \(status)" : String(text.prefix(300))
      throw ProcessFailure(program: program, reason: reason)
    }
    return ProcessRun(
      seconds: duration.seconds, peakBytes: usage.ru_maxrss * 1_024,
      output: try Data(contentsOf: URL(fileURLWithPath: outputPath)))
  }

  private static func withStrings(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void) {
    let copies = texts.map { strdup($0) }
    body(copies + [nil])
    for copy in copies { free(copy) }
  }
}

/// A program that could not be run, or failed.
struct ProcessFailure: Error, CustomStringConvertible {
  let program: String
  let reason: String

  var description: String {
    let line = reason.split(separator: "\n").joined(separator: " ")
    return "\(program.split(separator: "/").last ?? ""): \(line)"
  }
}

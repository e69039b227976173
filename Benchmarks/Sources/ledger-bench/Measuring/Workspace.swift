import Foundation
import Glibc

/// The folder in which a run keeps its data, and the programs it runs.
struct Workspace {
  let folder: String
  let ledgerctl: String
  /// Scripts of peers.
  let scripts: String
  /// Where this program and the C programs beside it are.
  private let programs: String

  /// - Parameter project: the root of the checkout.
  init(folder: String, project: String) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    self.folder = URL(fileURLWithPath: folder).path
    let root = URL(fileURLWithPath: project)
    ledgerctl = root.appending(path: ".build/release/ledgerctl").path
    scripts = root.appending(path: "Benchmarks/Peers").path
    programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    for program in [ledgerctl, self.program("sqlite-scan"), self.program("sqlite-insert")]
    where !files.isExecutableFile(atPath: program) {
      throw ProcessFailure(program: program, reason: "is not there; `make bench` builds it")
    }
  }

  func path(_ name: String) -> String { folder + "/" + name }

  private func program(_ name: String) -> String { programs + "/" + name }

  func run(_ program: String, _ arguments: [String]) throws -> ProcessRun {
    try ProcessRun.run(program, arguments, folder: folder)
  }

  /// Runs a program of this package and reads the line it prints.
  func measured<Result: Decodable>(
    _ type: Result.Type, _ name: String, _ arguments: [String]
  ) throws -> (result: Result, run: ProcessRun) {
    let run = try run(program(name), arguments)
    return (try JSONLine.read(type, from: run.output), run)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Removes a book with its write-ahead log, or any file.
  func remove(_ name: String) throws {
    for ending in ["", "-wal", "-shm"] where exists(name + ending) {
      try FileManager.default.removeItem(atPath: path(name + ending))
    }
  }

  /// Copies a file and waits until the copy is on disk, so that writing it back disturbs no measurement.
  func copy(_ name: String, to target: String) throws {
    try remove(target)
    try FileManager.default.copyItem(atPath: path(name), toPath: path(target))
    sync()
  }

  func size(of name: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int ?? 0
  }
}

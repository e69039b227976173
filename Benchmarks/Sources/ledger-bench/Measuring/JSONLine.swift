import Foundation
import Glibc

/// What one measurement prints: a line of JSON that another program reads.
enum JSONLine {
  static func print(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var line = try encoder.encode(value)
    line.append(0x0A)
    try FileHandle.standardOutput.write(contentsOf: line)
  }

  static func read<Value: Decodable>(_ type: Value.Type, from text: Data) throws -> Value {
    try JSONDecoder().decode(type, from: text)
  }
}

/// The most memory that this process has had resident so far.
enum PeakMemory {
  static var bytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

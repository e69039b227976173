import Foundation

extension SlowModel {
  /// A budget line with its defaults filled in; nil is a field it lacks.
  struct Line: Hashable {
    let unit: String
    let year: Int
    /// Empty beside a category.
    let fund: String
    let function: String?
    let economic: String?
    let government: String?
    let project: String?
    let nature: String?
    let procurement: String?
    let from: Int?
    let category: String?

    var key: String {
      let fields = [unit, String(year), fund, function, economic, government, project, nature, procurement]
      return (fields + [from.map { String($0) }, category]).map { $0 ?? "" }.joined(separator: "|")
    }
  }

  /// What one line of one money event adds to its budget line, in fen.
  struct Movement {
    let position: Int
    let date: String
    let line: Line
    let sums: [String: Int]
    /// Towards 预算调整率.
    var counted = 0
    /// Whether it is a carry-over with the reason `opening`, or the reversal of one.
    var isOpening = false

    func reversed(position: Int, date: String) -> Movement {
      Movement(
        position: position, date: date, line: line, sums: sums.mapValues { -$0 }, counted: -counted,
        isOpening: isOpening)
    }
  }

  /// A declared rule, as far as figures depend on it.
  struct Policy {
    let position: Int
    let date: String
    /// nil is all units.
    let unit: String?
    /// By prefix of the fund.
    let basis: [String: Basis]
  }

  /// A project from one date on, until it is declared again.
  struct DeclaredProject {
    let position: Int
    let date: String
    let code: String
    let nature: String
    let isFinished: Bool
  }

  /// The fields of a JSON object.
  struct Fields {
    let values: [String: Any]

    init(_ text: String) {
      guard let values = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
        preconditionFailure("not a JSON object: \(text)")
      }
      self.values = values
    }

    private init(values: [String: Any]) { self.values = values }

    /// One `Fields` for each line of a money event, what stands at the top being the default.
    var lines: [Fields] {
      guard let lines = values["lines"] as? [[String: Any]] else { return [self] }
      return lines.map { line in Fields(values: values.merging(line) { _, own in own }) }
    }

    func text(_ name: String) -> String? { values[name] as? String }
    func number(_ name: String) -> Int? { values[name] as? Int }

    func required(_ name: String) -> String {
      guard let value = text(name) else { preconditionFailure("no \(name) in \(values)") }
      return value
    }
  }

  /// The exact fen of an amount such as `1,234.50元` or `29.49万`.
  static func fen(_ amount: String) -> Int {
    let units: [(ending: String, fen: Decimal)] = [
      ("万元", 1_000_000), ("亿元", 10_000_000_000), ("万", 1_000_000), ("亿", 10_000_000_000), ("元", 100), ("", 100),
    ]
    let digits = amount.filter { "-.0123456789".contains($0) }
    guard let unit = units.first(where: { amount.hasSuffix($0.ending) }), let number = Decimal(string: digits),
      let fen = Int("\(number * unit.fen)")
    else { preconditionFailure("not whole fen: \(amount)") }
    return fen
  }
}

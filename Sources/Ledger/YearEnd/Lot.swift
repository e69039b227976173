/// Money of one kind and one age: 结转 or 结余, of the year it was first approved in. This year's money is 结转 of the
/// year itself.
public struct Lot: Hashable, Sendable {
  public let kind: CarryOverKind
  public let from: Int

  public init(_ kind: CarryOverKind, _ from: Int) {
    self.kind = kind
    self.from = from
  }

  /// `continuing/2020`, as reports by lot name it.
  public var text: String { "\(kind.rawValue)/\(from)" }

  init?(text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let kind = CarryOverKind(rawValue: String(parts[0])), let from = Int(parts[1]) else {
      return nil
    }
    self.init(kind, from)
  }

  /// `结转 2020`.
  var title: Phrase { Phrase("\(kind.title.chinese) \(from)", "\(kind.title.english) \(from)") }

  /// `2020 结转`, as the field says it.
  var name: String { "\(from) \(kind.title.chinese)" }
}

extension Lot: Comparable {
  /// 结转 before 结余, the oldest first: the order in which money is spent.
  public static func < (left: Lot, right: Lot) -> Bool {
    left.kind == right.kind ? left.from < right.from : left.kind == .continuing
  }
}

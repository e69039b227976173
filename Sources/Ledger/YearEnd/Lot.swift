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

/// The parts of spending that are kept apart at the year's end.
public enum SpendingPart: String, CaseIterable, Sendable {
  case personnel, `public`, basic, project, rest

  public init(_ nature: Nature?) {
    switch nature {
    case .personnel: self = .personnel
    case .public: self = .public
    case .basic: self = .basic
    case .project, .operating, .targeted: self = .project
    case .business, .remit, .subsidy, nil: self = .rest
    }
  }

  /// 基本支出 and its parts, whose balances always stay 结转.
  var isBasic: Bool { self == .personnel || self == .public || self == .basic }

  /// Whether money of this part pays for the other when that is short: the same, the whole of it, or money of which
  /// nothing is said.
  func covers(_ other: SpendingPart) -> Bool { self == other || self == .rest || self == .basic && other.isBasic }

  /// The closer part first.
  func distance(to other: SpendingPart) -> Int { self == other ? 0 : self == .rest ? 2 : 1 }
}

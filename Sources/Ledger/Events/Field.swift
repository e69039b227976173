/// A field of an event under its wire name, which never changes.
public enum Field: String, CaseIterable, Sendable {
  case type, date, recorded, id, position, hash
  case unit, year
  case fund, function, economic, government, project, nature, procurement, from, category
  case amount, lines
  case doc, payee, contract, by, approval, memo, source
  case name, parent, kind, status, key, scheme, code, control, level, basis, reason, of, settled, measure, formula,
    equals
  case value, role, group, direction

  /// The order of canonical writing: by UTF-16 code units, which for these names is by bytes.
  static let canonicalOrder = allCases.sorted { $0.rawValue.utf8.lexicographicallyPrecedes($1.rawValue.utf8) }

  /// The fields every event may carry, whatever its type.
  static let common = UInt64.fields(
    .type, .date, .recorded, .id, .position, .hash, .unit, .year, .doc, .payee, .contract, .by, .approval, .memo,
    .source)

  /// The fields of an event or one of its lines that classify an amount.
  static let ofLines = UInt64.fields(
    .fund, .function, .economic, .government, .project, .nature, .procurement, .from, .category)
}

/// Words around an event that move no money: where it is written down, for whom, by whom, and why.
public struct Annotation: Equatable, Sendable {
  public var doc: String?
  public var payee: String?
  public var contract: String?
  public var by: String?
  public var approval: String?
  public var memo: String?
  public var source: String?

  public init() {}

  public static let fields: [Field] = [.doc, .payee, .contract, .by, .approval, .memo, .source]

  public subscript(field: Field) -> String? {
    get {
      switch field {
      case .doc: doc
      case .payee: payee
      case .contract: contract
      case .by: by
      case .approval: approval
      case .memo: memo
      case .source: source
      default: nil
      }
    }
    set {
      switch field {
      case .doc: doc = newValue
      case .payee: payee = newValue
      case .contract: contract = newValue
      case .by: by = newValue
      case .approval: approval = newValue
      case .memo: memo = newValue
      case .source: source = newValue
      default: break
      }
    }
  }
}

/// Another event, as an event names it: by position in its file or book, or by id.
public enum Reference: Hashable, Sendable {
  case position(Int)
  case id(String)
}

/// The value of a field that only some types have.
public enum DetailValue: Equatable, Sendable {
  case text(String)
  case flag(Bool)
  case reference(Reference)
  case amount(Money)
  case list([String])
  /// Names and values, in the order of the names.
  case map([Pair])

  public struct Pair: Equatable, Sendable {
    public let name: String
    public let value: String
  }
}

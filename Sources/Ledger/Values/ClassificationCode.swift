/// A classification scheme whose codes are digits and nest by prefix: 类, 款, 项.
public protocol ClassificationScheme: Sendable {
  static var name: SchemeName { get }
  /// How many digits a code may have.
  static var lengths: [Int] { get }
  /// The digits a code may start with; empty: any.
  static var firstDigits: [Character] { get }
  static var expected: Phrase { get }
}

/// The four classifications, as `code` events name them.
public enum SchemeName: String, CaseIterable, Sendable {
  case fund, function, economic, government
}

public enum FundScheme: ClassificationScheme {
  public static let name = SchemeName.fund
  public static let lengths = [1, 2, 3]
  public static let firstDigits: [Character] = []
  public static let expected = Phrase.expectedFund
}

public enum FunctionScheme: ClassificationScheme {
  public static let name = SchemeName.function
  public static let lengths = [3, 5, 7]
  public static let firstDigits: [Character] = ["2"]
  public static let expected = Phrase.expectedFunction
}

public enum EconomicScheme: ClassificationScheme {
  public static let name = SchemeName.economic
  public static let lengths = [3, 5]
  public static let firstDigits: [Character] = ["3"]
  public static let expected = Phrase.expectedEconomic
}

public enum GovernmentScheme: ClassificationScheme {
  public static let name = SchemeName.government
  public static let lengths = [3, 5]
  public static let firstDigits: [Character] = ["5"]
  public static let expected = Phrase.expectedGovernment
}

/// A code of one scheme. Codes of different schemes are different types, so a mix-up does not compile.
public struct ClassificationCode<Scheme: ClassificationScheme>: Hashable, Sendable {
  public let digits: String

  /// - Throws: `code.malformed` unless `text` has the digits the scheme asks for. Whether such a code exists is asked
  ///   of the code tables, see `CodeTable`.
  public init(reading text: String) throws(Unreadable) {
    guard Scheme.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      let first = text.first, first != "0", Scheme.firstDigits.isEmpty || Scheme.firstDigits.contains(first)
    else { throw Unreadable(.codeMalformed, value: text, expected: Scheme.expected) }
    self.digits = text
  }

  public func hasPrefix(_ prefix: ClassificationCode) -> Bool { digits.hasPrefix(prefix.digits) }
}

public typealias FundCode = ClassificationCode<FundScheme>
public typealias FunctionCode = ClassificationCode<FunctionScheme>
public typealias EconomicCode = ClassificationCode<EconomicScheme>
public typealias GovernmentCode = ClassificationCode<GovernmentScheme>

extension ClassificationCode<FundScheme> {
  /// 政府预算资金: the money of the four government budgets.
  public var isTreasury: Bool { digits.hasPrefix("1") }
}

/// An expression over the figures of a ledger: what an assertion, an indicator, an identity and a cell of a statement say.
///
/// Its values are exact: money in yuan, a rate as a ratio, a measure over no lines zero. Where a denominator is zero, or a
/// named indicator or assertion is not there, it has no value.
public indirect enum Formula: Hashable, Sendable {
  case number(Rational, spelling: String)
  case term(Term)
  case indicator(IndicatorTerm)
  /// `@id`: the value another assertion prints.
  case printed(String)
  case opposite(Formula)
  case sum(Formula, Formula)
  case difference(Formula, Formula)
  case product(Formula, Formula)
  case quotient(Formula, Formula)
  case magnitude(Formula)
  case rounded(Formula, decimals: Int)
}

/// What a formula asks of the ledger.
public enum Leaf: Hashable, Sendable {
  case term(Term)
  case indicator(IndicatorTerm)
  case printed(String)
}

extension Formula {
  /// The value, given those of its leaves; `nil` where there is none.
  public func value(_ leaf: (Leaf) throws -> Rational?) rethrows -> Rational? {
    switch self {
    case .number(let number, _): return number
    case .term(let term): return try leaf(.term(term))
    case .indicator(let indicator): return try leaf(.indicator(indicator))
    case .printed(let id): return try leaf(.printed(id))
    case .opposite(let inner): return try inner.value(leaf).map { -$0 }
    case .sum(let left, let right): return try Formula.both(left, right, leaf).map { $0 + $1 }
    case .difference(let left, let right): return try Formula.both(left, right, leaf).map { $0 - $1 }
    case .product(let left, let right): return try Formula.both(left, right, leaf).map { $0 * $1 }
    case .quotient(let left, let right): return try Formula.both(left, right, leaf).flatMap { $0 / $1 }
    case .magnitude(let inner): return try inner.value(leaf)?.magnitude
    case .rounded(let inner, let decimals): return try inner.value(leaf)?.rounded(decimals: decimals)
    }
  }

  private static func both(
    _ left: Formula, _ right: Formula, _ leaf: (Leaf) throws -> Rational?
  ) rethrows -> (Rational, Rational)? {
    guard let one = try left.value(leaf), let other = try right.value(leaf) else { return nil }
    return (one, other)
  }

  /// Its leaves from left to right, each once.
  public var leaves: [Leaf] {
    var found: [Leaf] = []
    var seen: Set<Leaf> = []
    visit { if seen.insert($0).inserted { found.append($0) } }
    return found
  }

  /// Those of its leaves that are figures of the ledger.
  var terms: [Term] {
    leaves.compactMap { leaf in
      if case .term(let term) = leaf { return term }
      return nil
    }
  }

  private func visit(_ body: (Leaf) -> Void) {
    switch self {
    case .number: break
    case .term(let term): body(.term(term))
    case .indicator(let indicator): body(.indicator(indicator))
    case .printed(let id): body(.printed(id))
    case .opposite(let inner), .magnitude(let inner), .rounded(let inner, _): inner.visit(body)
    case .sum(let left, let right), .difference(let left, let right), .product(let left, let right),
      .quotient(let left, let right):
      left.visit(body)
      right.visit(body)
    }
  }

  /// The same formula over other leaves.
  func mapTerms(_ change: (Term) -> Formula) -> Formula {
    switch self {
    case .number, .indicator, .printed: self
    case .term(let term): change(term)
    case .opposite(let inner): .opposite(inner.mapTerms(change))
    case .sum(let left, let right): .sum(left.mapTerms(change), right.mapTerms(change))
    case .difference(let left, let right): .difference(left.mapTerms(change), right.mapTerms(change))
    case .product(let left, let right): .product(left.mapTerms(change), right.mapTerms(change))
    case .quotient(let left, let right): .quotient(left.mapTerms(change), right.mapTerms(change))
    case .magnitude(let inner): .magnitude(inner.mapTerms(change))
    case .rounded(let inner, let decimals): .rounded(inner.mapTerms(change), decimals: decimals)
    }
  }
}

extension Formula {
  /// The formula as a sum of measures, each times a constant; `nil` where it is none, such as a rate.
  ///
  /// What is linear can be taken apart event by event: the parts add up to the whole.
  var linear: [(factor: Rational, term: Term)]? {
    switch self {
    case .number(let number, _): return number.isZero ? [] : nil
    case .term(let term):
      guard case .money = term.quantity else { return nil }
      return [(Rational(1), term)]
    case .indicator, .printed, .magnitude, .rounded: return nil
    case .opposite(let inner): return inner.linear?.map { (-$0.factor, $0.term) }
    case .sum(let left, let right):
      guard let left = left.linear, let right = right.linear else { return nil }
      return left + right
    case .difference(let left, let right):
      guard let left = left.linear, let right = right.linear else { return nil }
      return left + right.map { (-$0.factor, $0.term) }
    case .product(let left, let right):
      if let factor = left.constant { return right.linear?.map { (factor * $0.factor, $0.term) } }
      if let factor = right.constant { return left.linear?.map { (factor * $0.factor, $0.term) } }
      return nil
    case .quotient(let left, let right):
      guard let divisor = right.constant, let factor = Rational(1) / divisor else { return nil }
      return left.linear?.map { (factor * $0.factor, $0.term) }
    }
  }

  /// Whether it names what a document prints.
  var namesPrinted: Bool {
    leaves.contains { leaf in
      if case .printed = leaf { return true }
      return false
    }
  }

  /// Whether it names performance indicators.
  var hasIndicators: Bool {
    leaves.contains { leaf in
      if case .indicator = leaf { return true }
      return false
    }
  }

  /// Its value, where that rests on numbers alone.
  var constant: Rational? { leaves.isEmpty ? value { _ in nil } : nil }
}

extension Formula {
  /// Whether its value is money, by the dimensions of what it is made of; `false` for rates and plain numbers.
  var isMoney: Bool { yuanPower == 1 }

  /// How often yuan stands in its dimension. What a document prints is taken for money.
  private var yuanPower: Int {
    switch self {
    case .number, .indicator: return 0
    case .term(let term):
      if case .money = term.quantity { return 1 }
      return 0
    case .printed: return 1
    case .opposite(let inner), .magnitude(let inner), .rounded(let inner, _): return inner.yuanPower
    case .sum(let left, let right), .difference(let left, let right): return max(left.yuanPower, right.yuanPower)
    case .product(let left, let right): return left.yuanPower + right.yuanPower
    case .quotient(let left, let right): return left.yuanPower - right.yuanPower
    }
  }
}

extension Formula {
  /// In the notation it is read in.
  public var text: String { text(within: .sum) }

  private enum Strength: Int { case sum, product, unary }

  private func text(within strength: Strength) -> String {
    func wrapped(_ text: String, _ own: Strength) -> String { own.rawValue < strength.rawValue ? "(\(text))" : text }
    switch self {
    case .number(_, let spelling): return spelling
    case .term(let term): return term.text
    case .indicator(let indicator): return indicator.text
    case .printed(let id): return Formula.isPlain(id) ? "@\(id)" : "@\"\(id)\""
    case .opposite(let inner): return wrapped("-" + inner.text(within: .unary), .unary)
    case .sum(let left, let right):
      return wrapped("\(left.text(within: .sum)) + \(right.text(within: .product))", .sum)
    case .difference(let left, let right):
      return wrapped("\(left.text(within: .sum)) - \(right.text(within: .product))", .sum)
    case .product(let left, let right):
      return wrapped("\(left.text(within: .product)) * \(right.text(within: .unary))", .product)
    case .quotient(let left, let right):
      return wrapped("\(left.text(within: .product)) / \(right.text(within: .unary))", .product)
    case .magnitude(let inner): return "abs(\(inner.text))"
    case .rounded(let inner, let decimals): return "round(\(inner.text), \(decimals))"
    }
  }

  static func isPlain(_ id: String) -> Bool {
    id.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "." || $0 == "_")
    }
  }
}

/// A code under one of its names, with the years in which the classification printed it so.
public struct CodeEdition: Equatable, Sendable {
  public let code: String
  public let name: String
  /// First and last year of the name, where known.
  public let from: Int?
  public let to: Int?
}

/// The published codes of one classification (政府收支分类科目, 资金性质), found by code and year or by name.
///
/// The same code carries other names in other years, so a label is a function of code and year: 2130599 is
/// 其他扶贫支出 in 2019 and 其他巩固脱贫攻坚成果衔接乡村振兴支出 in 2023. The tables are not complete, see
/// `docs/decisions/0004-code-tables.md`.
public struct CodeTable: Sendable {
  private let editions: [String: [CodeEdition]]
  private let codesByName: [String: [String]]

  init(editions list: [CodeEdition]) {
    editions = Dictionary(grouping: list, by: \.code)
    codesByName = Dictionary(grouping: list, by: \.name).mapValues { Array(Set($0.map(\.code))).sorted() }
  }

  public func contains(_ code: String) -> Bool { editions[code] != nil }

  /// The name of a code in a year: of two in one year the newer; outside all known years the nearest.
  public func name(of code: String, in year: Int) -> String? {
    guard let names = editions[code] else { return nil }
    let current = names.filter { $0.isPrinted(in: year) }
    if let newest = current.max(by: { ($0.from ?? .min) < ($1.from ?? .min) }) { return newest.name }
    return names.min { $0.distance(to: year) < $1.distance(to: year) }?.name
  }

  /// A code and the codes below it that the classification prints in a year, in order.
  public func codes(under code: String, in year: Int) -> [String] {
    editions.filter { found, editions in
      found.hasPrefix(code) && editions.contains { $0.isPrinted(in: year) }
    }.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The codes that carry or carried a name, in order.
  public func codes(named name: String) -> [String] { codesByName[name] ?? [] }
}

extension CodeEdition {
  fileprivate func isPrinted(in year: Int) -> Bool { (from ?? .min) <= year && year <= (to ?? .max) }

  fileprivate func distance(to year: Int) -> Int {
    if let from, year < from { return from - year }
    if let to, year > to { return year - to }
    return 0
  }
}

extension CodeTable {
  public static let funds = CodeTable(csv: PackageResources.funds_csv)
  public static let functions = CodeTable(csv: PackageResources.functional_csv)
  public static let economic = CodeTable(csv: PackageResources.economic_department_csv)
  public static let government = CodeTable(csv: PackageResources.economic_government_csv)
  /// An edition of about 2010: it recognises old names and never labels anything.
  public static let legacyFunctions = CodeTable(csv: PackageResources.functional_legacy_csv)

  public static func table(of scheme: SchemeName) -> CodeTable {
    switch scheme {
    case .fund: .funds
    case .function: .functions
    case .economic: .economic
    case .government: .government
    }
  }

  /// - Parameter csv: a table of this library, with the columns `code`, `name` and perhaps `edition_from` and
  ///   `edition_to`.
  private init(csv: [UInt8]) {
    var rows = CSVReader.rows(of: csv)
    let header = rows.removeFirst()
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }
    guard let code = column("code"), let name = column("name") else {
      preconditionFailure("a code table of this library has no column code or name")
    }
    let from = column("edition_from")
    let to = column("edition_to")
    self.init(
      editions: rows.map { row in
        CodeEdition(
          code: row[code], name: row[name], from: from.flatMap { Int(row[$0]) }, to: to.flatMap { Int(row[$0]) })
      })
  }
}

import ArgumentParser
import Foundation
import Ledger

/// Where a reading verb reads from.
struct SourceOptions: ParsableArguments {
  @Option(name: .shortAndLong, parsing: .singleValue, help: ArgumentHelp(Phrase.helpSources.here, valueName: "source"))
  var file: [String] = []

  func open() throws -> [LedgerSource] { try paths.map(LedgerSource.open) }

  private var paths: [String] {
    get throws {
      if !file.isEmpty { return file }
      return [try BookOption.fromEnvironment()]
    }
  }
}

/// The one book a writing verb writes to.
struct BookOption: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp(Phrase.helpBook.here, valueName: "book"))
  var file: String?

  /// Opens it for the time of `body`, and leaves one file behind.
  func withBook<Value>(_ body: (Book) throws -> Value) throws -> Value {
    let path = try file ?? BookOption.fromEnvironment()
    if let start = try? InputFile.read(path), !LedgerSource.isBook(start) {
      throw Problems(Problem(.bookNotABook, at: SourceLocation(file: path, line: nil, column: nil)))
    }
    let book = try Book.open(at: path, for: .write)
    do {
      let value = try body(book)
      try book.close()
      return value
    } catch {
      try? book.close()  // The first failure is the one to report.
      throw error
    }
  }

  static func fromEnvironment() throws -> String {
    if let path = ProcessInfo.processInfo.environment["LEDGERCTL_FILE"], !path.isEmpty { return path }
    throw Problems(Problem(.bookNeeded, field: "-f", expected: .expectedSource))
  }
}

/// The dates of a report and what it counts.
struct QueryOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpAsOf.here, valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp(Phrase.helpKnownAt.here, valueName: "time|day|#N"))
  var knownAt: String?

  @Option(help: ArgumentHelp(Phrase.helpYear.here, valueName: "year,…"))
  var year: String?

  @Option(help: ArgumentHelp(Phrase.helpUnitFilter.here, valueName: "code,…"))
  var unit: String?

  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.fund.rawValue).here, valueName: "code,…"))
  var fund: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.function.rawValue).here, valueName: "code,…"))
  var function: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.economic.rawValue).here, valueName: "code,…"))
  var economic: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.government.rawValue).here, valueName: "code,…"))
  var government: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.project.rawValue).here, valueName: "code,…"))
  var project: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.nature.rawValue).here, valueName: "word,…"))
  var nature: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.procurement.rawValue).here, valueName: "word,…"))
  var procurement: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.from.rawValue).here, valueName: "year,…"))
  var from: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.category.rawValue).here, valueName: "word,…"))
  var category: String?

  /// The filters on line fields.
  func filter(fundNames: FundNames = FundNames()) throws -> LineFilter {
    var filter = LineFilter()
    let given: [(LineField, String?)] = [
      (.fund, fund), (.function, function), (.economic, economic), (.government, government), (.project, project),
      (.nature, nature), (.procurement, procurement), (.from, from), (.category, category),
    ]
    for (field, text) in given {
      guard let text else { continue }
      let values = QueryOptions.list(text).map { field == .fund ? fundNames.code(named: $0) ?? $0 : $0 }
      for value in values {
        if let flaw = LineFilter.flaw(of: value, in: field) {
          throw QueryOptions.usage("--\(field.rawValue)", flaw.value, flaw.expected)
        }
      }
      filter[field] = values
    }
    return filter
  }

  func years() throws -> [Int]? {
    guard let year else { return nil }
    return try QueryOptions.list(year).map { text in
      guard let number = Int(text), (1900...2999).contains(number) else {
        throw QueryOptions.usage("--year", text, .expectedYear)
      }
      return number
    }
  }

  func units() -> [String] { unit.map(QueryOptions.list) ?? [] }

  func statedAsOf() throws -> Day? {
    guard let asOf else { return nil }
    do { return try Day(reading: asOf) } catch { throw QueryOptions.usage("--as-of", error.value, error.expected) }
  }

  /// The years shown: those asked for, that of the as-of date, or the newest of the sources.
  func shownYears(_ sources: [LedgerSource]) throws -> [Int] {
    if let years = try years() { return years }
    if let day = try statedAsOf() { return [day.year] }
    return [try sources.compactMap { try $0.newestYear() }.max() ?? Terminal.today.year]
  }

  /// By default the last day of the years shown, but not after today.
  func horizon(_ sources: [LedgerSource], years: [Int]) throws -> Horizon {
    let lastDay = Day.lastDay(ofYear: years.max() ?? Terminal.today.year) ?? .last
    return Horizon(asOf: try statedAsOf() ?? min(lastDay, Terminal.today), knownAt: try known(sources))
  }

  func known(_ sources: [LedgerSource]) throws -> KnownAt {
    guard let knownAt else { return .everything }
    if knownAt.hasPrefix("#") {
      guard let position = Int(knownAt.dropFirst()), position >= 0 else {
        throw QueryOptions.usage("--known-at", knownAt, .expectedKnownAt)
      }
      guard sources.count == 1 else { throw QueryOptions.usage("--known-at", knownAt, .expectedOneSource) }
      return .position(position)
    }
    guard sources.allSatisfy(\.hasRecordedTimes) else {
      throw Problems(Problem(.timeUnknown, field: "--known-at", value: knownAt, expected: .expectedPositionHere))
    }
    if let day = try? Day(reading: knownAt) { return .time(Instant(endOf: day)) }
    if let time = try? Instant(reading: knownAt) { return .time(time) }
    throw QueryOptions.usage("--known-at", knownAt, .expectedKnownAt)
  }

  static func list(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
  }

  static func usage(_ field: String, _ value: String, _ expected: Phrase) -> Problems {
    Problems(Problem(.usage, field: field, value: value, expected: expected))
  }
}

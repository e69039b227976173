import ArgumentParser
import Ledger

/// Conditions on line fields, but for `from`.
struct LineFilterOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.fund.rawValue).here, valueName: "code,…"))
  var fund: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.function.rawValue).here, valueName: "code,…"))
  var function: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.economic.rawValue).here, valueName: "code,…"))
  var economic: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.government.rawValue).here, valueName: "code,…"))
  var government: String?
  @Option(
    help: ArgumentHelp(Phrase.helpFilter(LineField.project.rawValue).here, valueName: "code,…"),
    completion: BookCompletion.projects)
  var project: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.nature.rawValue).here, valueName: "word,…"))
  var nature: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.procurement.rawValue).here, valueName: "word,…"))
  var procurement: String?
  @Option(help: ArgumentHelp(Phrase.helpFilter(LineField.category.rawValue).here, valueName: "word,…"))
  var category: String?

  /// The filters on line fields.
  /// - Parameter from: the source years asked for; a verb may use the flag for something else.
  func filter(_ sources: [LedgerSource], from: String?) throws -> LineFilter {
    let funds = try fund.map { _ in try sources.map { try $0.declarations().fundNames } } ?? []
    func code(of name: String) -> String { funds.lazy.compactMap { $0.code(named: name) }.first ?? name }
    var filter = LineFilter()
    let given: [(LineField, String?)] = [
      (.fund, fund), (.function, function), (.economic, economic), (.government, government), (.project, project),
      (.nature, nature), (.procurement, procurement), (.from, from), (.category, category),
    ]
    for (field, text) in given {
      guard let text else { continue }
      let values = try ArgumentText.values(text, of: "--\(field.rawValue)").map {
        field == .fund ? code(of: $0) : $0
      }
      for value in values {
        if let flaw = LineFilter.flaw(of: value, in: field) {
          throw ArgumentText.usage("--\(field.rawValue)", flaw.value, flaw.expected)
        }
      }
      filter[field] = values
    }
    return filter
  }
}

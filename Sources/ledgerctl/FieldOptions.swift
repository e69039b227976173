import ArgumentParser
import Ledger

/// The fields of an event as flags of the same names.
struct FieldOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Phrase.helpDate.here, valueName: "date")) var date: String?
  @Option(help: ArgumentHelp(Phrase.helpID.here)) var id: String?
  @Option(help: ArgumentHelp(Phrase.helpUnit.here), completion: BookCompletion.units) var unit: String?
  @Option(help: ArgumentHelp(Phrase.helpBudgetYear.here)) var year: Int?
  @Option(help: ArgumentHelp(Phrase.helpFund.here)) var fund: String?
  @Option(help: ArgumentHelp(Phrase.helpFunction.here)) var function: String?
  @Option(help: ArgumentHelp(Phrase.helpEconomic.here)) var economic: String?
  @Option(help: ArgumentHelp(Phrase.helpGovernment.here)) var government: String?
  @Option(help: ArgumentHelp(Phrase.helpProject.here), completion: BookCompletion.projects) var project: String?
  @Option(help: ArgumentHelp(Phrase.helpNature.here)) var nature: String?
  @Option(help: ArgumentHelp(Phrase.helpProcurement.here)) var procurement: String?
  @Option(help: ArgumentHelp(Phrase.helpFrom.here)) var from: String?
  @Option(help: ArgumentHelp(Phrase.helpCategory.here)) var category: String?
  // Unconditional: an amount may start with a minus sign.
  @Option(parsing: .unconditional, help: ArgumentHelp(Phrase.helpAmount.here)) var amount: String?
  @Option(
    name: .customLong("line"), parsing: .singleValue,
    help: ArgumentHelp(Phrase.helpLine.here, valueName: "field=value,…"))
  var lines: [String] = []
  @Option(help: ArgumentHelp(Phrase.helpDoc.here)) var doc: String?
  @Option(help: ArgumentHelp(Phrase.helpPayee.here)) var payee: String?
  @Option(help: ArgumentHelp(Phrase.helpContract.here)) var contract: String?
  @Option(help: ArgumentHelp(Phrase.helpPerson.here)) var by: String?
  @Option(help: ArgumentHelp(Phrase.helpApproval.here)) var approval: String?
  @Option(help: ArgumentHelp(Phrase.helpMemo.here)) var memo: String?
  @Option(help: ArgumentHelp(Phrase.helpSource.here)) var source: String?
  @Option(help: ArgumentHelp(Phrase.helpName.here)) var name: String?
  @Option(help: ArgumentHelp(Phrase.helpParent.here)) var parent: String?
  @Option(help: ArgumentHelp(Phrase.helpKind.here)) var kind: String?
  @Option(help: ArgumentHelp(Phrase.helpStatus.here)) var status: String?
  @Flag(help: ArgumentHelp(Phrase.helpKey.here)) var key = false
  @Option(help: ArgumentHelp(Phrase.helpScheme.here)) var scheme: String?
  @Option(help: ArgumentHelp(Phrase.helpCode.here)) var code: String?
  @Option(help: ArgumentHelp(Phrase.helpControl.here)) var control: String?
  @Option(help: ArgumentHelp(Phrase.helpLevel.here, valueName: "field,…")) var level: String?
  @Option(help: ArgumentHelp(Phrase.helpBasis.here, valueName: "fund=basis,…")) var basis: String?
  @Option(help: ArgumentHelp(Phrase.helpReason.here)) var reason: String?
  @Option(name: .customLong("of"), help: ArgumentHelp(Phrase.helpOf.here)) var reference: String?
  @Option(help: ArgumentHelp(Phrase.helpMeasure.here)) var measure: String?
  @Option(help: ArgumentHelp(Phrase.helpFormula.here)) var formula: String?
  @Option(parsing: .unconditional, help: ArgumentHelp(Phrase.helpEquals.here)) var equals: String?
  @Option(help: ArgumentHelp(Phrase.helpSettled.here)) var settled: String?
  @Option(parsing: .unconditional, help: ArgumentHelp(Phrase.helpValue.here)) var value: String?
  @Option(help: ArgumentHelp(Phrase.helpRole.here)) var role: String?
  @Option(help: ArgumentHelp(Phrase.helpGroup.here)) var group: String?
  @Option(help: ArgumentHelp(Phrase.helpDirection.here)) var direction: String?

  /// The event as a journal line.
  func json(type: String, date: String) throws -> String {
    if let id, Event.closedYear(inID: id) != nil { throw ArgumentText.usage("--id", id, .expectedOtherID) }
    let definition = EventType(rawValue: type)?.definition
    var object = JSONObjectText()
    object.add("type", type)
    object.add("date", date)
    for (field, value) in texts { object.add(field.rawValue, value) }
    object.add("year", year)
    if key { object.add("key", true) }
    if let level { object.add("level", texts: ArgumentText.list(level)) }
    if let basis { object.add("basis", try bases(basis)) }
    if let from {
      // In an assertion a filter, which is a text; elsewhere a year, which is a number.
      try add(from: from, isFilter: definition?.takesFilter(.from) ?? false, to: &object)
    }
    if let reference {
      if let position = Int(reference), String(position) == reference {
        object.add("of", position)
      } else {
        object.add("of", reference)
      }
    }
    if !lines.isEmpty { object.add("lines", objects: try lines.map(line)) }
    return object.text
  }

  private var texts: [(Field, String?)] {
    [
      (.id, id), (.unit, unit), (.fund, fund), (.function, function), (.economic, economic),
      (.government, government), (.project, project), (.nature, nature), (.procurement, procurement),
      (.category, category), (.amount, amount), (.doc, doc), (.payee, payee), (.contract, contract), (.by, by),
      (.approval, approval), (.memo, memo), (.source, source), (.name, name), (.parent, parent), (.kind, kind),
      (.status, status), (.scheme, scheme), (.code, code), (.control, control), (.reason, reason),
      (.measure, measure), (.formula, formula), (.equals, equals), (.settled, settled), (.value, value), (.role, role),
      (.group, group),
      (.direction, direction),
    ]
  }

  /// `31=payment,2=budget` as an object.
  private func bases(_ text: String) throws -> JSONObjectText {
    var object = JSONObjectText()
    for piece in ArgumentText.list(text) {
      let parts = piece.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ArgumentText.usage("--basis", text, .expectedBasisText) }
      object.add(parts[0], parts[1])
    }
    return object
  }

  private func add(from text: String, isFilter: Bool, to object: inout JSONObjectText) throws {
    if isFilter { return object.add("from", text) }
    guard let year = Int(text) else { throw ArgumentText.usage("--from", text, .expectedYear) }
    object.add("from", year)
  }

  /// `function=2130501,project=KQ,amount=-1万` as an object. A piece without `=` belongs to the amount before it:
  /// `amount=1,234.50`.
  private func line(_ text: String) throws -> JSONObjectText {
    var pairs: [(key: String, value: String)] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let equals = piece.firstIndex(of: "=") {
        pairs.append((String(piece[..<equals]), String(piece[piece.index(after: equals)...])))
      } else if pairs.isEmpty {
        throw ArgumentText.usage("--line", text, .expectedLineText)
      } else {
        pairs[pairs.count - 1].value += ",\(piece)"
      }
    }
    var object = JSONObjectText()
    for (key, value) in pairs {
      if key == Field.from.rawValue {
        try add(from: value, isFilter: false, to: &object)
      } else {
        object.add(key, value)
      }
    }
    return object
  }
}

/// The explanation text (情况说明) that goes with the final accounts: every number from the ledger, reasons left to a person.
public struct Narrative: Sendable {
  public struct Section: Sendable {
    public let title: String
    public let paragraphs: [Paragraph]
  }

  public struct Paragraph: Sendable {
    public let text: String
    /// The figures in it, in their order.
    public let figures: [Figure]
  }

  /// A figure as it is printed and the formula it comes from.
  public struct Figure: Sendable {
    public let shown: String
    public let formula: Formula
  }

  public let year: Int
  /// The year compared with.
  public let priorYear: Int?
  public let unitName: String
  public let units: [ExactText]
  public let horizon: Horizon
  public let position: Int
  public let sections: [Section]

  /// - Parameters:
  ///   - priorYear: compare with this budget year, at the same month and day.
  ///   - form: how money is printed.
  /// - Throws: `Problems` where a source is damaged.
  public init(
    _ query: StatementQuery, from sources: [LedgerSource], _ definition: NarrativeDefinition, priorYear: Int?,
    in form: MoneyForm
  ) throws {
    let ledger = try LedgerFigures(sources, at: query.horizon)
    let scope = ledger.scope(units: query.units, year: query.year)
    var writer = NarrativeWriter(ledger: ledger, scope: scope, form: form)
    writer.unitName = ledger.name(of: query.units, in: scope)
    if let priorYear, let day = query.horizon.asOf.shifted(years: priorYear - query.year) {
      let then = Horizon(asOf: day, knownAt: query.horizon.knownAt)
      let earlier = try LedgerFigures(sources, at: then)
      let earlierScope = FigureTable.Scope(units: scope.units, year: priorYear)
      // A year that is not on record is no year of zeros.
      if !earlier.units(in: earlierScope).isEmpty { writer.prior = (earlier, earlierScope) }
    }
    year = query.year
    self.priorYear = writer.prior == nil ? nil : priorYear
    unitName = writer.unitName
    units = query.units
    horizon = query.horizon
    position = ledger.position
    sections = definition.sections.map { section in
      Section(title: section.title, paragraphs: section.paragraphs.flatMap { writer.paragraphs(of: $0) })
    }.filter { !$0.paragraphs.isEmpty }
  }
}

/// Fills in the sentences that the figures allow.
private struct NarrativeWriter {
  let ledger: LedgerFigures
  let scope: FigureTable.Scope
  let form: MoneyForm
  var unitName = ""
  var prior: (ledger: LedgerFigures, scope: FigureTable.Scope)?

  /// What a paragraph is about: a code and its name.
  private struct Topic {
    var bindings = Bindings()
    var code = ""
    var name = ""
  }

  func paragraphs(of definition: NarrativeDefinition.Paragraph) -> [Narrative.Paragraph] {
    topics(of: definition.each).compactMap { topic in
      guard holds(definition.when, definition.unless, topic) else { return nil }
      let sentences = definition.sentences.compactMap { sentence(of: $0, topic) }
      guard !sentences.isEmpty else { return nil }
      return Narrative.Paragraph(text: sentences.map(\.text).joined(), figures: sentences.flatMap(\.figures))
    }
  }

  private func topics(of each: Variables.Field?) -> [Topic] {
    guard let each else { return [Topic()] }
    let codes: [String]
    switch each {
    case .function, .government: codes = ledger.lowestCodes(of: each.lineField, in: scope)
    case .economic: codes = ledger.codes(of: .economic, in: scope).filter { $0.count == 3 }
    case .fund: codes = ledger.codes(of: .fund, in: scope).filter { $0.count == 2 }
    case .project: codes = ledger.projects(in: scope)
    }
    return codes.map { code in
      var topic = Topic(code: code, name: ledger.name(of: code, in: each.lineField, year: scope.year) ?? code)
      topic.bindings.bind(each.variable, to: .values([code]))
      return topic
    }
  }

  private func holds(_ when: Formula?, _ unless: Formula?, _ topic: Topic) -> Bool {
    if let when {
      guard let value = value(of: when, topic), !value.isZero else { return false }
    }
    if let unless, let value = value(of: unless, topic), !value.isZero { return false }
    return true
  }

  /// What a formula calls the year before is the year compared with, at its own date.
  private func value(of formula: Formula, _ topic: Topic) -> Rational? {
    formula.bound(to: topic.bindings).value { leaf in
      if let prior, case .term(let term) = leaf, let earlier = term.ofYearBefore {
        return prior.ledger.table.value(of: earlier, in: prior.scope)
      }
      return ledger.value(of: leaf, in: scope)
    }
  }

  /// - Returns: `nil` where the figures do not allow the sentence.
  private func sentence(
    of definition: NarrativeDefinition.Sentence, _ topic: Topic
  ) -> (text: String, figures: [Narrative.Figure])? {
    guard !definition.isComparison || prior != nil, holds(definition.when, definition.unless, topic),
      definition.only.map({ ledger.hasUnit(of: $0, in: scope) }) ?? true
    else { return nil }
    var text = ""
    var figures: [Narrative.Figure] = []
    for piece in definition.template {
      guard let shown = shown(piece, topic) else { return nil }
      text += shown
      for formula in piece.formulas {
        figures.append(Narrative.Figure(shown: shown, formula: formula.bound(to: topic.bindings)))
      }
    }
    return (text, figures)
  }

  private func shown(_ piece: NarrativePiece, _ topic: Topic) -> String? {
    switch piece {
    case .words(let words): return words
    case .money(let formula): return value(of: formula, topic).map(money)
    case .percent(let formula): return value(of: formula, topic).map { $0.percent() + "%" }
    case .number(let formula):
      return value(of: formula, topic).map { $0.text(decimals: $0.usualDecimals) } ?? Phrase.narrativeBlank.chinese
    case .change(let formula):
      guard let prior, let now = value(of: formula, topic),
        let then = prior.ledger.value(of: formula.bound(to: topic.bindings), in: prior.scope)
      else { return nil }
      return change(from: then, to: now, since: prior.scope.year)
    case .against(let left, let right):
      guard let left = value(of: left, topic), let right = value(of: right, topic) else { return nil }
      // As printed: of two amounts that read alike but are not there is nothing to say.
      let (one, other) = (form.printed(left), form.printed(right))
      if one == other, left != right { return nil }
      return (one > other ? Phrase.narrativeMore : one < other ? .narrativeLess : .narrativeEqual).chinese
    case .year: return String(scope.year)
    case .prior: return prior.map { String($0.scope.year) }
    case .unit: return unitName
    case .name: return topic.name
    case .code: return topic.code
    case .reason: return Phrase.narrativeReason.chinese
    }
  }

  private func money(_ yuan: Rational) -> String { form.text(yuan) + form.unit.rawValue }

  /// - Returns: `nil` for a change too small to be seen.
  private func change(from then: Rational, to now: Rational, since year: Int) -> String? {
    let difference = now - then
    if difference.isZero { return Phrase.narrativeNoChange(since: year).chinese }
    if form.printed(difference).isZero { return nil }
    // On nothing, or less than nothing, there is no growth to speak of.
    let growth = then > .zero ? (difference.magnitude / then)?.percent() : nil
    return Phrase.narrativeChange(
      since: year, isMore: !(difference < .zero), by: money(difference.magnitude), growth: growth,
      isFromNothing: then.isZero
    ).chinese
  }
}

extension Term {
  /// The same without its condition on the year, where that is the year before; `nil` for any other.
  fileprivate var ofYearBefore: Term? {
    let isBefore = conditions.contains { $0.field == .year && $0.accepted == .values(["-1"]) }
    return isBefore ? Term(quantity, conditions.filter { $0.field != .year }) : nil
  }
}

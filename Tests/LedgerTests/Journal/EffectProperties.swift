import Ledger
import Testing

/// What reading a journal by keys rests on: an effect is so much a fen, and the same whatever else an event says.
@Suite struct EffectProperties {
  private static let types = EventType.allCases.filter { type in
    guard type.definition.lines != nil else { return false }
    // What a commitment does depends on its id; it is always under a contract, so it is never summed up by key.
    if case .commits? = type.definition.contract { return false }
    return true
  }

  private static func event(
    _ type: EventType, _ amount: Int64, reason: String?, kind: String?, from: Int?, approval: String?, isOther: Bool
  ) throws -> Event {
    var line = Classification()
    line.from = from
    var details = Details()
    details[.reason] = reason.map(DetailValue.text)
    details[.kind] = kind.map(DetailValue.text)
    var annotation = Annotation()
    annotation.approval = approval.map { isOther ? $0 + "2" : $0 }
    if isOther { for field in [Field.doc, .payee, .by, .memo, .source] { annotation[field] = "close-2021-1" } }
    return Event(
      type: type, date: try Day(reading: isOther ? "2021-12-31" : "2021-03-01"),
      recorded: isOther ? Instant(milliseconds: 1) : nil, id: isOther ? "close-2021-001-1" : "x",
      unit: ExactText("001"), year: 2021, entries: [Entry(classification: line, amount: Money(fen: amount))],
      details: details, annotation: annotation)
  }

  private static func effect(_ event: Event) -> Sums { event.definition.effect(event, event.entries[0]) }

  @Test(arguments: types)
  func anEffectIsSoMuchAFen(type: EventType) throws {
    let reasons = [nil] + AdjustmentReason.allCases.map(\.rawValue) + CarryOverReason.allCases.map(\.rawValue)
    for reason in reasons {
      for kind in [nil] + CarryOverKind.allCases.map(\.rawValue) {
        for from in [nil, 2019, 2021] {
          for approval in [nil, "x"] {
            for sign in [1, -1] as [Int64] {
              func effect(_ size: Int64, isOther: Bool = false) throws -> Sums {
                EffectProperties.effect(
                  try EffectProperties.event(
                    type, sign * size, reason: reason, kind: kind, from: from, approval: approval, isOther: isOther))
              }
              let one = try effect(1)
              for measure in SummedMeasure.allCases {
                #expect((-1...1).contains(one[measure]))
                for size in [2, 12_345, Int64.max] { #expect(try effect(size)[measure] == one[measure] * size) }
              }
              #expect(try effect(1, isOther: true) == one)
            }
          }
        }
      }
    }
  }
}

/// What kind of body a unit is: decides which government classes it uses and whether 机关运行经费 exists for it.
public enum UnitKind: String, CaseIterable, Sendable {
  case administrative, quasi, institution
}

extension EventDefinition {
  /// 单位: a budget unit of this book. A later one renames it from its date on.
  static let unit = EventDefinition(
    name: .eventUnit, unit: .declares, fillsYear: false, lines: nil,
    own: [
      OwnField(.name, .text, .required),
      OwnField(.parent, .text, .optional),
      OwnField(.kind, .choice(UnitKind.allCases.map(\.rawValue)), .defaulted(UnitKind.administrative.rawValue)),
    ],
    declare: { recorded, declarations in
      guard let code = recorded.event.unit else { return }
      declarations.declare(
        unit: code,
        as: UnitDeclaration(
          position: recorded.position, date: recorded.event.date, name: recorded.event.details.text(.name) ?? code.text,
          parent: recorded.event.details.text(.parent).map(ExactText.init),
          kind: recorded.event.details.text(.kind).flatMap(UnitKind.init) ?? .administrative))
    })
}

/// How strictly the rules about money are kept.
public enum ControlMode: String, CaseIterable, Sendable {
  /// What breaks a rule is not recorded.
  case refuse
  /// It is recorded with a warning.
  case warn
  /// It is recorded.
  case off
}

extension EventDefinition {
  /// 控制规则: for one unit, or for all, on events dated on or after it. It counts whole: what it does not state has its
  /// usual value, not that of an earlier rule.
  static let policy = EventDefinition(
    name: .eventPolicy, unit: .optional, fillsYear: false, lines: nil,
    own: [
      OwnField(.control, .choice(ControlMode.allCases.map(\.rawValue)), .defaulted(ControlMode.refuse.rawValue)),
      OwnField(.level, .level, .optional),
      OwnField(.basis, .basis, .optional),
    ],
    declare: { recorded, declarations in
      let details = recorded.event.details
      guard let mode = details.text(.control).flatMap(ControlMode.init) else { return }
      declarations.declare(
        policy: PolicyDeclaration(
          position: recorded.position, date: recorded.event.date, unit: recorded.event.unit, mode: mode,
          level: details[.level].map(ControlLevel.init) ?? .usual,
          bases: details[.basis].map(PolicyDeclaration.bases) ?? [:]))
    })
}

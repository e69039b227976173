public enum ProjectStatus: String, CaseIterable, Sendable {
  case active, finished
}

extension EventDefinition {
  /// 项目: known in the whole book. A later one replaces it from its date on.
  static let project = EventDefinition(
    name: .eventProject, unit: .optional, fillsYear: false, lines: nil,
    own: [
      OwnField(.project, .text, .required),
      OwnField(.name, .text, .required),
      OwnField(.nature, .nature, .required),
      OwnField(.status, .choice(ProjectStatus.allCases.map(\.rawValue)), .defaulted(ProjectStatus.active.rawValue)),
      OwnField(.key, .flag, .optional),
    ],
    declare: { recorded, declarations in
      let details = recorded.event.details
      guard let code = details.text(.project), let nature = details.text(.nature).flatMap(Nature.init) else { return }
      declarations.declare(
        project: ExactText(code),
        as: ProjectDeclaration(
          position: recorded.position, date: recorded.event.date, name: details.text(.name) ?? code, nature: nature,
          status: details.text(.status).flatMap(ProjectStatus.init) ?? .active,
          isKey: details[.key] == .flag(true)))
    })
}

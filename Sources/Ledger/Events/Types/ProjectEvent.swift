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
      guard let (project, declaration) = recorded.declaredProject else { return }
      declarations.declare(project: project, as: declaration)
    })
}

extension RecordedEvent {
  /// The project that the event declares, and as what; `nil` for an event of another type.
  var declaredProject: (project: ExactText, declaration: ProjectDeclaration)? {
    let details = event.details
    guard event.type == .project, let code = details.text(.project),
      let nature = details.text(.nature).flatMap(Nature.init)
    else { return nil }
    let declaration = ProjectDeclaration(
      position: position, date: event.date, name: details.text(.name) ?? code, nature: nature,
      status: details.text(.status).flatMap(ProjectStatus.init) ?? .active, isKey: details[.key] == .flag(true))
    return (ExactText(code), declaration)
  }
}

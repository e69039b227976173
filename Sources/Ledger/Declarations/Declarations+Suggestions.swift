extension Declarations {
  /// A declared project, with the one that was probably meant in front: by its code, or by its name.
  public func expectedProject(near word: String) -> Phrase {
    let codes = projectCodes
    return .expectedDeclaredProject(known: codes).suggesting(word, among: codes, names: projectCodesByName)
  }

  /// A declared unit, likewise.
  public func expectedUnit(near word: String) -> Phrase {
    let codes = unitCodes
    return .expectedDeclaredUnit(known: codes).suggesting(word, among: codes, names: unitCodesByName)
  }

  /// A problem with what is not declared, with what was probably meant in front.
  ///
  /// It looks at every name there is. So it is for what a person has typed, and not for the lines of a file.
  public func suggesting(for problem: Problem) -> Problem {
    guard let word = problem.value else { return problem }
    return switch problem.code {
    case .projectUndeclared: problem.expecting(expectedProject(near: word))
    case .unitUndeclared: problem.expecting(expectedUnit(near: word))
    default: problem
    }
  }
}

extension Problem {
  fileprivate func expecting(_ expected: Phrase) -> Problem {
    Problem(code, at: at, field: field, value: value, expected: expected, detail: detail, rule: rule)
  }
}

extension EventDefinition {
  /// 科目: adds a code to a classification, or gives it another name, from its year on.
  static let code = EventDefinition(
    name: .eventCode, unit: .optional, fillsYear: true, lines: nil,
    own: [
      OwnField(.scheme, .choice(SchemeName.allCases.map(\.rawValue)), .required),
      OwnField(.code, .text, .required),
      OwnField(.name, .text, .required),
    ],
    check: { event in
      guard let scheme = event.details.text(.scheme).flatMap(SchemeName.init), let code = event.details.text(.code),
        let flaw = scheme.flaw(of: code)
      else { return [] }
      return [FieldProblem(.code, flaw)]
    },
    declare: { recorded, declarations in
      let details = recorded.event.details
      guard let scheme = details.text(.scheme).flatMap(SchemeName.init), let code = details.text(.code),
        let name = details.text(.name)
      else { return }
      declarations.declare(
        code: code, in: scheme,
        as: CodeDeclaration(
          position: recorded.position, year: recorded.event.year ?? recorded.event.date.year, name: name))
    })
}

extension SchemeName {
  /// What is wrong with the form of a code of this scheme; `nil` if nothing.
  func flaw(of code: String) -> Unreadable? {
    do throws(Unreadable) {
      switch self {
      case .fund: _ = try FundCode(reading: code)
      case .function: _ = try FunctionCode(reading: code)
      case .economic: _ = try EconomicCode(reading: code)
      case .government: _ = try GovernmentCode(reading: code)
      }
      return nil
    } catch { return error }
  }
}

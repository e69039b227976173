/// Where in the input something stands.
public struct SourceLocation: Equatable, Sendable {
  /// The file as it was named; `nil` for the command line.
  public let file: String?
  /// Of a workbook.
  public let sheet: String?
  /// From 1; `nil` where the place is the file as a whole.
  public let line: Int?
  /// In characters, from 1.
  public let column: Int?

  public init(file: String?, sheet: String? = nil, line: Int?, column: Int?) {
    self.file = file
    self.sheet = sheet
    self.line = line
    self.column = column
  }

  public static let commandLine = SourceLocation(file: nil, line: nil, column: nil)
}

/// One thing wrong, with everything a person needs to put it right.
public struct Problem: Error, Equatable, Sendable {
  public let code: ProblemCode
  public let at: SourceLocation
  /// The field as the input names it.
  public let field: String?
  /// As written.
  public let value: String?
  public let expected: Phrase?
  /// What happened, with the figures, where the name of the code alone does not say it.
  public let detail: Phrase?
  /// The rule that a refusal rests on, with its source.
  public let rule: Phrase?

  public init(
    _ code: ProblemCode, at: SourceLocation = .commandLine, field: String? = nil, value: String? = nil,
    expected: Phrase? = nil, detail: Phrase? = nil, rule: Phrase? = nil
  ) {
    self.code = code
    self.at = at
    self.field = field
    self.value = value
    self.expected = expected
    self.detail = detail
    self.rule = rule
  }

  public init(_ problem: FieldProblem, at: SourceLocation) {
    self.init(
      problem.code, at: at, field: problem.field.rawValue, value: problem.value.isEmpty ? nil : problem.value,
      expected: problem.expected)
  }
}

extension Problem {
  /// The same problem at a place.
  func at(_ location: SourceLocation) -> Problem {
    Problem(code, at: location, field: field, value: value, expected: expected, detail: detail, rule: rule)
  }
}

/// Several problems of one piece of input, all reported at once.
public struct Problems: Error, Sendable {
  public let list: [Problem]

  public init(_ list: [Problem]) { self.list = list }
  public init(_ problem: Problem) { self.list = [problem] }

  /// Bad input outranks a refusal: what cannot be read cannot be judged.
  public var exitCode: Int32 { list.map(\.code.exitCode).max() ?? 0 }
}

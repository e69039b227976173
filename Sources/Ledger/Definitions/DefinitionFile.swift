import Foundation
import TOMLKit

/// The text of a definition file taken apart, before anybody asks what it means.
///
/// A copy of what the TOML library read, so that nothing here hangs on the life of its tree.
indirect enum DefinitionValue {
  case text(String)
  case integer(Int)
  case flag(Bool)
  case list([DefinitionValue])
  case table([String: DefinitionValue])
  /// Dates and numbers with a point: no definition uses them.
  case other(String)

  fileprivate init(_ value: any TOMLValueConvertible) {
    if let text = value.string {
      self = .text(text)
    } else if let number = value.int {
      self = .integer(number)
    } else if let flag = value.bool {
      self = .flag(flag)
    } else if let list = value.array {
      self = .list(list.map { DefinitionValue($0) })
    } else if let table = value.table {
      self = .table(
        Dictionary(
          uniqueKeysWithValues: table.keys.map { ($0, table[$0]) }.compactMap { key, value in
            value.map { (key, DefinitionValue($0)) }
          }))
    } else {
      self = .other(value.debugDescription)
    }
  }

  /// As an error shows it.
  var shown: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .flag(let flag): String(flag)
    case .list: "[…]"
    case .table: "{…}"
    case .other(let text): text
    }
  }
}

/// One table of a definition file, read key by key; what nobody asked for is an error at the end.
final class DefinitionReader {
  /// Where problems of all tables of a file are gathered.
  final class Findings {
    let file: String
    fileprivate(set) var problems: [Problem] = []

    init(file: String) { self.file = file }

    func add(_ code: ProblemCode, _ path: String, value: String?, expected: Phrase) {
      problems.append(
        Problem(
          code, at: SourceLocation(file: file, line: nil, column: nil), field: path, value: value, expected: expected))
    }
  }

  let path: String
  let findings: Findings
  private let values: [String: DefinitionValue]
  private var asked: Set<String> = []

  private init(_ values: [String: DefinitionValue], path: String, findings: Findings) {
    self.values = values
    self.path = path
    self.findings = findings
  }

  /// - Throws: `definition.syntax` with line and column.
  static func read(_ text: String, file: String) throws -> DefinitionReader {
    do {
      guard case .table(let values) = DefinitionValue(try TOMLTable(string: text)) else {
        return .init([:], path: "", findings: Findings(file: file))
      }
      return DefinitionReader(values, path: "", findings: Findings(file: file))
    } catch let error as TOMLParseError {
      throw Problems(
        Problem(
          .definitionSyntax,
          at: SourceLocation(file: file, line: Int(error.source.begin.line), column: Int(error.source.begin.column)),
          expected: .expectedTOML, detail: .storeSaid(error.description)))
    }
  }

  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func wrong(_ key: String, _ value: DefinitionValue?, _ expected: Phrase) {
    findings.add(.definitionUnreadable, place(key), value: value?.shown, expected: expected)
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  private func value(_ key: String) -> DefinitionValue? {
    asked.insert(key)
    return values[key]
  }

  func text(_ key: String) -> String? {
    switch value(key) {
    case nil: return nil
    case .text(let text)? where !text.isEmpty: return text
    case let other?:
      wrong(key, other, .expectedText)
      return nil
    }
  }

  /// A text that must be there.
  func required(_ key: String) -> String {
    if let text = text(key) { return text }
    if !has(key) { wrong(key, nil, .expectedField(key)) }
    return ""
  }

  func integer(_ key: String) -> Int? {
    switch value(key) {
    case nil: return nil
    case .integer(let number)?: return number
    case let other?:
      wrong(key, other, .expectedInteger)
      return nil
    }
  }

  /// A text, or a whole number as text.
  func scalar(_ key: String) -> String? {
    if case .integer(let number)? = values[key] {
      asked.insert(key)
      return String(number)
    }
    return text(key)
  }

  func flag(_ key: String) -> Bool {
    switch value(key) {
    case nil: return false
    case .flag(let flag)?: return flag
    case let other?:
      wrong(key, other, .expectedFlag)
      return false
    }
  }

  /// One text, or several.
  func texts(_ key: String) -> [String]? {
    switch value(key) {
    case nil: return nil
    case .text(let text)?: return [text]
    case .list(let list)?:
      return list.compactMap { item in
        if case .text(let text) = item { return text }
        wrong(key, item, .expectedText)
        return nil
      }
    case let other?:
      wrong(key, other, .expectedText)
      return nil
    }
  }

  /// One of these words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    wrong(key, .text(text), .expectedOneOf(Choice.allCases.map(\.rawValue)))
    return nil
  }

  /// One or several of these words.
  func choices<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> [Choice]?
  where Choice.RawValue == String {
    texts(key)?.compactMap { text in
      if let choice = Choice(rawValue: text) { return choice }
      wrong(key, .text(text), .expectedOneOf(Choice.allCases.map(\.rawValue)))
      return nil
    }
  }

  /// A formula, perhaps with variables.
  func formula(_ key: String) -> Formula? { text(key).flatMap { formula($0, of: key) } }

  /// The formula that the value of a key is, or has in it.
  func formula(_ text: String, of key: String) -> Formula? {
    do {
      let formula = try Formula(readingTemplate: text)
      // What one document prints is no part of a rule for all.
      if formula.namesPrinted { wrong(key, .text(text), .expectedNoPrinted) }
      return formula
    } catch {
      findings.add(error.code, place(key), value: error.value, expected: error.expected)
      return nil
    }
  }

  /// Names with texts.
  func map(_ key: String) -> [String: String] {
    guard let reader = table(key) else { return [:] }
    var map: [String: String] = [:]
    for name in reader.values.keys.sorted() { map[name] = reader.required(name) }
    return map
  }

  func table(_ key: String) -> DefinitionReader? {
    switch value(key) {
    case nil: return nil
    case .table(let values)?: return DefinitionReader(values, path: place(key), findings: findings)
    case let other?:
      wrong(key, other, .expectedTable)
      return nil
    }
  }

  /// The tables of a list, each under its number from 1.
  func tables(_ key: String) -> [DefinitionReader] {
    switch value(key) {
    case nil: return []
    case .list(let list)?:
      return list.enumerated().compactMap { number, item in
        if case .table(let values) = item {
          return DefinitionReader(values, path: "\(place(key))[\(number + 1)]", findings: findings)
        }
        wrong(key, item, .expectedTable)
        return nil
      }
    case let other?:
      wrong(key, other, .expectedTable)
      return []
    }
  }

  /// The keys of a table whose keys are names of other things.
  var keys: [String] { values.keys.sorted() }

  func isTable(_ key: String) -> Bool {
    if case .table? = values[key] { return true }
    return false
  }

  func isList(_ key: String) -> Bool {
    if case .list? = values[key] { return true }
    return false
  }

  /// Several things, each a text or several texts.
  func textGroups(_ key: String) -> [[String]] {
    guard case .list(let list)? = values[key] else { return texts(key).map { [$0] } ?? [] }
    asked.insert(key)
    return list.map { item in
      let texts: [DefinitionValue] = if case .list(let several) = item { several } else { [item] }
      return texts.compactMap { text in
        if case .text(let text) = text, !text.isEmpty { return text }
        wrong(key, text, .expectedText)
        return nil
      }
    }
  }

  /// Says what nobody has asked for.
  func finish() {
    for key in values.keys.sorted() where !asked.contains(key) {
      wrong(key, values[key], .expectedOneOf(asked.sorted()))
    }
  }
}

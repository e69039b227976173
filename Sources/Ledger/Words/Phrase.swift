/// The languages the catalogue speaks.
public enum Language: String, CaseIterable, Sendable {
  case chinese = "zh"
  case english = "en"

  /// The language of a locale such as `zh_CN.UTF-8`; English for any other than Chinese.
  public init(locale: String) { self = locale.lowercased().hasPrefix("zh") ? .chinese : .english }

  /// What stands between a label and what it labels.
  var colon: String { self == .chinese ? "：" : ": " }

  /// What stands between two sentences.
  var sentenceBreak: String { self == .chinese ? "；" : "; " }
}

/// Something a person reads, in every language of the catalogue.
///
/// The catalogue is this type's static members, in the files of this folder: nothing else in the project holds words
/// for a person. Both languages stand side by side, so that neither can be forgotten.
public struct Phrase: Hashable, Sendable {
  public let chinese: String
  public let english: String

  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// Names one after another.
  static func list(_ names: [String]) -> Phrase {
    Phrase(names.joined(separator: "、"), names.joined(separator: ", "))
  }

  public func text(in language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}

/// So many of something, in English: `1 event`, `2 events`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// One field that only some types have.
public struct OwnField: Sendable {
  public enum Form: Sendable {
    case text
    /// The code of a declared project.
    case project
    /// One of these words.
    case choice([String])
    case flag
    case reference
    /// A nature, as a word.
    case nature
    /// One value or several with `|`, matching a line field.
    case filter
    case amount(least: Money)
    /// Line fields, each once.
    case level
    /// A basis for each prefix of a fund code.
    case basis
  }

  public enum Presence: Sendable {
    case required, optional
    case defaulted(String)
  }

  public let field: Field
  public let form: Form
  public let presence: Presence

  init(_ field: Field, _ form: Form, _ presence: Presence) {
    self.field = field
    self.form = form
    self.presence = presence
  }
}

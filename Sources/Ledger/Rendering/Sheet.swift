/// A page of a document: a title, a grid of headings and rows, and notes. Every format of a statement is made of it.
public struct Sheet: Sendable {
  /// What stands in a place of the grid.
  public enum Content: Sendable, Equatable {
    case empty
    case text(String)
    /// A number with so many decimals, half away from zero; `nil`: no value.
    case number(Rational?, decimals: Int)
    /// A ratio, shown in percent with two decimals; `nil`: no value.
    case percent(Rational?)
    /// Nothing is recorded that gives it; the number of the note that says so.
    case blank(note: Int)
  }

  public struct Cell: Sendable {
    public var content: Content
    /// How many columns and rows it takes; what it covers is `.empty`.
    public var columns: Int
    public var rows: Int
    /// Set in by so many steps.
    public var indent: Int
    /// Set off as part of a total.
    public var isTotal: Bool

    public init(_ content: Content, columns: Int = 1, rows: Int = 1, indent: Int = 0, isTotal: Bool = false) {
      self.content = content
      self.columns = columns
      self.rows = rows
      self.indent = indent
      self.isTotal = isTotal
    }

    public static let empty = Cell(.empty)
  }

  /// A part of the page whose rows share their columns.
  public struct Part: Sendable {
    public var columns: [Column]
    public var headings: [[Cell]]
    public var rows: [[Cell]]
    /// Where it is several sides next to one another: the first column of each. On a narrow screen they go below one another.
    public var sides: [Int]
    /// Whether the topmost heading of every side is its name.
    public var isNamed: Bool
  }

  public struct Column: Sendable {
    public enum Kind: Sendable { case label, code, line, figure, text }

    public let kind: Kind
  }

  /// The name of the table.
  public let title: String
  /// What stands right above the table on the right: 公开01表.
  public let number: String?
  /// Left above the table: whose it is, and of which year.
  public let owner: String
  /// 单位：万元; `nil` on a page without money.
  public let money: String?
  public let parts: [Part]
  /// Lines under the table.
  public let notes: [String]
}

extension Sheet.Content {
  /// As a person reads it.
  public var shown: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .number(let number, let decimals): number.map { DisplayUnit.grouped($0.text(decimals: decimals)) } ?? "—"
    case .percent(let ratio): ratio.map { $0.percent() + "%" } ?? "—"
    case .blank(let note): "—[\(note)]"
    }
  }

  /// As a program reads it: numbers without `,` and `%`.
  public var plain: String {
    switch self {
    case .empty, .text, .blank, .number(nil, _), .percent(nil): shown
    case .number(let number?, let decimals): number.text(decimals: decimals)
    case .percent(let ratio?): ratio.percent()
    }
  }
}

extension Sheet {
  /// Whether it is short enough to be printed on one page.
  var isOnePage: Bool { parts.reduce(0) { $0 + $1.headings.count + $1.rows.count } + notes.count <= 90 }
}

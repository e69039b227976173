/// A statement (报表): the tables a unit hands in or publishes for a year, every cell with the formula it comes from.
public struct Statement: Sendable {
  public let name: StatementName
  public let year: Int
  /// The units asked for, each with those below it; empty: all.
  public let units: [ExactText]
  /// Whose statement it is, as its tables say.
  public let unitName: String
  public let place: String
  public let horizon: Horizon
  /// The last event that counts.
  public let position: Int
  /// Whether nothing of the year and units is on record.
  public let hasNoLines: Bool
  /// The unit of money its forms use.
  public let moneyUnit: DisplayUnit
  public internal(set) var tables: [StatementTable]

  /// Only the tables of a name or number.
  public func only(_ name: String) -> Statement {
    var part = self
    part.tables = tables.filter { $0.name == name || $0.number == name }
    return part
  }

  /// The cell of an id, with its table.
  public func cell(_ id: String) -> StatementTable.Cell? {
    tables.lazy.compactMap { table in table.cells.first { $0.id == id } }.first
  }
}

/// One table of a statement.
public struct StatementTable: Sendable {
  public struct Block: Sendable {
    /// Where a table has several.
    public let name: String?
    public let isStacked: Bool
    public let columns: [Column]
    public let rows: [Row]
  }

  public struct Column: Sendable {
    public let kind: ColumnKind
    /// Headings from the top down.
    public let titles: [String]
    public let id: String
  }

  public struct Row: Sendable {
    /// A code, or a label without its numbering.
    public let id: String
    public let label: String
    /// The code, in a table by codes.
    public let code: String?
    /// 行次.
    public let line: Int?
    public let indent: Int
    public let isTotal: Bool
    /// One for each column; `nil` where the column is not computed.
    public let cells: [Cell?]
  }

  public struct Cell: Sendable {
    /// Table / side or heading if the table has several / row / column.
    public let id: String
    public let row: String
    public let label: String
    public let column: String
    public let value: Value
    /// What it was computed from, with every variable filled in; `nil` for texts and blanks.
    public let formula: Formula?
  }

  public enum Value: Sendable, Equatable {
    /// In yuan.
    case money(Rational)
    /// As a ratio; `nil`: the denominator is zero.
    case percent(Rational?)
    case number(Rational?)
    case text(String)
    /// Nothing is recorded that gives it; the number of the note that says what is missing.
    case blank(note: Int)

    var isZero: Bool {
      switch self {
      case .money(let amount): amount.isZero
      case .percent(let ratio), .number(let ratio): ratio?.isZero ?? true
      case .text, .blank: true
      }
    }
  }

  /// What the head of a project's table says.
  public struct Project: Sendable {
    public let code: String
    public let name: String
    /// 实施单位.
    public let units: [String]
    /// 主管部门: the unit above, or the unit itself where it has none.
    public let superiors: [String]
  }

  public let name: String
  /// The project, in statements of one table a project.
  public let project: Project?
  /// 公开01表.
  public let number: String?
  public let blocks: [Block]
  /// What the table reflects.
  public let note: String?
  /// Numbered notes, each about blanks or an amount.
  public let notes: [String]
  /// What a table without any amount says instead; `nil` where it has one or may not be empty.
  public let emptySentence: String?

  /// Its cells in reading order: block after block, row after row.
  public var cells: [Cell] { blocks.flatMap { $0.rows.flatMap { $0.cells.compactMap { $0 } } } }
}

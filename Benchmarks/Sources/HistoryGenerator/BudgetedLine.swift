/// What a budget line pays for, in the order in which texts are kept.
enum LineKind: Int, CaseIterable {
  /// 人员经费.
  case personnel
  /// 公用经费.
  case `public`
  /// 项目支出.
  case project
  /// Other money of the unit, on the receipts basis.
  case other

  /// How often such a line is paid from, compared with others of the unit.
  var weight: Int {
    switch self {
    case .personnel: 1
    case .public: 4
    case .project: 3
    case .other: 2
    }
  }

  /// A usual payment, in fen.
  var usualAmount: Double {
    switch self {
    case .personnel: 6_000_000
    case .public: 180_000
    case .project: 1_500_000
    case .other: 500_000
    }
  }
}

/// The codes of a budget line.
struct LineCodes {
  let kind: LineKind
  let fund: String
  let function: String
  let economic: String
  let project: String?
  let procurement: String?
  /// Whether a virement may raise it: meetings, training and receptions may only be cut.
  let mayRise: Bool
}

/// A budget line of one unit and year, as the events on it are written.
struct BudgetedLine {
  let kind: LineKind
  /// `"economic":…,"function":…,"fund":…`.
  let codes: TextPool.Text
  /// `,"procurement":…,"project":…`, or nothing; procurement only where something is bought.
  let purpose: TextPool.Text
  /// `,"project":…`, or nothing.
  let project: TextPool.Text
  /// Which of the control keys it is charged to.
  let control: Int
  /// Its part of its unit's payments is `reached` less that of the line before, from 0 to 1.
  let reached: Double
  /// A usual payment, in fen.
  let usualAmount: Double
  let approved: Int
  let mayRise: Bool
  /// Its unit, counted from 0.
  let unit: Int

  /// Whether a virement may move budget between it and others of its kind.
  var mayPass: Bool { kind == .public || kind == .project }
}

/// What is left of, and paid from, the lines that control watches together (unit, year, fund, function, project).
struct ControlledMoney {
  /// What may still be spent on any date, in fen. Nothing is added after the approval: so what it allows today fits on
  /// every earlier date too.
  var left: Int
  /// Payments less refunds, in fen.
  var paid: Int
}

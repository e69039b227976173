/// How a computed figure is shown.
public enum FigureForm: String, CaseIterable, Sendable {
  case percent, yuan, number

  /// As programs read it: percent and yuan with two decimals, a number with as many as it needs up to two.
  func plain(_ value: Rational) -> String {
    switch self {
    case .percent: value.percent()
    case .yuan: value.text(decimals: 2)
    case .number: value.text(decimals: value.usualDecimals)
    }
  }
}

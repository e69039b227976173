extension MeasureReport {
  /// One line of JSON, with every field in a fixed order: the same report is the same bytes, from a book or a journal.
  public func json(named name: String) -> String {
    var object = JSONObjectText()
    object.add("schema", "ledgerctl/\(name)/1")
    object.add(horizon, position: position, units: query.units, years: query.years)
    object.add("by", texts: query.by.map(\.name))
    let columns = columns
    object.add("rows", objects: rows.lazy.map { json(of: $0, columns, isTotal: false) })
    object.add("total", json(of: total, columns, isTotal: true))
    return object.text
  }

  private func json(of row: ReportRow, _ columns: [Column], isTotal: Bool) -> JSONObjectText {
    var object = JSONObjectText()
    if !isTotal {
      object.add("key", query.json(ofKey: row.key))
      object.add("name", orNull: row.name)
    }
    for column in columns { object.add(column.name, orNull: column.value(row)) }
    if row.prior != nil { addComparison(of: row, to: &object) }
    return object
  }

  private func addComparison(of row: ReportRow, to object: inout JSONObjectText) {
    func figures(_ value: (Measure) -> String?) -> JSONObjectText {
      var figures = JSONObjectText()
      for measure in MeasureReport.compared { figures.add(measure.rawValue, orNull: value(measure)) }
      return figures
    }
    object.add("prior", figures { row.prior?[$0].yuan })
    object.add("change", figures { (row.figures[$0] - (row.prior?[$0] ?? 0)).yuan })
    object.add("growth", figures { row.growth(of: $0)?.percent() })
  }

  /// A figure under its name, as JSON and CSV give it: amounts in yuan, rates and shares in percent.
  struct Column {
    let name: String
    let value: (ReportRow) -> String?
  }

  var columns: [Column] {
    Measure.allCases.map { measure in Column(name: measure.rawValue) { $0.figures[measure].yuan } }
      + Rate.allCases.map { rate in Column(name: rate.rawValue) { $0.figures[rate]?.percent() } }
      + Share.allCases.map { share in Column(name: share.rawValue) { self.share(share, of: $0)?.percent() } }
  }
}

extension MeasureQuery {
  /// The values of the dimensions as a JSON object; a year is a number.
  func json(ofKey values: [String?]) -> JSONObjectText {
    var key = JSONObjectText()
    for (dimension, value) in zip(by, values) {
      if dimension == .year {
        key.add(dimension.name, orNull: value.flatMap(Int.init))
      } else {
        key.add(dimension.name, orNull: value)
      }
    }
    return key
  }
}

extension KnownAt {
  /// The argument in its normal form; `nil` for everything.
  public var text: String? {
    switch self {
    case .everything: nil
    case .time(let time): time.description
    case .position(let position): "#\(position)"
    }
  }
}

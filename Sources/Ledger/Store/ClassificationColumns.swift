import GRDB

/// The fields of a line as columns: one each, in the order of the journal's table; `from` is a word of SQL.
enum ClassificationColumns {
  static func add(_ line: Classification, to row: inout RowBuffer) {
    for field in LineField.allCases {
      if field == .from { row.add(line.from) } else { row.add(line[field]) }
    }
  }

  /// The stored values as they stand, so that one that cannot be read does not pass for none.
  /// - Parameter first: the column of the first field.
  static func stored(_ row: RawStatement, from first: Int32) -> [String?] {
    LineField.allCases.indices.map { row.textOrNil(first + Int32($0)) }
  }

  /// - Parameter fields: as stored, in the order of the journal's table.
  /// - Returns: `nil` where a value is none of its field.
  static func classification(_ fields: [String?]) -> Classification? {
    var line = Classification()
    do {
      line.fund = try fields[0].map { text throws(Unreadable) in try FundCode(reading: text) }
      line.function = try fields[1].map { text throws(Unreadable) in try FunctionCode(reading: text) }
      line.economic = try fields[2].map { text throws(Unreadable) in try EconomicCode(reading: text) }
      line.government = try fields[3].map { text throws(Unreadable) in try GovernmentCode(reading: text) }
    } catch { return nil }
    line.project = fields[4].map(ExactText.init)
    line.nature = fields[5].flatMap(Nature.init)
    line.procurement = fields[6].flatMap(Procurement.init)
    line.from = fields[7].flatMap { Int($0) }
    line.category = fields[8].flatMap(RevenueCategory.init)
    return line
  }
}

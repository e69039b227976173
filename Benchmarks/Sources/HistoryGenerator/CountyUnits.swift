/// A unit of the made-up county (单位).
struct CountyUnit {
  let code: String
  let name: String
  let trade: Trade
}

/// What a unit does, and so by which functions it spends.
struct Trade: Sendable {
  let kind: StaticString
  /// 支出功能分类 of its running costs.
  let runningFunction: String
  /// 支出功能分类 of its projects.
  let projectFunction: String
  /// Names of units, `#` standing for a place.
  let names: [String]

  var isInstitution: Bool { kind.description == "institution" }
  var healthFunction: String { isInstitution ? "2101102" : "2101101" }

  /// In the order in which units take turns.
  static let all: [Trade] = [
    Trade(kind: "institution", runningFunction: "2050202", projectFunction: "2050299", names: ["#小学", "#中心小学"]),
    Trade(kind: "institution", runningFunction: "2050203", projectFunction: "2050299", names: ["#中学"]),
    Trade(kind: "administrative", runningFunction: "2010301", projectFunction: "2010399", names: ["#镇人民政府", "#街道办事处"]),
    Trade(kind: "institution", runningFunction: "2100302", projectFunction: "2100399", names: ["#卫生院"]),
    Trade(kind: "administrative", runningFunction: "2130101", projectFunction: "2130199", names: ["#农业农村办公室"]),
    Trade(kind: "institution", runningFunction: "2130104", projectFunction: "2130199", names: ["#农技推广站", "#水库管理站"]),
    Trade(kind: "administrative", runningFunction: "2120101", projectFunction: "2120199", names: ["#建设管理所"]),
    Trade(kind: "administrative", runningFunction: "2140101", projectFunction: "2140199", names: ["#交通管理所"]),
    Trade(kind: "institution", runningFunction: "2070109", projectFunction: "2070199", names: ["#文化站"]),
    Trade(kind: "administrative", runningFunction: "2200101", projectFunction: "2200199", names: ["#自然资源所"]),
    Trade(kind: "administrative", runningFunction: "2240101", projectFunction: "2240199", names: ["#应急管理所"]),
  ]
}

/// The units of a county, made up: no place of this name or code exists.
enum County {
  static let code = "369900"
  static let name = "示例县"

  static let places = [
    "城关", "东山", "西河", "南桥", "北塘", "青云", "白石", "红旗", "大湾", "小溪", "龙潭", "凤凰", "梅林", "竹园", "松岭", "柏树", "石门", "沙洲",
    "清泉", "新田", "古渡", "长岭", "平原", "高坪", "双桥", "三江", "五里", "十里", "莲塘", "金鸡",
  ]

  static func units(_ count: Int) -> [CountyUnit] {
    (0..<count).map { index in
      let trade = Trade.all[index % Trade.all.count]
      let place = places[index / Trade.all.count % places.count]
      let pattern = trade.names[index / (Trade.all.count * places.count) % trade.names.count]
      let number = String(index + 1)
      return CountyUnit(
        code: code + String(repeating: "0", count: 3 - number.count) + number,
        name: name + place + pattern.dropFirst(), trade: trade)
    }
  }
}

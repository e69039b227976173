/// A project of a unit (项目).
struct UnitProject {
  let code: String
  let name: String
  let isKey: Bool
  /// 部门预算支出经济分类 of its lines.
  let economics: [String]
}

/// The projects of a unit, of which some end and others begin each year.
struct UnitProjects {
  private(set) var running: [UnitProject] = []
  private var begun = 0

  /// - Returns: the projects that begin in this year.
  mutating func startYear(_ year: Int, _ unit: CountyUnit, _ random: inout SeededRandom) -> [UnitProject] {
    running = running.filter { _ in random.happens(0.6) }
    let wanted = 3 + random.below(3)
    let new = (running.count..<max(wanted, running.count)).map { _ in
      begun += 1
      return UnitProjects.project(begun, year, unit, &random)
    }
    running += new
    return new
  }

  private static func project(
    _ number: Int, _ year: Int, _ unit: CountyUnit, _ random: inout SeededRandom
  ) -> UnitProject {
    let purpose = purposes[random.below(purposes.count)]
    let main = ["30227", "30299", "30226", "30213"][random.below(4)]
    let second = random.happens(0.3) ? [["31002", "30216", "30202"][random.below(3)]] : []
    return UnitProject(
      code: "P\(year % 100)-\(unit.code.dropFirst(County.code.count))-\(number)", name: "\(year)年\(purpose)",
      isKey: random.happens(0.1), economics: [main] + second)
  }

  private static let purposes = [
    "运转补助", "设施维修改造", "设备购置", "信息化建设", "专项业务", "宣传培训", "民生实事", "安全保障", "环境整治", "人才队伍建设",
  ]
}

/// Which lines a unit is given.
enum UnitLines {
  static func codes(
    of unit: CountyUnit, _ projects: [UnitProject], _ random: inout SeededRandom
  ) -> [LineCodes] {
    func basic(_ kind: LineKind, _ function: String, _ economic: String, mayRise: Bool = true) -> LineCodes {
      LineCodes(
        kind: kind, fund: "111", function: function, economic: economic, project: nil, procurement: nil,
        mayRise: mayRise)
    }
    let running = unit.trade.runningFunction
    var codes = [
      basic(.personnel, running, "30101"), basic(.personnel, running, unit.trade.isInstitution ? "30107" : "30102"),
      basic(.public, running, "30201"), basic(.public, running, "30211"),
    ]
    if random.happens(0.7) { codes.append(basic(.public, running, "30217", mayRise: false)) }
    codes.append(basic(.personnel, "2080505", "30108"))
    codes.append(basic(.personnel, unit.trade.healthFunction, "30110"))
    for project in projects {
      for economic in project.economics {
        codes.append(
          LineCodes(
            kind: .project, fund: "111", function: unit.trade.projectFunction, economic: economic,
            project: project.code, procurement: economic == "31002" ? "goods" : nil, mayRise: economic != "30216"))
      }
    }
    if random.happens(unit.trade.isInstitution ? 0.6 : 0.1) {
      codes.append(
        LineCodes(
          kind: .other, fund: unit.trade.isInstitution ? "31" : "39", function: running, economic: "30299",
          project: nil, procurement: nil, mayRise: false))
    }
    return codes
  }
}

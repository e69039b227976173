/// The short texts that payments carry: who was paid, and for what.
struct Vocabulary {
  /// 收款人 of other than personnel costs.
  let payees: [TextPool.Text]
  /// 收款人 of personnel costs.
  let personnelPayees: [TextPool.Text]
  let finance: TextPool.Text
  /// 摘要 by kind of line and month from 1, `memosOfMonth` of each together.
  private let memos: [TextPool.Text]

  private static let memosOfMonth = 6
  private static let payeeCount = 200

  init(_ pool: TextPool) {
    payees = (0..<Vocabulary.payeeCount).map { index in
      let place = County.places[index * 7 % County.places.count]
      let trade = Vocabulary.trades[index % Vocabulary.trades.count]
      let form = index % 3 == 0 ? "经营部" : "有限公司"
      return pool.add(place + trade + form)
    }
    personnelPayees = ["代发工资专户", "县社会保险中心", "县医疗保障中心", "住房公积金管理中心"].map(pool.add)
    finance = pool.add("县财政局")
    memos = LineKind.allCases.flatMap { kind in
      (1...12).flatMap { month in
        (0..<Vocabulary.memosOfMonth).map { pool.add(Vocabulary.memo(kind, month: month, index: $0)) }
      }
    }
  }

  func memo(_ kind: LineKind, month: Int, _ random: inout SeededRandom) -> TextPool.Text {
    memos[(kind.rawValue * 12 + month - 1) * Vocabulary.memosOfMonth + random.below(Vocabulary.memosOfMonth)]
  }

  func payee(_ kind: LineKind, _ random: inout SeededRandom) -> TextPool.Text {
    let names = kind == .personnel ? personnelPayees : payees
    return names[random.below(names.count)]
  }

  private static func memo(_ kind: LineKind, month: Int, index: Int) -> String {
    let texts = purposes[kind.rawValue]
    return "\(month)月" + texts[index % texts.count]
  }

  private static let purposes = [
    ["工资", "津贴补贴", "绩效工资", "养老保险缴费", "医疗保险缴费", "临时人员工资"],
    ["办公用品", "差旅费报销", "水电费", "印刷费", "物业费", "邮电费"],
    ["项目进度款", "委托业务费", "设备采购款", "宣传材料", "验收费用", "劳务费"],
    ["食堂支出", "课后服务费", "场地维护", "代收代付"],
  ]

  private static let trades = [
    "办公用品", "印刷", "建筑工程", "信息科技", "物业服务", "汽车维修", "图文广告", "电子设备", "食品配送", "园林绿化", "劳务派遣", "会计服务", "医疗器械", "教学设备",
    "水利工程", "运输",
  ]
}

extension Measure {
  public var title: Phrase {
    switch self {
    case .appropriated: Phrase("年初预算数", "Approved")
    case .foreseen: Phrase("其中上年结转", "of which carried")
    case .adjusted: Phrase("调整", "Adjusted")
    case .carriedIn: Phrase("年初结转和结余", "Carried in")
    case .surplusIn: Phrase("其中结余", "of which surplus")
    case .openingAdjusted: Phrase("年初数调整", "Opening adj.")
    case .budget: Phrase("全年预算数", "Budget")
    case .capped: Phrase("限额", "Cap")
    case .planned: Phrase("用款计划", "Planned")
    case .estimated: Phrase("收入预算", "Estimated")
    case .received: Phrase("到位", "Received")
    case .collected: Phrase("收缴", "Collected")
    case .contracted: Phrase("合同金额", "Contracted")
    case .committed: Phrase("占用", "Committed")
    case .disbursed: Phrase("执行数", "Spent")
    case .lapsed: Phrase("收回", "Lapsed")
    case .surplusUsed: Phrase("使用非财政拨款结余", "Surplus used")
    case .allocated: Phrase("结余分配", "Allocated")
    case .income: Phrase("本年收入", "Income")
    case .available: Phrase("可用指标", "Available")
    case .balance: Phrase("结转结余", "Balance")
    }
  }
}

extension Rate {
  public var title: Phrase {
    switch self {
    case .executionRate: Phrase("执行率", "Execution")
    case .originalRate: Phrase("完成年初预算", "Of approved")
    case .carryOverRate: Phrase("结转结余率", "Carry-over rate")
    case .receiptRate: Phrase("资金到位率", "Receipt rate")
    case .revenueRate: Phrase("收入预算完成率", "Revenue rate")
    case .adjustmentRate: Phrase("预算调整率", "Adjustment rate")
    }
  }
}

extension CarryOverKind {
  public var title: Phrase {
    switch self {
    case .continuing: Phrase("结转", "continuing")
    case .surplus: Phrase("结余", "surplus")
    }
  }
}

extension ClosePlan.Reason {
  var title: Phrase {
    switch self {
    case .surplus: Phrase("原为结余", "was surplus")
    case .basic: Phrase("基本支出结转", "basic goes on")
    case .finished: Phrase("项目已完成", "project finished")
    case .twoYears: Phrase("连续两年未用完", "unspent after two years")
    case .continuing: Phrase("结转", "goes on")
    case .deficit: Phrase("赤字", "deficit")
    }
  }
}

extension StatusReport.Flag {
  /// What to say of a row that needs a look.
  func note(_ row: StatusReport.Row, _ unit: DisplayUnit) -> Phrase {
    let name = [row.key, row.name].compactMap { $0 }.joined(separator: " ")
    let rate = row.figures[Rate.executionRate].map { $0.percent() + "%" } ?? "—"
    let available = unit.text(row.figures[.available])
    switch self {
    case .overdrawn: return Phrase("超支：\(name) 可用 \(available)", "overdrawn: \(name), \(available) available")
    case .late: return Phrase("进度落后：\(name) 执行率 \(rate)", "late: \(name), \(rate) spent")
    case .behindPlan:
      let planned = unit.text(row.figures[.planned])
      let spent = unit.text(row.figures[.disbursed])
      return Phrase("低于计划：\(name) 支出 \(spent)，计划 \(planned)", "behind plan: \(name), \(spent) of \(planned) planned")
    case .nearlyUsedUp:
      return Phrase("即将用完：\(name) 可用 \(available)", "nearly used up: \(name), \(available) available")
    }
  }
}

extension Verdict {
  public var title: Phrase {
    switch self {
    case .ties: Phrase("相符", "ties")
    case .rounding: Phrase("尾差", "rounding")
    case .contradiction: Phrase("矛盾", "contradiction")
    }
  }
}

extension Dimension {
  public var title: Phrase {
    switch self {
    case .unit: Phrase("单位", "Unit")
    case .year: Phrase("年度", "Year")
    case .month: Phrase("月份", "Month")
    case .lot: Phrase("资金批次", "Lot")
    case .line(.fund): Phrase("资金性质", "Fund")
    case .line(.function): Phrase("功能科目", "Function")
    case .line(.economic): Phrase("经济科目", "Economic")
    case .line(.government): Phrase("政府经济科目", "Government")
    case .line(.project): Phrase("项目", "Project")
    case .line(.nature): Phrase("支出性质", "Nature")
    case .line(.procurement): Phrase("政府采购", "Procurement")
    case .line(.from): Phrase("资金年度", "From")
    case .line(.category): Phrase("收入类别", "Category")
    }
  }
}

extension ControlKey {
  /// `111/2130501/KQYM（资金/功能科目/项目）`.
  var shown: Phrase {
    let names = level.fields.map(\.shortName)
    let chinese = names.isEmpty ? "全部" : names.joined(separator: "/")
    let english = names.isEmpty ? "all" : level.fields.map(\.rawValue).joined(separator: "/")
    return Phrase("\(self)（\(chinese)）", "\(self) (\(english))")
  }
}

extension LineField {
  /// As keys of control name it.
  fileprivate var shortName: String {
    switch self {
    case .fund: "资金"
    case .function: "功能科目"
    case .economic: "经济科目"
    case .government: "政府经济科目"
    case .project: "项目"
    case .nature: "支出性质"
    case .procurement: "政府采购"
    case .from: "资金年度"
    case .category: "收入类别"
    }
  }
}

extension Phrase {
  static let eventUnit = Phrase("单位", "unit")
  static let eventProject = Phrase("项目", "project")
  static let eventCode = Phrase("科目", "code")
  static let eventPolicy = Phrase("控制规则", "policy")
  static let eventAppropriation = Phrase("年初预算批复", "appropriation")
  static let eventAdjustment = Phrase("追加追减", "adjustment")
  static let eventVirement = Phrase("调剂", "virement")
  static let eventCap = Phrase("限额", "cap")
  static let eventPlan = Phrase("用款计划", "plan")
  static let eventRevenueBudget = Phrase("收入预算", "revenue-budget")
  static let eventCollection = Phrase("收缴", "collection")
  static let eventCommitment = Phrase("合同占用", "commitment")
  static let eventRelease = Phrase("合同释放", "release")
  static let eventLapse = Phrase("年终收回", "lapse")
  static let eventSurplusUse = Phrase("使用非财政拨款结余", "surplus-use")
  static let eventSurplusAllocation = Phrase("结余分配", "surplus-allocation")
  static let eventClose = Phrase("年终结账", "close")
  static let eventIndicator = Phrase("指标值", "indicator")
  static let eventCarryOver = Phrase("上年结转结余", "carry-over")
  static let eventReceipt = Phrase("资金到位", "receipt")
  static let eventDisbursement = Phrase("支付", "disbursement")
  static let eventRefund = Phrase("退回", "refund")
  static let eventReversal = Phrase("冲销", "reversal")
  static let eventAssertion = Phrase("公布数", "assertion")

  public static let titleExecution = Phrase("预算执行情况", "Budget execution")
  public static let titleBalance = Phrase("指标余额", "Balances")
  public static let titleState = Phrase("指标行", "Budget lines")

  static let titleStatus = Phrase("预算执行概览", "Status")
  static func timeShare(_ share: String, _ passed: Int, _ all: Int, hasPlan: Bool) -> Phrase {
    Phrase(
      "│ 序时进度 \(share)（\(passed)/\(all) 天）\(hasPlan ? "  ┆ 用款计划" : "")",
      "│ \(share) of the year has passed (\(passed) of \(all) days)\(hasPlan ? "  ┆ plan" : "")")
  }
  static func moreProjects(_ count: Int) -> Phrase { Phrase("另有项目 \(count) 个", "and \(count) more projects") }
  static let byFund = Phrase("按资金性质", "By fund")
  static let byProject = Phrase("按项目", "By project")
  static func openContracts(_ count: Int, _ sum: String) -> Phrase {
    Phrase("未了合同 \(count) 个，占用 \(sum)", "Open contracts: \(count), setting aside \(sum)")
  }
  static let toNote = Phrase("需要关注：", "Worth a look:")
  static let nothingToNote = Phrase("没有需要关注的事项。", "Nothing needs a look.")
  static let columnBefore = Phrase("前", "Before")
  static let columnAfter = Phrase("后", "After")
  static let noChange = Phrase("无增减", "no change")
  static func horizon(asOf: String, known: Phrase) -> Phrase {
    Phrase("截至 \(asOf)、已知 \(known.chinese)", "as of \(asOf), known \(known.english)")
  }
  static func diffHeading(years: String, from: Phrase, to: Phrase, unit: String) -> Phrase {
    Phrase(
      "指标变动  \(years) 年度  单位：\(unit)\n前：\(from.chinese)\n后：\(to.chinese)",
      "Changes \(years), in \(unit)\nbefore: \(from.english)\nafter:  \(to.english)")
  }
  static let isAbout = Phrase("所指事件", "is about")
  static let followedBy = Phrase("后续事件", "see also")
  static let does = Phrase("影响", "does")
  static let columnPool = Phrase("资金/科目/项目/部分", "Money")
  static let columnLot = Phrase("资金批次", "Lot")
  static let columnClosing = Phrase("年末余额", "Closing")
  static let columnRecorded = Phrase("已记年初", "Recorded")
  static let columnCarried = Phrase("本次结转", "Carried")
  static let columnReason = Phrase("依据", "Why")
  static func contract(_ number: String) -> Phrase { Phrase("合同 \(number)", "contract \(number)") }
  static let reasonContract = Phrase("占用转入下年", "set aside again")
  static let total = Phrase("合计", "Total")
  static let columnName = Phrase("名称", "Name")
  static let columnGroup = Phrase("分组", "Group")
  static let columnBudgetLine = Phrase("指标行", "Budget line")
  static let columnMeasure = Phrase("数据项", "Measure")
  static let columnChange = Phrase("增减", "Change")
  static let columnGrowth = Phrase("增减%", "Growth")
  static func columnAmount(_ unit: String) -> Phrase { Phrase("金额（\(unit)）", "Amount (\(unit))") }
  static let knownEverything = Phrase("全部", "everything")

  static func checkHeading(known: Phrase, position: Int) -> Phrase {
    Phrase("核对  已知：\(known.chinese)（至第 \(position) 号）", "Check, known: \(known.english) (to #\(position))")
  }
  static func reportHeading(
    title: String, years: String, asOf: String, known: String, position: Int, unit: String
  ) -> Phrase {
    Phrase(
      "\(title)  \(years.isEmpty ? "" : "\(years) 年度  ")截至 \(asOf)  已知：\(known)（至第 \(position) 号）  单位：\(unit)",
      "\(title)\(years.isEmpty ? "" : " \(years)"), as of \(asOf), known: \(known) (to #\(position)), in \(unit)"
    )
  }

  public static let columnPosition = Phrase("序号", "No.")
  public static let columnDate = Phrase("日期", "Date")
  public static let columnType = Phrase("类型", "Type")
  public static let columnWhat = Phrase("内容", "What")
  public static let columnAmountPlain = Phrase("金额（元）", "Amount (元)")
  public static let columnCheck = Phrase("公布数", "Assertion")
  public static let columnLedger = Phrase("账上", "Ledger")
  public static let columnPrinted = Phrase("公布", "Printed")
  public static let columnDifference = Phrase("差额", "Difference")
  static let columnIdentity = Phrase("不成立的勾稽关系", "Identity that does not hold")
  static let columnLeft = Phrase("左", "Left")
  static let columnRight = Phrase("右", "Right")
  public static let columnVerdict = Phrase("结论", "Verdict")
  public static let columnField = Phrase("字段", "Field")
  public static let columnValue = Phrase("值", "Value")
}

/// What tables of statements print. Statements are Chinese documents whatever the language of the program; the English
/// stands for who reads over the shoulder.
extension Phrase {
  static func statementOwner(_ unit: String, year: Int) -> Phrase { Phrase("单位：\(unit)　\(year)年度", "\(unit), \(year)") }
  static func moneyIn(_ unit: String) -> Phrase { Phrase("金额单位：\(unit)", "in \(unit)") }
  static let columnDocument = Phrase("文号/凭证/合同", "Document")
  static let columnPayee = Phrase("收款人/摘要", "Payee or memo")
  static func explainHorizon(year: Int, _ horizon: Horizon) -> Phrase {
    let known = horizon.knownAt.text.map(Phrase.asIs) ?? .knownEverything
    return Phrase(
      "\(year) 年度  截至 \(horizon.asOf)  已知：\(known.chinese)", "\(year), as of \(horizon.asOf), known: \(known.english)")
  }
  static func noteEmptyTables(_ unit: String, _ year: Int, _ names: [String]) -> Phrase {
    Phrase(
      "\(unit) \(year) 空表：\(Phrase.list(names).chinese)", "\(unit) \(year) empty tables: \(Phrase.list(names).english)")
  }
  static func noteOfUnit(_ unit: String, _ year: Int, _ note: String) -> Phrase {
    Phrase("\(unit) \(year) \(note)", "\(unit) \(year) \(note)")
  }
  /// The points of a project as a whole: no row of its table.
  static let indicatorSelfScore = Phrase("绩效自评得分", "self-evaluation points")
  static let titleIndicators = Phrase("指标", "Indicators")
  static let columnIndicator = Phrase("指标", "Indicator")
  static let columnNumerator = Phrase("分子", "Numerator")
  static let columnDenominator = Phrase("分母", "Denominator")
  static func projectOwner(_ project: StatementTable.Project, year: Int) -> Phrase {
    let (units, above) = (project.units.joined(separator: "、"), project.superiors.joined(separator: "、"))
    return Phrase(
      "（\(year)年度）项目名称：\(project.name)　主管部门：\(above)　实施单位：\(units)",
      "\(year), project \(project.name), of \(above), by \(units)")
  }
  static let blockGoals = Phrase("年度总体目标", "Goals of the year")
  static let blockIndicators = Phrase("绩效指标", "Performance indicators")
  static let blockTexts = Phrase("职能与目标", "Duties and goals")
  static let blockLongTerm = Phrase("长期绩效指标", "Long-term indicators")
  static let blockYearly = Phrase("年度绩效指标", "Indicators of the year")
  static let textGoal = Phrase("年度总体目标", "Goal of the year")
  static let textDuties = Phrase("部门职能概述", "Duties")
  static let textTasks = Phrase("年度工作任务", "Tasks of the year")
  static let textLongGoal = Phrase("长期目标", "Long-term goal")
  static let textYearGoal = Phrase("年度目标", "Goal of the year")
  static let columnExpected = Phrase("预期目标", "Expected")
  static let columnAchieved = Phrase("实际完成情况", "Achieved")
  static let columnContent = Phrase("内容", "Content")
  static let columnLevel1 = Phrase("一级指标", "Level 1")
  static let columnLevel2 = Phrase("二级指标", "Level 2")
  static let columnLevel3 = Phrase("三级指标", "Level 3")
  static let columnTarget = Phrase("年度指标值", "Target")
  static let columnActual = Phrase("实际完成值", "Actual")
  static let columnWeight = Phrase("分值", "Weight")
  static let columnScore = Phrase("得分", "Points")
  static let columnTargetValue = Phrase("指标值", "Target")
  static let columnUntil = Phrase("截止年度", "By")
  static let columnTwoYears = Phrase("近两年指标值", "Two years before")
  static func columnYear(_ year: Int) -> Phrase { Phrase("\(year)年", String(year)) }
  static let columnExpectedValue = Phrase("预期当年实现值", "Expected this year")
  static let totalScore = Phrase("总分", "Total")
  static let blankNoIndicator = Phrase("没有记载该指标值", "no such indicator value is recorded")
  static let blankNoScore = Phrase(
    "没有记载得分，按记载的目标值、实际完成值、分值和方向也不能推算",
    "no points are recorded, and target, actual value, weight and direction do not give them")
  static let blankNoTotal = Phrase("有指标缺得分，或没有记载绩效指标，总分不计算", "points of an indicator are missing: no total")
  static func titleNarrative(_ unit: String, year: Int) -> Phrase {
    Phrase("\(unit)\(year)年度部门决算情况说明", "\(unit): notes on the final accounts of \(year)")
  }
  static let narrativeBlank = Phrase("＿＿＿", "____")
  static let narrativeReason = Phrase("（原因：＿＿＿＿＿＿）", "(because: ______)")
  static let narrativeMore = Phrase("大于", "more than")
  static let narrativeLess = Phrase("小于", "less than")
  static let narrativeEqual = Phrase("等于", "equal to")
  static func narrativeNoChange(since year: Int) -> Phrase { Phrase("与\(year)年持平", "as in \(year)") }
  static func narrativeChange(
    since year: Int, isMore: Bool, by amount: String, growth: String?, isFromNothing: Bool
  ) -> Phrase {
    let (word, rate) = isMore ? ("增加", "增长") : ("减少", "下降")
    let (more, rise) = isMore ? ("more", "up") : ("less", "down")
    guard let growth else {
      let (why, because) = isFromNothing ? ("为0", "had none") : ("为负数", "was negative")
      return Phrase(
        "比\(year)年\(word)\(amount)（\(year)年\(why)）", "\(amount) \(more) than in \(year), which \(because)")
    }
    return Phrase(
      "比\(year)年\(word)\(amount)，\(rate)\(growth)%", "\(amount) \(more) than in \(year), \(rise) \(growth)%")
  }
  static let unclassified = Phrase("未分类", "unclassified")
  static let blankNotRecorded = Phrase("账上没有记载限额，也没有按此口径记载的预算", "neither a cap nor such a budget is recorded")
  static let blankOtherKind = Phrase(
    "仅行政单位和参照公务员法管理的事业单位有此项", "only administrative and quasi-administrative units have this")
  static func blankNoYear(_ year: Int) -> Phrase {
    Phrase("账上没有 \(year) 年度", "nothing of \(year) is on record")
  }
  static let blankNoValue = Phrase("分母为零，没有比率", "the denominator is zero: there is no rate")
}

extension CheckResult.Subject {
  var title: Phrase {
    switch self {
    case .assertion: Phrase("公布数与账，各按公布日期", "Printed figures against the ledger, each as of its own date")
    case .identity: Phrase("勾稽关系", "Identities")
    }
  }
}

extension CheckGround {
  var title: Phrase {
    switch self {
    case .ledger: Phrase("（账上）", "(ledger)")
    case .asserted: Phrase("（公布数之间）", "(printed)")
    }
  }
}

extension StatementName {
  public var title: Phrase {
    switch self {
    case .finalAccounts: Phrase("部门决算", "Final accounts")
    case .budget: Phrase("部门预算", "Budget")
    case .selfEvaluation: Phrase("项目支出绩效自评", "Self-evaluation of projects")
    case .targets: Phrase("部门整体绩效目标", "Performance targets")
    }
  }
}

/// Help, and what the verbs say when they are done.
extension Phrase {
  public static let abstractLedgerctl = Phrase("预算指标与执行账", "A budget ledger with execution tracking.")
  public static let abstractInit = Phrase("建账套", "Make a book.")
  public static let abstractRecord = Phrase("记一笔事件", "Record one event.")
  public static let abstractImport = Phrase(
    "导入日记账，或按规则导入表格，逐文件全有或全无", "Import journals, or tables by rules, each all or nothing.")
  public static let abstractLog = Phrase("列出事件", "List events.")
  public static let abstractShow = Phrase("显示一个事件的全部内容", "Show one event whole.")
  public static let abstractReplay = Phrase(
    "从头重放并核对；--into 重建账套", "Fold every event from the first and verify; --into rebuilds a book.")
  public static let abstractExecution = Phrase("预算执行情况", "Budget execution.")
  public static let abstractBalance = Phrase("各项资金的余额", "What is left, fund by fund.")
  public static let abstractState = Phrase("每个指标行的各项数", "Every budget line, every measure.")
  public static let abstractCheck = Phrase(
    "公布数与账核对，勾稽关系检查", "Check printed figures against the ledger, and the identities between figures.")
  public static let abstractStatus = Phrase("一屏看清预算执行", "How the year stands, on one screen.")
  public static let discussionStatus = Phrase(
    "进度落后：执行率低于序时进度十个百分点以上；即将用完：可用数不超过预算的十分之一。",
    "Late: more than ten percentage points behind the share of the year passed. Nearly used up: a tenth of the budget or less is available."
  )
  public static let abstractDiff = Phrase(
    "两个时点之间的变动及其事件", "What changed between two dates, and the events that did it.")
  public static let discussionDiff = Phrase(
    "两个业务日期：--from D1 --to D2；两个入账时点：--known-at A --known-at B。",
    "Two business dates: --from D1 --to D2. Two dates of knowledge: --known-at A --known-at B.")
  public static let helpDiffFrom = Phrase("变动前的业务日期（含）", "Business date before (inclusive).")
  public static let helpDiffTo = Phrase("变动后的业务日期（含）", "Business date after (inclusive).")
  public static let helpDiffKnownAt = Phrase(
    "已知时点；写两次则比较两个时点", "What was known by then; given twice, the two are compared.")
  public static let helpDiffBy = Phrase("按字段分组，默认每个指标行", "Group by these fields (default: every budget line).")
  public static let expectedOneAxis = Phrase(
    "--from 与 --to，或两个 --known-at", "--from with --to, or --known-at twice")
  public static let expectedLineDimension = Phrase("指标行的字段、unit 或 year", "a line field, unit or year")
  public static let noDifference = Phrase("没有变动", "nothing changed")
  public static let abstractClose = Phrase("年终结账并结转下年", "Close a year and open the next.")
  public static let discussionClose = Phrase(
    "先用 --dry-run 看结转方案。结账后该年度不再记收支；再次结账不增加任何事件。",
    "See the plan first with --dry-run. A closed year takes no more money events; closing again adds nothing.")
  public static let abstractCorrect = Phrase("冲销一笔并重记", "Reverse an event and record it anew.")
  public static let discussionCorrect = Phrase(
    "未写的字段照原事件。", "Fields not stated stay as they were.")
  public static let helpCloseYear = Phrase("要结账的预算年度", "The budget year to close.")
  public static let helpReversedOn = Phrase(
    "冲销的业务日期，默认与原事件同日", "Business date of the reversal (default: that of the event).")
  public static let expectedLinesOfCorrection = Phrase(
    "原事件有多行，用 --line 写明全部各行", "all lines by --line: the event has several")
  public static let expectedCloseVerb = Phrase("用 ledgerctl close 年度", "ledgerctl close YEAR")
  public static func closedBefore(_ unit: String, _ year: Int) -> Phrase {
    Phrase("单位 \(unit) 的 \(year) 年度此前已结账，未再记", "\(year) of unit \(unit) was closed before; nothing added")
  }
  public static func nothingToClose(_ year: Int) -> Phrase {
    Phrase("没有单位在 \(year) 年度有收支，未结账", "no unit has money in \(year); nothing closed")
  }
  public static func wouldClose(_ year: Int, units: Int, events: Int) -> Phrase {
    Phrase(
      "可结 \(year) 年度：单位 \(units) 个，事件 \(events) 个（试运行，未记）",
      "\(year) can be closed: \(counted(units, "unit")), \(counted(events, "event")) (dry run, nothing recorded)")
  }
  public static func closed(_ year: Int, units: Int, events: Int, position: Int) -> Phrase {
    Phrase(
      "\(year) 年度已结账：单位 \(units) 个，记事件 \(events) 个，现至第 \(position) 号",
      "\(year) is closed: \(counted(units, "unit")), \(counted(events, "event")); now at #\(position)")
  }
  public static let abstractVerify = Phrase("核验哈希链、校验和与投影", "Verify chain, checksums and projections.")
  public static let abstractExport = Phrase(
    "导出：日记账，CSV，hledger、ledger 或 beancount 的账", "Export: a journal, CSV, or a ledger for hledger, ledger or beancount.")
  public static let helpBOM = Phrase(
    "CSV 以 UTF-8 标记开头，供电子表格软件识别", "Begin CSV with the mark of UTF-8, for spreadsheets.")
  public static let expectedOtherThanInput = Phrase("不是所读文件的另一文件", "another file than those that are read")
  public static let expectedCSVToGoWith = Phrase("同 -O csv 一起使用", "together with -O csv")

  public static let helpNewBook = Phrase("新账套的文件名", "File of the new book.")
  public static let helpBook = Phrase("账套（或环境变量 LEDGERCTL_FILE）", "The book (or LEDGERCTL_FILE).")
  public static let helpSources = Phrase(
    "账套、.jsonl 日记账或 -，可重复（或 LEDGERCTL_FILE）", "A book, a .jsonl journal or -; may be repeated (or LEDGERCTL_FILE).")
  public static let helpJournals = Phrase("日记账文件（.jsonl）", "Journal files (.jsonl).")
  public static let helpReplaySources = Phrase("账套或日记账", "Books or journals.")
  public static let helpInto = Phrase("重建为新账套", "Rebuild into a new book.")
  public static let helpFormat = Phrase("输出格式", "Output format.")
  public static let helpOutput = Phrase("输出到文件，格式依扩展名", "Write to a file; its ending picks the format.")
  public static let helpIn = Phrase("表中金额单位", "Unit of money in tables.")
  public static let helpLang = Phrase("语言（默认依系统区域）", "Language (default: from the locale).")
  public static let helpNoColor = Phrase("不用颜色", "No colour.")
  public static let helpAsOf = Phrase(
    "截至业务日期（含），默认为所示年度末，不晚于今日", "Business date, inclusive (default: end of the year shown, not after today).")
  public static let helpKnownAt = Phrase(
    "截至入账时间、入账日或第 N 号事件所知", "What was known by a recorded time, a day, or event N.")
  public static let helpYear = Phrase("预算年度", "Budget year.")
  public static let helpUnitFilter = Phrase("单位，含其下级", "Unit, with the units below it.")
  public static func helpFilter(_ field: String) -> Phrase {
    Phrase("只看 \(field) 为此值的指标行", "Only lines with this \(field).")
  }
  public static let helpBy = Phrase("按字段分组", "Group by these fields.")
  public static let helpDepth = Phrase("功能科目的级次", "Level of function codes.")
  public static let helpCompare = Phrase("与另一年度同期比较", "Compare with the same date of another year.")
  public static let helpTypes = Phrase("只看这些类型", "Only these types.")
  public static let helpSince = Phrase("业务日期不早于", "Dated on or after.")
  public static let helpUntil = Phrase("业务日期不晚于", "Dated on or before.")
  public static func helpTextFilter(_ field: String) -> Phrase {
    Phrase("只看 \(field) 含此文字的事件", "Only events whose \(field) contains this.")
  }
  public static let helpAmountFilter = Phrase(
    "只看此金额的事件，如 1000 或 1万..5万", "Only events of this amount, such as 1000 or 1万..5万.")
  public static let helpReverse = Phrase("新的在前", "Newest first.")
  public static let helpLimit = Phrase("最多列出的事件数", "At most so many events.")
  public static let expectedAtLeastOne = Phrase("不小于 1 的整数", "an integer from 1")
  public static let expectedAmountRange = Phrase("由小到大的两个金额，如 1万..5万", "two amounts, the lesser first, such as 1万..5万")
  public static let helpShow = Phrase("事件的序号或 id", "Position or id of the event.")
  public static let helpType = Phrase(
    "事件类型，如 appropriation、disbursement", "Type of event, such as appropriation or disbursement.")
  public static let helpDryRun = Phrase("只检查，不记账", "Check only; record nothing.")
  public static let helpExpectedPosition = Phrase("账套应在此序号，否则退出码 3", "Position the book must be at, else exit 3.")
  public static let helpStrict = Phrase("有尾差或提示也算不通过", "Fail on rounding and notes too.")

  public static let helpDate = Phrase("业务日期，默认今日", "Business date (default: today).")
  public static let helpID = Phrase("事件的 id，账套内唯一", "Id, unique in the book.")
  public static let helpUnit = Phrase("单位代码", "Unit code.")
  public static let helpBudgetYear = Phrase("预算年度，默认业务日期之年", "Budget year (default: that of the date).")
  public static let helpFund = Phrase("资金性质代码或名称", "Fund code or name.")
  public static let helpFunction = Phrase("支出功能分类科目", "Function code.")
  public static let helpEconomic = Phrase("部门预算支出经济分类科目", "Economic code of departments.")
  public static let helpGovernment = Phrase("政府预算支出经济分类科目", "Economic code of government.")
  public static let helpProject = Phrase("项目代码", "Project code.")
  public static let helpNature = Phrase(
    "支出性质：basic personnel public project operating targeted business remit subsidy",
    "Nature: basic personnel public project operating targeted business remit subsidy.")
  public static let helpProcurement = Phrase("政府采购：goods works services", "Procurement: goods works services.")
  public static let helpFrom = Phrase("资金年度", "Source year of the money.")
  public static let helpCategory = Phrase("收入类别：tax non-tax", "Category: tax non-tax.")
  public static let helpAmount = Phrase("金额，如 294900.00 或 29.49万", "Amount, such as 294900.00 or 29.49万.")
  public static let helpLine = Phrase(
    "一行，如 function=2130501,amount=1万；可重复", "One line, such as function=2130501,amount=1万; may be repeated.")
  public static let helpDoc = Phrase("文号或凭证号", "Document or voucher number.")
  public static let helpPayee = Phrase("收款人", "Payee.")
  public static let helpContract = Phrase("合同号", "Contract number.")
  public static let helpPerson = Phrase("经办人", "Handled by.")
  public static let helpApproval = Phrase("批准文号", "Approval number.")
  public static let helpMemo = Phrase("摘要", "Memo.")
  public static let helpSource = Phrase("出处", "Citation.")
  public static let helpName = Phrase("名称", "Name.")
  public static let helpParent = Phrase("上级单位", "Superior unit.")
  public static let helpKind = Phrase(
    "单位：administrative quasi institution；结转结余：continuing surplus",
    "Unit: administrative quasi institution; carry-over: continuing surplus.")
  public static let helpStatus = Phrase("项目状态：active finished", "Project status: active finished.")
  public static let helpKey = Phrase("重点项目", "A key project (重点项目).")
  public static let helpScheme = Phrase(
    "科目种类：fund function economic government", "Scheme: fund function economic government.")
  public static let helpCode = Phrase("科目代码", "Code.")
  public static let helpControl = Phrase("控制：refuse warn off", "Control: refuse warn off.")
  public static let helpLevel = Phrase(
    "控制级次，如 fund,function,project", "Level of control, such as fund,function,project.")
  public static let helpBasis = Phrase(
    "资金的收支口径，如 31=payment；budget payment receipts", "Basis of funds, such as 31=payment; budget payment receipts.")
  public static let helpSettled = Phrase(
    "支付核销的合同占用，由账套算出", "What a payment uses of its contract; the book works it out.")
  public static let helpValue = Phrase("指标值，数或文字", "Value of the indicator, a number or a text.")
  public static let helpRole = Phrase(
    "指标值的用处：actual target weight score", "Role of the value: actual target weight score.")
  public static let helpGroup = Phrase("指标的分组", "Group of the indicator.")
  public static let helpDirection = Phrase("与目标的比较：<= >= =", "Comparison with the target: <= >= =.")
  public static let expectedBasisText = Phrase("资金代码=口径，以逗号分隔", "fund=basis, separated by commas")
  public static let helpReason = Phrase("原因", "Reason.")
  public static let helpOf = Phrase("所指事件的序号或 id", "Position or id of the event it is about.")
  public static let helpMeasure = Phrase("公布数所指的指标，如 disbursed", "Measure of the assertion, such as disbursed.")
  public static let helpEquals = Phrase("印出的数，如 613.89万 或 84.99%", "The number as printed, such as 613.89万 or 84.99%.")

  public static func recorded(_ position: Int, _ what: String, id: String) -> Phrase {
    Phrase("已记第 \(position) 号：\(what)（\(id)）", "recorded #\(position): \(what) (\(id))")
  }
  public static func alreadyRecorded(_ position: Int, _ what: String, id: String) -> Phrase {
    Phrase("第 \(position) 号已有此事件：\(what)（\(id)），未再记", "already #\(position): \(what) (\(id)); nothing added")
  }
  public static func wouldRecord(_ position: Int, _ what: String) -> Phrase {
    Phrase("可记为第 \(position) 号：\(what)（试运行，未记）", "would be #\(position): \(what) (dry run, nothing recorded)")
  }
  public static func leftAt(_ key: ControlKey, _ amount: String) -> Phrase {
    let shown = key.shown
    return Phrase("  \(shown.chinese)可用 \(amount) 元", "  \(shown.english): \(amount) yuan available")
  }
  public static func imported(_ file: String, added: Int, known: Int, position: Int) -> Phrase {
    Phrase(
      "\(file)：新记 \(added) 个事件，已有 \(known) 个，现至第 \(position) 号",
      "\(file): \(added) added, \(known) known before; now at #\(position)")
  }
  public static func importedNothing(_ file: String, known: Int, position: Int) -> Phrase {
    Phrase(
      "\(file)：没有新事件，\(known) 个均已有，仍为第 \(position) 号",
      "\(file): nothing new, all \(known) known before; still at #\(position)")
  }
  public static func wouldImport(_ file: String, added: Int, known: Int) -> Phrase {
    Phrase(
      "\(file)：可新记 \(added) 个事件，已有 \(known) 个（试运行，未记）",
      "\(file): \(added) would be added, \(known) known before (dry run, nothing recorded)")
  }
  public static func rebuilt(_ book: String, position: Int, hash: String) -> Phrase {
    Phrase("\(book)：已重建至第 \(position) 号，哈希 \(hash)", "\(book): rebuilt to #\(position), hash \(hash)")
  }
  public static func hashedTo(_ position: Int) -> Phrase {
    Phrase("该哈希止于第 \(position) 号，其后的事件没有哈希", "the hash is that of #\(position); the events after it have none")
  }
  public static func verified(_ source: String, events: Int, hash: String?) -> Phrase {
    Phrase(
      "\(source)：\(events) 个事件核验无误\(hash.map { "，哈希 \($0)" } ?? "（未带哈希）")",
      "\(source): \(counted(events, "event")) verified\(hash.map { ", hash \($0)" } ?? " (they state no hashes)")")
  }
  public static func unlinked(_ count: Int) -> Phrase {
    Phrase(
      "其中 \(count) 个哈希无从核对：前一事件不在文件中", "\(count) of the hashes cannot be checked: the event before is not in the file")
  }
  public static func verifyFailed(_ source: String, _ count: Int) -> Phrase {
    Phrase("\(source)：核验不通过，有问题 \(count) 处", "\(source): not sound; places found: \(count)")
  }
  public static func checkSummary(
    _ subject: CheckResult.Subject, ties: Int, rounding: Int, contradiction: Int
  ) -> Phrase {
    let (holds, word) = subject == .assertion ? ("相符", "ties") : ("成立", "hold")
    return Phrase(
      "\(holds) \(ties)，尾差 \(rounding)，矛盾 \(contradiction)",
      "\(word): \(ties), rounding: \(rounding), contradiction: \(contradiction)")
  }
  public static let noEvents = Phrase("没有符合条件的事件", "no event matches")
  public static let expectedChange = Phrase("至少一个要更正的字段", "at least one field to change")
  public static func undeclared(_ flag: String, _ value: String, _ expected: Phrase) -> Phrase {
    Phrase("\(flag) \(value) 未登记：\(expected.chinese)", "\(flag) \(value) is not declared: \(expected.english)")
  }
  public static let noLines = Phrase("没有符合条件的指标行", "no budget line matches")
  public static let labelNote = Phrase("注：", "note: ")
  public static func progress(_ count: Int) -> Phrase { Phrase("已处理 \(count) 个事件", "\(count) events") }
  public static func andMoreLines(_ count: Int) -> Phrase { Phrase("等 \(count + 1) 行", "+\(count) more") }
  public static let helpImportControl = Phrase(
    "本次导入的控制方式，代替 policy 的规定", "the mode of control for this import, in place of the policies'")
  public static func about(_ reference: String) -> Phrase { Phrase("就 \(reference)", "of \(reference)") }

  public static func asIs(_ text: String) -> Phrase { Phrase(text, text) }
  public static func defectSays(_ text: String) -> Phrase {
    Phrase("这是本程序的缺陷，请报告：\(text)", "this is a defect of ours, please report it: \(text)")
  }
  public static let expectedPositionHere = Phrase("#N：该日记账未记入账时间", "#N: the journal states no recorded times")
  public static let expectedKnownAt = Phrase(
    "RFC 3339 时间、日期或 #序号", "an RFC 3339 time, a day, or # and a position")
  public static let expectedOneSource = Phrase("只有一个来源时方可用 #序号", "a single source: positions count in one")
  public static let expectedLotWithoutMonth = Phrase(
    "lot 不与 month 并用：批次按全年收支轧算", "lot without month: lots are netted over the year")
  public static let expectedOnce = Phrase("每个字段只写一次", "each field once")
  public static let expectedValues = Phrase("一个或多个值，以逗号分隔", "one value or several, separated by commas")
  public static let expectedOneYear = Phrase("只看一个年度", "a single year shown")
  public static let expectedSource = Phrase(
    "用 -f 或 LEDGERCTL_FILE 指定账套或日记账", "a book or journal by -f or LEDGERCTL_FILE")
  public static let expectedLineText = Phrase("字段=值，以逗号分隔", "field=value, separated by commas")
  public static let expectedJournalNotBook = Phrase("日记账；账套请先 export", "a journal; export a book first")
  public static let expectedEvent = Phrase("事件的序号或 id", "the position or id of an event")

  public static let helpFormula = Phrase("公布数的公式，代替 measure", "The formula of an assertion, in place of measure.")
  public static let helpDefinitions = Phrase(
    "自定义指标、勾稽关系和报表的 TOML 文件，可重复；同 id 的取代随附的",
    "A TOML file of your own indicators, identities and tables, may repeat; one of the same id replaces the program's.")
  public static let helpCheckAsOf = Phrase(
    "勾稽关系的日期，缺省为各年度年末，不晚于今天", "The date of the identities; default: the end of each year, not after today.")
  public static let abstractStatement = Phrase(
    "编制报表：决算、预算、自评、绩效目标、说明", "Make a statement: final accounts, budget, self-evaluation, targets, narrative.")
  public static let helpStatement = Phrase(
    "final-accounts 决算、budget 预算、self-evaluation 项目自评、targets 整体绩效目标、narrative 说明文字",
    "One of final-accounts, budget, self-evaluation, targets, narrative.")
  public static let expectedFileForBytes = Phrase("-o 文件：XLSX 不能显示在终端", "-o FILE: XLSX is nothing for a screen")
  public static let abstractExplain = Phrase("一个数由哪些事件构成", "Show the events behind one figure, summing to it.")
  public static let discussionExplain = Phrase(
    """
    可问：报表单元格（支出决算表/2130599/基本支出，如 statement -O json 的 id 所写）、execution 或 balance 的一行
    （execution/TJPX/disbursed）、指标（executionRate）、公布数的 id，或公式（disbursed{nature=basic}）。
    """,
    """
    Ask for a cell of a statement (支出决算表/2130599/基本支出, the id that statement -O json gives), a row of execution or
    balance (execution/TJPX/disbursed), an indicator (executionRate), the id of an assertion, or a formula
    (disbursed{nature=basic}).
    """)
  public static let helpCell = Phrase("单元格、指标、公布数或公式", "A cell, an indicator, an assertion or a formula.")
  public static let helpExplainBy = Phrase(
    "execution/… 和 balance/… 的分组，缺省同该命令", "What rows of execution/… and balance/… are by; default: as those verbs.")
  static let expectedCell = Phrase(
    "statement -O json 中的 id、execution/键/数据项、指标 id、公布数 id 或公式",
    "an id of statement -O json, execution/KEY/MEASURE, the id of an indicator or assertion, or a formula")
  static let expectedComputedCell = Phrase("由账算出的单元格，不是空白或文字", "a cell that is computed, no blank and no text")
  static func expectedKey(_ names: [String]) -> Phrase {
    Phrase("键为 \(names.joined(separator: "/"))", "a key of \(names.joined(separator: "/"))")
  }
  public static let abstractIndicators = Phrase(
    "各项指标，附公式与分子分母", "Show the indicators, with formula, numerator and denominator.")
  public static let helpDecimals = Phrase("金额的小数位数", "Decimals of amounts.")
  public static let expectedFewDecimals = Phrase("0 至 6", "0 to 6")
  public static let helpCompareNarrative = Phrase("说明文字与此年度比较", "Compare the text with this year.")
  public static func nothingToCompare(_ year: Int) -> Phrase {
    Phrase("账上没有 \(year) 年度，不作比较", "nothing of \(year) is on record, so nothing is compared")
  }
  public static let expectedOtherYear = Phrase("另一年度，1900 至 2999", "another year, 1900 to 2999")
  public static let noTables = Phrase("没有可列的表", "there is nothing to make a table of")
  public static let expectedNoPlace = Phrase("说明文字没有地方表式", "no place: the narrative has no layouts")
  public static let expectedRowToExplain = Phrase("只用于 execution/… 和 balance/…", "only for execution/… and balance/…")
  static let expectedRow = Phrase("该年度有此键的一行", "a key that has a line in the year")
  public static let expectedNarrative = Phrase("只用于 narrative", "only for narrative")
  public static let expectedNoTable = Phrase("说明文字没有表", "no table: the narrative has none")
  public static let helpTable = Phrase("只要名称（或表号）为此的表", "Only the table of this name or number.")
  public static let helpPlace = Phrase("按哪里的表式，如 全国、上海、陕西", "Whose layout, such as 全国, 上海, 陕西.")
}

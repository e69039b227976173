extension ProblemCode {
  /// What is wrong, in a few words.
  public var title: Phrase {
    switch self {
    case .notUTF8: Phrase("不是 UTF-8", "not UTF-8")
    case .jsonSyntax: Phrase("JSON 语法错误", "JSON syntax error")
    case .jsonDuplicateKey: Phrase("字段重复", "doubled field")
    case .jsonNull: Phrase("值为 null", "null in place of a value")
    case .jsonEmptyText: Phrase("文本为空", "empty text")
    case .jsonNUL: Phrase("文本含 U+0000", "U+0000 in text")
    case .jsonLoneSurrogate: Phrase("不成对的代理码", "lone surrogate")
    case .jsonWrongType: Phrase("JSON 类型不对", "wrong JSON type")
    case .jsonTooDeep: Phrase("嵌套过深", "nested too deep")
    case .eventTooLarge: Phrase("事件过大", "event too large")
    case .eventTooManyLines: Phrase("事件行数过多", "too many lines in an event")
    case .hashUnreadable: Phrase("哈希无法识别", "unreadable hash")
    case .hashMismatch: Phrase("哈希不符，内容被改动", "hash does not match: the content was changed")
    case .hashMissing: Phrase("前面的事件没有哈希", "an event before has no hash")
    case .positionOutOfOrder: Phrase("序号未递增", "positions do not rise")
    case .recordedOutOfOrder: Phrase("入账时间倒退", "recorded times go backwards")
    case .journalIncomplete: Phrase("带哈希的事件缺少默认值", "an event with a hash lacks defaults")
    case .typeUnknown: Phrase("未知的事件类型", "unknown event type")
    case .fieldUnknown: Phrase("未知字段", "unknown field")
    case .fieldNotTaken: Phrase("此处不用的字段", "a field not used here")
    case .fieldMissing: Phrase("缺少字段", "missing field")
    case .choiceUnknown: Phrase("取值不在范围内", "not one of the values")
    case .textTooLong: Phrase("id 不合要求", "unusable id")
    case .dateUnreadable: Phrase("日期无法识别", "unreadable date")
    case .dateNoSuchDay: Phrase("没有这一天", "no such day")
    case .timeUnreadable: Phrase("时间无法识别", "unreadable time")
    case .yearOutOfRange: Phrase("年份超出范围", "year out of range")
    case .fromOutOfRange: Phrase("资金年度超出范围", "source year out of range")
    case .amountUnreadable: Phrase("金额无法识别", "unreadable amount")
    case .amountNegativeZero: Phrase("负零", "negative zero")
    case .amountNotWholeFen: Phrase("金额不足一分", "a part of a fen")
    case .amountOutOfRange: Phrase("金额超出范围", "amount out of range")
    case .amountNotPositive: Phrase("金额须大于零", "amount must be greater than zero")
    case .amountZero: Phrase("金额为零", "amount is zero")
    case .amountBesideLines: Phrase("amount 与 lines 并存", "amount beside lines")
    case .linesEmpty: Phrase("lines 为空", "no lines")
    case .linesUnbalanced: Phrase("各行合计不为零", "lines do not sum to zero")
    case .linesTooFew: Phrase("行数不足", "too few lines")
    case .fundMixed: Phrase("跨资金性质", "several funds")
    case .codeMalformed: Phrase("代码形式不对", "malformed code")
    case .measureUnknown: Phrase("未知的指标", "unknown measure")
    case .formulaUnreadable: Phrase("公式无法识别", "unreadable formula")
    case .formulaOrMeasure: Phrase("公布数须写 measure 或 formula 之一", "an assertion says one measure or one formula")
    case .definitionSyntax: Phrase("定义文件不是合规的 TOML", "a definition file that is no TOML")
    case .definitionUnreadable: Phrase("定义无法识别", "unreadable definition")
    case .tableNotText: Phrase("表格不是此编码的文本", "a table that is no text in its encoding")
    case .tableNotAWorkbook: Phrase("不是可读的工作簿", "a workbook that cannot be read")
    case .tableSheetMissing: Phrase("没有此工作表", "no such sheet")
    case .tableNoValue: Phrase("单元格没有自己的值", "a cell without a value of its own")
    case .tableQuote: Phrase("引号不成对", "a quote that does not match")
    case .tableHeadingMissing: Phrase("找不到列名", "a heading that is not there")
    case .tableHeadingTwice: Phrase("列名重复", "a heading that stands twice")
    case .tableCellUnknown: Phrase("规则不认识单元格的内容", "a cell that the rules do not know")
    case .tableRowUnknown: Phrase("规则不认识此行", "a row that the rules do not know")
    case .cellUnknown: Phrase("没有这样的单元格、指标或公式", "no such cell, indicator or formula")
    case .printedUnreadable: Phrase("公布数无法识别", "unreadable printed number")
    case .unitCircular: Phrase("单位上下级循环", "units in a circle")
    case .unitUndeclared: Phrase("单位未登记", "undeclared unit")
    case .unitAmbiguous: Phrase("有多个单位，须写明", "several units: say which")
    case .projectUndeclared: Phrase("项目未登记", "undeclared project")
    case .codeUnknown: Phrase("科目不存在", "unknown code")
    case .codeUnlisted: Phrase("科目表中没有此代码", "code not in the tables")
    case .idTaken: Phrase("id 已被其他内容占用", "id taken by other content")
    case .referenceNotFound: Phrase("所指事件不存在", "no such event")
    case .referenceNotMoney: Phrase("所指事件不涉及金额", "the event referred to moves no money")
    case .referenceNotPayment: Phrase("所指事件不是支付", "the event referred to is no disbursement")
    case .referenceOtherYear: Phrase("与所指事件的单位或年度不同", "unit or year other than that of the event referred to")
    case .fundNotReceipts: Phrase("不是以收定支的资金", "not a fund on the receipts basis")
    case .settledMismatch: Phrase("核销占用数不符", "not what the payment uses up of the contract")
    case .totalOutOfRange: Phrase("合计超出范围", "sum out of range")
    case .budgetNone: Phrase("无预算", "no budget")
    case .budgetExceeded: Phrase("超预算", "over budget")
    case .refundExceedsPaid: Phrase("退回超过已支付", "refund above what was paid")
    case .reversalRepeated: Phrase("已经冲销", "already reversed")
    case .reversalOfReversal: Phrase("冲销不能再冲销", "reversal of a reversal")
    case .reversalRefundsStand: Phrase("该支付有退回", "the payment has refunds")
    case .commitmentUsed: Phrase("占用已被使用", "the commitment has been used")
    case .releaseExceedsOutstanding: Phrase("释放超过占用", "release above what is set aside")
    case .virementBasicProject: Phrase("基本支出与项目支出之间调剂", "virement between basic and project spending")
    case .virementPersonnelPublic: Phrase("人员经费与公用经费之间调剂", "virement between personnel and public spending")
    case .virementRestricted: Phrase("调增受限科目", "virement raises what is held down")
    case .capExceeded: Phrase("超限额", "over the cap")
    case .surplusExceeded: Phrase("超过结余", "more than the surplus")
    case .yearClosed: Phrase("该年度已结账", "the year is closed")
    case .closeEarlierOpen: Phrase("更早的年度尚未结账", "an earlier year is still open")
    case .closeNegative: Phrase("结账时余额为负", "negative balance at the close")
    case .timeUnknown: Phrase("日记账没有入账时间", "the journal has no recorded times")
    case .positionConflict: Phrase("账套已有新事件", "the book has moved on")
    case .bookDamaged: Phrase("账套损坏", "damaged book")
    case .bookNotABook: Phrase("不是账套", "not a book")
    case .bookNewer: Phrase("账套由更新的程序建立", "made by a newer program")
    case .bookExists: Phrase("文件已存在", "file exists")
    case .bookNeeded: Phrase("须指定账套", "a book is needed")
    case .bookLocked: Phrase("账套正被占用", "book is locked")
    case .bookReadOnly: Phrase("账套只读", "book is read-only")
    case .fileNotFound: Phrase("文件不存在", "no such file")
    case .fileFailed: Phrase("读写失败", "reading or writing failed")
    case .usage: Phrase("用法错误", "usage error")
    case .defect: Phrase("程序缺陷", "defect of this program")
    }
  }
}

/// What happened, with the figures, and the rules that refusals rest on.
extension Phrase {
  static let labelField = Phrase("字段", "field")
  static let labelValue = Phrase("值", "value")
  static let labelExpected = Phrase("应为", "expected")
  static let labelRule = Phrase("依据", "rule")
  public static let labelWarning = Phrase("提示：", "warning: ")

  static func damagedRow(table: String, row: String) -> Phrase {
    Phrase("表 \(table) 第 \(row) 行与校验和不符", "table \(table), row \(row) does not match its checksum")
  }
  public static func storeSaid(_ message: String) -> Phrase { Phrase("系统报告：\(message)", "the system says: \(message)") }

  static func noBudgetCovers(_ key: ControlKey) -> Phrase {
    let shown = key.shown
    return Phrase("没有预算覆盖 \(shown.chinese)", "no budget covers \(shown.english)")
  }
  static func budgetExceeded(_ key: ControlKey, asked: String, left: String, short: String) -> Phrase {
    let shown = key.shown
    return Phrase(
      "\(shown.chinese)可用 \(left) 元，本次 \(asked) 元，差 \(short) 元",
      "\(shown.english) has \(left) yuan left; this takes \(asked), \(short) too much")
  }
  static func budgetTooLow(_ key: ControlKey, on date: String, balance: String) -> Phrase {
    let shown = key.shown
    return Phrase(
      "\(shown.chinese)在 \(date) 的可用数将成为 \(balance) 元", "\(shown.english) would have \(balance) yuan on \(date)")
  }
  static func budgetExceededLater(_ key: ControlKey, asked: String, on date: String, balance: String) -> Phrase {
    let shown = key.shown
    return Phrase(
      "本次 \(asked) 元将使 \(shown.chinese)在 \(date) 的可用数成为 \(balance) 元",
      "taking \(asked) yuan would leave \(shown.english) with \(balance) on \(date)")
  }
  static func reversedBy(_ position: Int) -> Phrase {
    Phrase("第 \(position) 号事件已将其冲销", "event #\(position) has reversed it")
  }
  static func refundsStand(_ positions: String) -> Phrase {
    Phrase("该支付已有退回 \(positions)", "money of this payment came back in \(positions)")
  }
  static func paidBy(key: String, paid: String, on date: String) -> Phrase {
    Phrase("\(key) 至 \(date) 净支付 \(paid) 元", "\(key) had paid \(paid) yuan net by \(date)")
  }
  static func paymentRefunded(position: Int, paid: String, refunded: String, isReversed: Bool) -> Phrase {
    isReversed
      ? Phrase("第 \(position) 号支付已冲销", "payment #\(position) has been reversed")
      : Phrase(
        "第 \(position) 号支付 \(paid) 元，已退回 \(refunded) 元",
        "payment #\(position) was \(paid) yuan, of which \(refunded) came back")
  }
  static let ruleNoSpendingWithoutBudget = Phrase(
    "无预算、超预算不得支出（预算法第十三条；预算法实施条例第五十七条）",
    "no spending without or above a budget (Budget Law art. 13; Implementation Regulations art. 57)")
  static let ruleReversalOnce = Phrase(
    "一笔只冲销一次；有退回的支付先冲销退回", "an event is reversed once, and a payment after its refunds")
  static let ruleRefund = Phrase(
    "退回不超过同年度的支付；以前年度支付退回记年初数调整（收回以前年度支出）",
    "a refund is at most what was paid in the same year; money of earlier years comes back as an opening adjustment")
  static let ruleCommitmentUsed = Phrase(
    "已使用的占用不冲销，余下的用 release 释放", "what a contract has used stays; the rest of it is released")
  static func commitmentUsed(_ contract: String) -> Phrase {
    Phrase(
      "合同 \(contract) 的这笔占用已有支付或释放", "payments or releases have taken from this commitment of contract \(contract)")
  }
  static func contractHolds(_ contract: String, _ amount: String) -> Phrase {
    Phrase("合同 \(contract) 尚占用 \(amount) 元", "contract \(contract) still sets aside \(amount) yuan")
  }
  static func yearClosedBy(unit: String, _ year: Int, position: Int) -> Phrase {
    Phrase("单位 \(unit) 的 \(year) 年度已由第 \(position) 号事件结账", "event #\(position) has closed \(year) of unit \(unit)")
  }
  static func contractOfClosedYear(unit: String, _ year: Int, position: Int) -> Phrase {
    Phrase(
      "所付合同的占用在 \(year) 年度，单位 \(unit) 的该年度已由第 \(position) 号事件结账",
      "the contract set the money aside in \(year), which event #\(position) has closed for unit \(unit)")
  }
  static func virementBetween(_ one: Nature, _ first: Fen, _ other: Nature, _ second: Fen) -> Phrase {
    Phrase(
      "\(one.name) \(first.yuan) 元，\(other.name) \(second.yuan) 元",
      "\(one.rawValue) spending \(first.yuan) yuan, \(other.rawValue) spending \(second.yuan) yuan")
  }
  static func virementRaises(_ code: String, _ amount: String) -> Phrase {
    Phrase("科目 \(code) 净调增 \(amount) 元", "code \(code) gains \(amount) yuan net")
  }
  static func surplusAt(_ key: ControlKey, _ amount: String) -> Phrase {
    let shown = key.shown
    return Phrase("\(shown.chinese)的结余为 \(amount) 元", "\(shown.english) has a surplus of \(amount) yuan")
  }
  static func capExceeded(_ line: String, over: String, on date: String) -> Phrase {
    Phrase(
      "\(line) 的支出和占用在 \(date) 将超限额 \(over) 元",
      "spending and commitments of \(line) would be \(over) yuan over the cap on \(date)")
  }
  static func closeNegative(unit: String, _ pool: String, _ lot: Lot, _ amount: String) -> Phrase {
    Phrase(
      "单位 \(unit)：\(pool)（资金/功能科目/项目/部分）的 \(lot.title.chinese) 为 \(amount) 元",
      "unit \(unit): \(pool) (fund/function/project/part) holds \(amount) yuan of \(lot.title.english)")
  }
  static func earlierYearOpen(unit: String, _ earlier: Int, _ year: Int) -> Phrase {
    Phrase(
      "单位 \(unit) 的 \(earlier) 年度有余额且未结账；\(year) 年度结账后，该余额不能再转入",
      "\(earlier) of unit \(unit) has money and is open; once \(year) is closed it can no longer be carried into it")
  }
  static let ruleCloseNegative = Phrase(
    "指标余额不为负方可结账；控制为 off 时照结并提示",
    "a year is closed when no balance is negative; with control off it is carried and named")
  static let ruleRelease = Phrase("合同占用用完或释放完为止", "a contract frees no more than it sets aside")
  static let ruleClosedYear = Phrase(
    "年终结账后不再记该年度的收支；更正记入新年度（年初数调整）",
    "after the year-end close no money of that year is recorded; corrections go to the new year's opening")
  static let ruleVirement = Phrase(
    "预算调剂从严控制：基本与项目之间、人员与公用之间及调增三公、会议、培训须经批准（预算法第七十二条）",
    "virement is strictly controlled: between basic and project, between personnel and public, and raising 三公, meetings or training need an approval (Budget Law art. 72)"
  )
  static let ruleCap = Phrase("限额内的支出和占用合计不超过限额", "what a cap covers stays within it")
  static let ruleSurplus = Phrase(
    "转为结转、上缴和调出的结余不超过现有的结余", "no more surplus is turned into 结转, given back or moved than there is")
  static let ruleSurplusNotAvailable = Phrase(
    "财政拨款结余未经批准不得使用（预算法第四十二条；预算法实施条例第五十条）",
    "surplus of treasury money is not spent without a new approval (Budget Law art. 42; Implementation Regulations art. 50)"
  )
  public static func noteUnclassified(_ amount: String) -> Phrase {
    Phrase("未分类（无支出性质）的支出 \(amount) 元", "spending without a nature (未分类): \(amount) yuan")
  }
  public static func noteOverdrawn(_ key: String, _ amount: String) -> Phrase {
    Phrase("\(key) 可用指标为 \(amount) 元", "\(key) has \(amount) yuan available")
  }
}

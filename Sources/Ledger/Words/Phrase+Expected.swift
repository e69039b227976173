/// What a field must hold, as errors say it.
extension Phrase {
  // The text of a journal
  public static let expectedUTF8 = Phrase("UTF-8 文本", "UTF-8 text")
  static let expectedObject = Phrase("每行一个 JSON 对象，以 { 开头", "one JSON object a line, starting with {")
  static let expectedEndOfLine = Phrase("对象之后即行尾", "the end of the line after the object")
  static let expectedKey = Phrase("带引号的字段名", "a field name in quotes")
  static let expectedColon = Phrase("字段名后的冒号", "a colon after the field name")
  static let expectedValue = Phrase(
    "字符串、数字、true、false 或 lines 数组", "a text, a number, true, false, or the array of lines")
  static let expectedCommaOrBrace = Phrase("逗号或 }", "a comma or }")
  static let expectedCommaOrBracket = Phrase("逗号或 ]", "a comma or ]")
  static let expectedClosingQuote = Phrase("字符串末尾的引号", "the closing quote of the text")
  static let expectedEscape = Phrase("JSON 转义，如 \\n 或 \\u4e07", "a JSON escape such as \\n or \\u4e07")
  static let expectedEscapedControl = Phrase("控制字符须转义，如 \\n", "control characters escaped, such as \\n")
  static let expectedSurrogatePair = Phrase("成对的 UTF-16 代理", "UTF-16 surrogates in pairs")
  static let expectedNoNUL = Phrase("不含 U+0000 的文本", "text without U+0000")
  static let expectedNoNull = Phrase("一个值；没有的字段不写", "a value; leave out a field that is absent")
  static let expectedNoEmpty = Phrase("非空文本；没有的字段不写", "text that is not empty; leave out a field that is absent")
  static let expectedKeyOnce = Phrase("每个字段只写一次", "each field once")
  static let expectedShallow = Phrase("嵌套不深于 lines 中的对象", "no nesting deeper than the objects in lines")
  static let expectedSmallEvent = Phrase("一个事件不超过 64 MiB", "an event of at most 64 MiB")
  static let expectedFewerLines = Phrase("一个事件不超过 100,000 行", "an event of at most 100,000 lines")
  static let expectedHash = Phrase("64 位小写十六进制数字", "64 hexadecimal digits in lower case")
  static func expectedHashValue(_ hash: String) -> Phrase {
    Phrase("按前一哈希与本事件算得 \(hash)", "\(hash), computed from the hash before and this event")
  }
  static let expectedHashesBefore = Phrase(
    "带哈希的事件之前，各事件都带哈希；新事件只加在其后", "a hash on every event above one that has it; new events go below")
  static func expectedAtLeast(_ least: String) -> Phrase { Phrase("不小于 \(least)", "at least \(least)") }
  static func expectedAtMost(_ most: String) -> Phrase { Phrase("不大于 \(most)", "at most \(most)") }
  static func expectedExactly(_ value: String) -> Phrase { Phrase(value, value) }
  static let expectedCompleteEvent = Phrase(
    "带 hash 的事件须写全各项默认值，如 export 所写", "every default stated in an event that has a hash, as export writes it")

  static let expectedFileName = Phrase("文件名", "the name of a file")

  // Fields
  static let expectedKnownField = Phrase("日记账格式中的字段名", "a field name of the journal format")
  static func expectedField(_ name: String) -> Phrase { Phrase("须有字段 \(name)", "the field \(name)") }
  static func expectedFieldOf(_ type: String) -> Phrase {
    Phrase("\(type) 事件所用的字段", "a field that \(type) events take")
  }
  static let expectedFieldOfLine = Phrase("fund 至 category 的分类字段或 amount", "a field from fund to category, or amount")
  static let expectedNoFund = Phrase(
    "不写 fund：收缴的是国家的钱，按 category 记", "no fund: what is collected is the state's and goes by category")
  static let expectedFundOrCategory = Phrase("fund 与 category 二者之一", "either a fund or a category")
  static let expectedCapped = Phrase(
    "限额须有 economic 或 procurement", "an economic code or procurement, which the cap limits")
  static let expectedOneFund = Phrase("同一资金性质之内", "lines of one fund")
  static let expectedNoCategory = Phrase(
    "category 只用于收缴和收入预算", "no category: it is for collections and revenue budgets only")
  public static func expectedOneOf(_ words: [String]) -> Phrase {
    Phrase(words.joined(separator: "、") + " 之一", "one of " + words.joined(separator: ", "))
  }
  static let expectedText = Phrase("带引号的文本", "a text in quotes")
  static let expectedInteger = Phrase("不带引号的整数", "an integer without quotes")
  static let expectedFlag = Phrase("true 或 false", "true or false")
  static let expectedReference = Phrase("序号（从 1 起的整数）或 id（文本）", "a position (an integer from 1) or an id (a text)")
  static let expectedLines = Phrase("一个或多个含 amount 的对象的数组", "an array of one or more objects with an amount")
  static let expectedID = Phrase("1 至 64 字节的可见文本", "1 to 64 bytes of printable text")
  static let expectedDate = Phrase("形如 2021-09-14 的日期", "a date such as 2021-09-14")
  static let expectedDayOfCalendar = Phrase("1900 至 2999 年间存在的日期", "a day that exists, from 1900 to 2999")
  static let expectedTime = Phrase("形如 2021-09-14T08:30:00.000Z 的时间", "a time such as 2021-09-14T08:30:00.000Z")
  public static let expectedYearToClose = Phrase("1900 至 2998 的年份", "a year from 1900 to 2998")
  public static let expectedOtherID = Phrase("close-年度- 以外的编号，那是结账事件的", "an id that does not look like one of a close")
  public static let expectedYear = Phrase("1900 至 2999 的年份", "a year from 1900 to 2999")
  static func expectedSourceYear(upTo year: Int) -> Phrase {
    Phrase("不晚于 \(year) 的资金年度", "a source year not after \(year)")
  }

  static let expectedThisYearsMoney = Phrase(
    "本年资金（不写 from）；结转资金用 carry-over 调整", "this year's money, without from; carried money is changed by carry-over")
  static let expectedReceiptsFund = Phrase(
    "以收入为准的资金，即 2、3 开头或 policy 所定", "a fund on the receipts basis: 2… and 3…, or as a policy says")

  // Amounts
  static let expectedAmount = Phrase(
    "金额，如 294900.00、294,900元 或 29.49万", "an amount such as 294900.00, 294,900元 or 29.49万")
  static let expectedNoNegativeZero = Phrase("不带负号的 0", "0 without a minus sign")
  static let expectedWholeFen = Phrase("整分，即元后至多两位小数", "whole fen: at most two decimals of a yuan")
  static let expectedAmountInRange = Phrase(
    "绝对值不超过 92,233,720,368,547,758.07 元", "at most 92,233,720,368,547,758.07 yuan either way")
  static let expectedTotalInRange = Phrase(
    "各项合计不超过 92,233,720,368,547,758.07 元", "sums of at most 92,233,720,368,547,758.07 yuan")
  static let expectedPositive = Phrase("大于 0 的金额", "an amount greater than 0")
  static let expectedNonZero = Phrase("不为 0 的金额", "an amount other than 0")
  static let expectedAmountInLines = Phrase("有 lines 时金额写在各行内", "amounts inside the lines where there are lines")
  static let expectedSumZero = Phrase("各行合计为 0", "lines that sum to zero")

  static func expectedLinesAtLeast(_ count: Int) -> Phrase { Phrase("至少 \(count) 行", "at least \(count) lines") }
  static let expectedNotNegative = Phrase("不小于 0 的金额", "an amount of 0 or more")
  static func expectedSettled(_ amount: String) -> Phrase {
    Phrase(
      "\(amount)，即本次支付与合同尚占用数中较小者；可不写",
      "\(amount), the lesser of the payment and what the contract still sets aside; may be left out")
  }
  static let expectedContractOfSettled = Phrase("有 settled 时写明合同号", "the contract that settled is about")

  // Policies
  static let expectedLevel = Phrase(
    "分类字段名的数组，如 [\"fund\",\"function\"]", "an array of line fields, such as [\"fund\",\"function\"]")
  static let expectedBases = Phrase(
    "资金代码前缀到 budget、payment、receipts 的对象，如 {\"31\":\"payment\"}",
    "an object from fund prefixes to budget, payment or receipts, such as {\"31\":\"payment\"}")
  static let expectedFundPrefix = Phrase("资金代码的前 1 至 3 位数字", "the first 1 to 3 digits of a fund code")

  // Codes
  static let expectedFund = Phrase(
    "资金性质代码（1 至 3 位）或名称，如 111 或 一般公共预算", "a fund code of 1 to 3 digits or a name, such as 111 or 一般公共预算")
  static let expectedFunction = Phrase(
    "支出功能分类科目，2 开头的 3、5 或 7 位数字", "a function code: 3, 5 or 7 digits that start with 2")
  static let expectedEconomic = Phrase(
    "部门预算支出经济分类科目，3 开头的 3 或 5 位数字", "an economic code of departments: 3 or 5 digits that start with 3")
  static let expectedGovernment = Phrase(
    "政府预算支出经济分类科目，5 开头的 3 或 5 位数字", "an economic code of government: 3 or 5 digits that start with 5")
  static let expectedKnownCode = Phrase(
    "科目表中的代码，或其下级；否则先用 code 事件登记", "a code of the tables, or one below it; else declare it first by a code event")
  static let expectedListedCode = Phrase(
    "科目表中的代码；因其上级科目存在而接受", "a code of the tables; accepted because the code above it is one")
  static let expectedCodePrefix = Phrase("代码的前几位数字", "the first digits of a code")

  // Assertions
  static let expectedPrinted = Phrase(
    "印出的数，如 613.89万、84.99% 或 36", "a number as printed, such as 613.89万, 84.99% or 36")
  static func expectedPrintedFor(_ name: String) -> Phrase {
    Phrase("与 \(name) 相符的单位：金额用元、万、亿，比率用 %", "a unit that fits \(name): 元, 万 or 亿 for money, % for a rate")
  }

  // What the book knows
  static func expectedDeclaredUnit(known: [String]) -> Phrase {
    known.isEmpty
      ? Phrase("先用 unit 事件登记单位", "a unit declared before, by a unit event")
      : Phrase("已登记的单位：\(short(known))", "a declared unit: \(short(known))")
  }
  static func expectedDeclaredProject(known: [String]) -> Phrase {
    known.isEmpty
      ? Phrase("先用 project 事件登记项目", "a project declared before, by a project event")
      : Phrase("已登记的项目：\(short(known))", "a declared project: \(short(known))")
  }
  private static func short(_ known: [String]) -> String {
    known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
  }
  static func expectedFreshID(takenBy position: Int) -> Phrase {
    Phrase("未用过的 id；第 \(position) 号事件用此 id 而内容不同", "an unused id; event #\(position) has this one with other content")
  }
  static let expectedEarlierEvent = Phrase("此前事件的序号或 id", "the position or id of an earlier event")
  static let expectedMoneyEvent = Phrase("记载金额的事件", "an event that moves money")
  static let expectedPayment = Phrase("支付（disbursement）事件", "a disbursement")
  static let expectedNoReversal = Phrase(
    "冲销以外的事件；冲销本身不再冲销", "an event other than a reversal; a reversal is not reversed")
  static func expectedYearOfPayment(_ year: String) -> Phrase {
    Phrase(
      "\(year)，即所指事件的预算年度；以前年度支付退回记 carry-over，reason 为 recovered",
      "\(year), the budget year of the event referred to; money back from a payment of another year is a carry-over with reason recovered"
    )
  }

  // What control would accept
  static let expectedBudgetFirst = Phrase(
    "先有覆盖该支出的预算（appropriation、adjustment、virement 或 carry-over）",
    "a budget that covers it first (appropriation, adjustment, virement or carry-over)")
  static func expectedDateUpTo(_ date: String) -> Phrase { Phrase("不晚于 \(date)", "\(date) at the latest") }
  static func expectedAtLeastYuan(_ amount: String) -> Phrase { Phrase("至少 \(amount) 元", "at least \(amount) yuan") }
  static func expectedAtMostLeft(_ left: String) -> Phrase { Phrase("至多 \(left) 元", "at most \(left) yuan") }
  static func expectedAtMostPaid(_ paid: String) -> Phrase { Phrase("至多 \(paid) 元", "at most \(paid) yuan") }
  static func expectedSurplusApproved(_ left: String, _ surplus: String) -> Phrase {
    Phrase(
      "至多 \(left) 元；另有结余 \(surplus) 元，经批准用 carry-over（reason internal，approval）转为结转后可用",
      "at most \(left) yuan; a surplus of \(surplus) can be used once a carry-over (reason internal, with approval) has turned it into 结转"
    )
  }
  static let expectedNoDeficit = Phrase(
    "不为负：先以预算调整、调剂或更正补足", "zero or more: make it good by an adjustment, a virement or a correction first")
  static let expectedApproval = Phrase("批准文号 approval", "an approval")
  static let expectedCapAbove = Phrase("不低于已支付和已占用数的限额", "a cap not below what is spent and committed")
  static func expectedOpenYear(_ year: Int) -> Phrase {
    Phrase("未结账的年度，如 \(year)", "a year that is open, such as \(year)")
  }
  static let expectedContractReleased = Phrase(
    "先用 release 释放该合同的占用：其资金结账后成为结余", "the contract released first: by the close its money becomes surplus")
  static let expectedRefundInstead = Phrase("改记退回 refund", "a refund in its place")
  static let expectedUnitNotBelow = Phrase("本单位及其下级以外的单位", "a unit that is neither this one nor below it")
  static let expectedReleaseInstead = Phrase("用 release 释放余下的占用", "a release of what is left of it")
  static let expectedUnreversed = Phrase("尚未冲销的事件", "an event not reversed yet")
  static func expectedRefundsReversedFirst(_ positions: String) -> Phrase {
    Phrase("先冲销退回 \(positions)", "the refunds \(positions) reversed first")
  }

  // Formulas
  static func expectedInFormula(column: Int, _ expected: Phrase) -> Phrase {
    Phrase("公式第 \(column) 列处：\(expected.chinese)", "at column \(column) of the formula: \(expected.english)")
  }
  static let expectedOperator = Phrase("运算符 + - * / 或公式结束", "an operator + - * / or the end of the formula")
  static let expectedOperand = Phrase(
    "数字、指标名、abs(…)、round(…)、\"指标值\"、@公布数 或括号",
    "a number, a measure, abs(…), round(…), \"an indicator\", @an assertion, or parentheses")
  static func expectedClosing(_ mark: String) -> Phrase { Phrase(mark, mark) }
  static let expectedDigit = Phrase("数字", "a digit")
  static let expectedDecimals = Phrase("0 至 20 的小数位数", "a number of decimals from 0 to 20")
  static let expectedAssertionID = Phrase(
    "公布数的 id；含其他字符时写作 @\"…\"", "the id of an assertion; @\"…\" for one with other characters")
  static let expectedYearReference = Phrase(
    "年度，如 2021，或相对年度，如 -1", "a year such as 2021, or one relative to it such as -1")
  static let expectedShallowFormula = Phrase("嵌套不超过 200 层", "at most 200 levels of nesting")
  static let expectedShortFormula = Phrase(
    "不超过 20,000 字符、1,000 个运算符，其中乘除不超过 100 个", "at most 20,000 characters and 1,000 operators, 100 of them * or /")
  static let expectedConditionInFormula = Phrase(
    "条件写在公式内，如 disbursed{fund=11}", "conditions inside the formula, such as disbursed{fund=11}")
  static let expectedMeasureOrFormula = Phrase("measure 与 formula 二者之一", "either measure or formula")
}

extension Phrase {
  static let expectedNoVariable = Phrase("不用变量：这里没有可代入的代码", "no variable: nothing here stands for one")
  static let expectedEachOrCodes = Phrase("each 与 codes 二者之一", "either each or codes")
  static let expectedOneMeasure = Phrase("一个带条件的数据项", "one measure with conditions")
  static let expectedTwoColumns = Phrase(
    "同一表内两个列的 id，且不是差额列", "the ids of two columns of the block that are no differences themselves")
  static let expectedOnceInFile = Phrase("一个文件内 id 不重复", "each id once in a file")
  static let expectedNoPrinted = Phrase("不引用公布数", "no printed figure")
  static let expectedFigureKind = Phrase(
    "有公式的列须为 money、percent 或 number", "money, percent or number for a column with a formula")
  static let expectedSumOfMeasures = Phrase("各单位可相加的公式，且不写 unit", "a sum of measures that names no unit")
  static let expectedTOML = Phrase("TOML 格式的定义文件", "a definition file in TOML")
  static let expectedTable = Phrase("TOML 表", "a TOML table")
}

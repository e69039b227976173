/// A command that shows what a verb is for, as it may be typed.
public struct HelpExample: Sendable {
  public let command: String
  public let about: Phrase

  init(_ command: String, _ about: Phrase) {
    self.command = command
    self.about = about
  }
}

/// What `ledgerctl help` says.
extension Phrase {
  public static let helpIntroduction = Phrase(
    "批复、调整、结转、支付，每一笔只追加，不改不删。执行率、结转结余和各项余额随时由全部事件算出，可查到任何一天、任何一次“当时已知”。",
    """
    Every appropriation, adjustment, carry-over and payment is an event that is only ever added. Execution rates, carry-over \
    and balances follow from all of them, as of any date and as known at any time.
    """)
  public static let helpStart = Phrase("从这里开始", "To begin with")
  public static let helpGroupRecording = Phrase("记账", "Recording")
  public static let helpGroupReading = Phrase("看数", "Looking")
  public static let helpGroupStatements = Phrase("编报与核对", "Statements and checks")
  public static let helpGroupProof = Phrase("核验与交接", "Proof and exchange")
  public static let helpMore = Phrase(
    "ledgerctl help 命令：该命令的选项和例子。--lang zh|en 选语言；LEDGERCTL_FILE 代替 -f。",
    "ledgerctl help VERB: its options, and examples. --lang zh|en: the language. LEDGERCTL_FILE stands in for -f.")
  public static let helpExamples = Phrase("例：", "Examples:")
  public static let helpEnvironment = Phrase("环境变量", "Environment")
  public static let helpOfFileVariable = Phrase("没有 -f 时用的账套或日记账", "the book or journal where there is no -f")
  public static let helpOfColourVariable = Phrase("设了就不用颜色", "if set, no colours")
  public static let helpOfLocaleVariable = Phrase(
    "没有 --lang 时，zh 开头为中文", "Chinese if it begins with zh, where there is no --lang")
  public static let helpExitCodes = Phrase("退出码", "Exit codes")
  public static let exitCodes: [(code: Int, meaning: Phrase)] = [
    (0, Phrase("办成了", "done")),
    (1, Phrase("check、verify 或 replay 发现问题，或账套损坏", "check, verify or replay found something wrong, or a damaged book")),
    (2, Phrase("按控制规则拒绝", "refused by control")),
    (3, Phrase("账套不在 --expected-position 所说的位置", "the book is not at the position of --expected-position")),
    (64, Phrase("命令写错", "usage")),
    (65, Phrase("内容有误", "bad input")),
    (66, Phrase("没有这个文件", "no such input")),
    (70, Phrase("程序自己的缺陷", "a defect of ledgerctl")),
    (74, Phrase("读写失败：磁盘满、被占用、只读", "reading or writing failed: disk full, locked, read-only")),
  ]
  public static let manualSection = Phrase("用户命令", "User commands")
  public static let manualName = Phrase("名称", "NAME")
  public static let manualSynopsis = Phrase("概要", "SYNOPSIS")
  public static let manualVerb = Phrase("命令", "VERB")
  public static let manualDescription = Phrase("说明", "DESCRIPTION")
  public static let manualVerbs = Phrase("各命令", "VERBS")
}

extension HelpExample {
  /// From nothing to a first report.
  public static let ofStart = ofInit + ofRecord.prefix(3) + ofExecution.prefix(1)

  /// Together a session: each verb's examples go on from those before.
  public static let ofInit = [
    HelpExample(
      "ledgerctl init 2021.book --unit 001 --name 示例单位 --date 2021-01-01",
      Phrase("建账套，连同第一个单位", "a book with its first unit"))
  ]
  public static let ofRecord = [
    HelpExample(
      "ledgerctl record project -f 2021.book --date 2021-01-01 \\\n  --project PX01 --name 示例培训 --nature targeted",
      Phrase("登记项目", "declare a project")),
    HelpExample(
      "ledgerctl record appropriation -f 2021.book --date 2021-01-15 \\\n"
        + "  --fund 111 --function 2130599 --project PX01 --amount 70万",
      Phrase("记年初预算批复", "the approved budget")),
    HelpExample(
      "ledgerctl record disbursement -f 2021.book --date 2021-09-14 \\\n"
        + "  --fund 111 --function 2130599 --economic 30216 \\\n  --project PX01 --amount 29.49万",
      Phrase("记支付", "a payment")),
    HelpExample(
      "ledgerctl record virement -f 2021.book --date 2021-10-08 --fund 111 \\\n  --function 2130599 --project PX01 \\\n"
        + "  --line economic=30201,amount=1万 --line economic=30202,amount=-1万 \\\n  --dry-run",
      Phrase("几行的事件，先试不记", "an event of several lines, tried and not recorded")),
  ]
  public static let ofCorrect = [
    HelpExample(
      "ledgerctl correct 4 -f 2021.book --amount 28.49万",
      Phrase("金额记错：冲销第 4 号并重记，其余照旧", "a wrong amount: reverse #4 and record it anew, all else as it was"))
  ]
  public static let ofImport = [
    HelpExample(
      "ledgerctl import --init-rules pay.csv -o pay.toml",
      Phrase("按列名拟一份规则，由人核对", "propose rules from the headings, for a person to check")),
    HelpExample(
      "ledgerctl import pay.csv -f 2021.book --rules pay.toml --set fund=111 \\\n  --dry-run",
      Phrase("先看会记什么", "see what would be recorded")),
    HelpExample(
      "ledgerctl import pay.csv -f 2021.book --rules pay.toml --set fund=111", Phrase("记入", "record it")),
  ]
  public static let ofClose = [
    HelpExample("ledgerctl close 2021 -f 2021.book --dry-run", Phrase("看结转方案", "see what would be carried over"))
  ]
  public static let ofStatus = [
    HelpExample("ledgerctl status -f 2021.book --as-of 2021-09-30", Phrase("九月底与序时进度对照", "the end of September"))
  ]
  public static let ofExecution = [
    HelpExample("ledgerctl execution -f 2021.book", Phrase("各项目执行率", "by project")),
    HelpExample(
      "ledgerctl execution -f 2021.book --as-of 2021-10-31 \\\n  --by function,economic --in 元",
      Phrase("十月底，按功能和经济分类，单位元", "at the end of October, by function and economic class, in yuan")),
    HelpExample(
      "ledgerctl execution -f 2021.book --known-at '#4'",
      Phrase("改错之前账上是多少", "what the book said before the correction")),
  ]
  public static let ofBalance = [
    HelpExample("ledgerctl balance -f 2021.book", Phrase("各项资金余额", "what is left, by fund")),
    HelpExample("ledgerctl balance -f 2021.book --by lot", Phrase("按资金年度、结转和结余", "by source year and kind")),
  ]
  public static let ofState = [
    HelpExample("ledgerctl state -f 2021.book -o state.csv", Phrase("每个指标行的各项数，供电子表格", "for a spreadsheet"))
  ]
  public static let ofDiff = [
    HelpExample(
      "ledgerctl diff -f 2021.book --from 2021-06-30 --to 2021-09-30",
      Phrase("三季度变了什么", "what the third quarter changed"))
  ]
  public static let ofLog = [
    HelpExample(
      "ledgerctl log -f 2021.book --type disbursement --since 2021-09-01", Phrase("九月以来的支付", "payments since September")
    ),
    HelpExample("ledgerctl log -f 2021.book --amount 20万..", Phrase("20 万元以上的", "of 200,000 yuan or more")),
  ]
  public static let ofShow = [
    HelpExample("ledgerctl show 4 -f 2021.book", Phrase("第 4 号的全部内容", "all of #4"))
  ]
  public static let ofExplain = [
    HelpExample(
      "ledgerctl explain execution/PX01/disbursed -f 2021.book", Phrase("这个执行数由哪些事件构成", "the events behind this figure")
    ),
    HelpExample("ledgerctl explain 'disbursed / budget' -f 2021.book", Phrase("算一个公式", "the value of a formula")),
  ]
  public static let ofStatement = [
    HelpExample(
      "ledgerctl statement final-accounts -f 2021.book -o 2021.xlsx",
      Phrase("决算各表，存成 Excel", "the final accounts as a workbook")),
    HelpExample(
      "ledgerctl statement final-accounts -f 2021.book --table 支出决算表", Phrase("只看一张", "one table")),
  ]
  public static let ofIndicators = [
    HelpExample("ledgerctl indicators -f 2021.book", Phrase("各项指标，附分子分母", "with numerators and denominators"))
  ]
  public static let ofCheck = [
    HelpExample("ledgerctl check -f 2021.book", Phrase("勾稽关系", "the identities between figures"))
  ]
  public static let ofVerify = [
    HelpExample("ledgerctl verify -f 2021.book", Phrase("核验有没有被改动", "whether anything was changed"))
  ]
  public static let ofExport = [
    HelpExample("ledgerctl export -f 2021.book -o 2021.jsonl", Phrase("存一份文本", "as text")),
    HelpExample("ledgerctl export -f 2021.book --bom -o 2021.csv", Phrase("供 Excel", "for Excel")),
    HelpExample(
      "ledgerctl export -f 2021.book -o 2021.journal", Phrase("供 hledger、ledger 核对", "for hledger and ledger")),
  ]
  public static let ofReplay = [
    HelpExample("ledgerctl replay 2021.jsonl --into copy.book", Phrase("由文本重建账套", "make the book again of its text"))
  ]
}

/// What is said about tables that are imported by rules.
extension Phrase {
  public static let helpInitRules = Phrase(
    "按表格的列名拟一份规则文件，不记任何事件", "propose a rules file from the headings of a table, and record nothing")
  public static let expectedFiles = Phrase("要导入的文件", "the files to import")
  public static let expectedNoFiles = Phrase("不再给其他文件", "no other files")
  static func proposedRules(_ name: String, row: Int) -> Phrase {
    Phrase("按 \(name) 第 \(row) 行的列名拟出。逐行核对后再用", "Proposed from row \(row) of \(name). Check every line before use.")
  }
  static let proposalMissing = Phrase("没有认出这一列，请写明", "no such heading was recognised: say what it is")
  static func proposalUnused(_ headings: [String]) -> Phrase {
    Phrase("未用的列：" + headings.joined(separator: "、"), "Not used: " + headings.joined(separator: ", "))
  }
  static let expectedKnownHeadings = Phrase("一行列名，如“日期”“金额”", "a row of headings such as 日期 and 金额")
  public static let helpShowRules = Phrase(
    "显示一份现成的规则，供修改后使用", "show ready rules, to be changed and used")
  public static let helpLookup = Phrase(
    "规则中 [lookup] 所指的另一张表；可重复", "a second table that the rules look cells up in; may be repeated")
  public static let helpSet = Phrase(
    "各行相同的字段值，代替规则文件 [fields] 中的；可重复",
    "a field that is the same for all rows, in place of what [fields] of the rules says; may be repeated")
  public static func helpReadyRules(_ names: [String]) -> Phrase {
    Phrase(
      "规则文件（.toml），或现成规则之一：" + names.joined(separator: "、"),
      "the rules file (.toml) that says what the columns are, or ready rules: " + names.joined(separator: ", "))
  }
  public static func expectedAssignment(_ example: String) -> Phrase { Phrase("如 \(example)", "such as \(example)") }
  public static let helpRejects = Phrase(
    "把不能导入的行连同原因写入此文件（CSV）", "write the rows that are refused to this file, each with the reason (CSV)")
  public static let helpAcceptValid = Phrase(
    "不能导入的行除外，其余照记", "leave out the rows that are refused and record the others")
  static let columnRefusal = Phrase("不能导入的原因", "why it is refused")
  public static let expectedRulesForTable = Phrase(
    "表格须有 --rules；日记账每行以 { 开头", "--rules for a table; every line of a journal starts with {")
  public static let helpImported = Phrase(
    "日记账（.jsonl）；有 --rules 时为表格（CSV、XLSX）", "Journals (.jsonl); with --rules, tables (CSV, XLSX).")
  public static let expectedOneFileWithDryRun = Phrase(
    "同 --dry-run 一起时只给一个文件", "a single file together with --dry-run")
  public static let expectedOneFileWithRejects = Phrase(
    "同 --rejects 一起时只给一个文件", "a single file together with --rejects")
  public static let expectedRulesToGoWith = Phrase("同 --rules 一起使用", "together with --rules")

  /// What the rows of a table came to.
  public static func tableRows(_ rows: Int, skipped: Int, refused: Int) -> Phrase {
    Phrase(
      "  表内 \(rows) 行，跳过 \(skipped) 行，不能导入 \(refused) 行",
      "  \(counted(rows, "row")), \(skipped) skipped, \(refused) refused")
  }
  public static func tableType(_ name: Phrase, rows: Int, _ amount: String) -> Phrase {
    Phrase("  \(name.chinese) \(rows) 行，\(amount) 元", "  \(name.english): \(counted(rows, "row")), \(amount) 元")
  }
  public static func tableTotal(_ row: Int, _ heading: String, stated: String, summed: String, isMet: Bool) -> Phrase {
    isMet
      ? Phrase("  第 \(row) 行 \(heading) 合计 \(stated)，相符", "  row \(row), \(heading): \(stated), as the rows come to")
      : Phrase(
        "  第 \(row) 行 \(heading) 合计 \(stated)，各行相加为 \(summed)，不符",
        "  row \(row), \(heading): \(stated), but the rows come to \(summed)")
  }

  // What was expected
  static let expectedDateOfAnyForm = Phrase(
    "日期，如 2021-09-14、2021/9/14、20210914、2021年9月14日",
    "a date such as 2021-09-14, 2021/9/14, 20210914 or 2021年9月14日")
  static let expectedRowOfRules = Phrase(
    "符合规则文件中某个 [[event]]、[[skip]] 或 [[total]] 的行",
    "a row that an [[event]], [[skip]] or [[total]] of the rules is about")
  static let expectedCellOfID = Phrase("编号列不为空", "a cell that is not empty: the id is made of it")
  static func expectedCellOfPattern(_ pattern: String) -> Phrase {
    Phrase("符合 \(pattern) 的文本", "a text that fits \(pattern)")
  }
  static func expectedTextOf(_ encoding: String) -> Phrase { Phrase("\(encoding) 编码的文本", "text in \(encoding)") }
  static let expectedWorkbook = Phrase("完整的 .xlsx 工作簿，或 CSV 文本", "a whole .xlsx workbook, or text as CSV")
  static func expectedSheet(_ names: String) -> Phrase {
    Phrase("\(names) 之一，或其序号", "one of \(names), or its number")
  }
  static let expectedNoFormula = Phrase("值，而不是公式", "a value in place of the formula")
  static let expectedNoMerging = Phrase("不合并的单元格，每格写明", "cells that are not merged, each with its value")
  static let expectedNoErrorValue = Phrase("值，而不是错误", "a value in place of the error")
  static let expectedSeparatorBehindQuote = Phrase(
    "引号之后是分隔符或行尾；引号内的引号写两次", "a separator or a line end behind a quote; a quote inside quotes stands twice")
  static let expectedOneColumn = Phrase("每个列名只出现一次", "each heading that the rules name once")
  /// - Parameters:
  ///   - headings: one of them is enough.
  ///   - lookups: second tables that would do as well.
  static func expectedHeading(_ headings: [String], orLookups lookups: [String] = []) -> Phrase {
    let flags = lookups.map { "--lookup \($0)=FILE" }
    let chinese = headings.isEmpty ? [] : ["列名为\(headings.map { "“\($0)”" }.joined(separator: "或"))的列"]
    let english = headings.isEmpty ? [] : ["a column headed \(headings.joined(separator: " or "))"]
    return Phrase((chinese + flags).joined(separator: "，或 "), (english + flags).joined(separator: ", or "))
  }
  static func expectedKeyOf(_ table: String) -> Phrase { Phrase("\(table) 中有的键", "a key that \(table) has") }
  static func expectedOneRowOfKey(_ table: String) -> Phrase {
    Phrase("在 \(table) 中只有一行的键", "a key that one row of \(table) has, and no other")
  }
  static let expectedStatedAmounts = Phrase(
    "表头写有“万元”：在规则文件 [file] 写明 amounts = \"万元\" 或 \"元\"",
    "amounts = \"万元\" or \"元\" in [file] of the rules, since this cell speaks of 万元")
  static let expectedFrame = Phrase("含 {} 的文本，值放在 {} 处", "a text with {} in it, where the value goes")
  static let expectedNoLookup = Phrase("规则文件没有 [lookup]", "nothing: the rules have no [lookup]")
  static let expectedSignOfAmount = Phrase("sign 只用于 amount", "sign in the rule for amount only")
  static let expectedSeparator = Phrase("一个字符，如 , 或 ;", "one character, such as , or ;")
  static let expectedPattern = Phrase("正则表达式", "a regular expression")
}

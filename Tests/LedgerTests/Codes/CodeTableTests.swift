import Ledger
import Testing

@Suite struct CodeTableTests {
  @Test(arguments: [
    ("2130599", 2019, "其他扶贫支出"), ("2130599", 2023, "其他巩固脱贫攻坚成果衔接乡村振兴支出"), ("21305", 2019, "扶贫"),
    ("21305", 2024, "巩固脱贫攻坚成果衔接乡村振兴"), ("2130550", 2019, "扶贫事业机构"), ("2130550", 2023, "事业运行"),
    // Two names in one year: the newer.
    ("2130599", 2021, "其他巩固脱贫衔接乡村振兴支出"),
  ])
  func theNameOfACodeDependsOnTheYear(code: String, year: Int, name: String) {
    #expect(CodeTable.functions.name(of: code, in: year) == name)
  }

  @Test func anOldNameFindsItsCode() {
    #expect(CodeTable.functions.codes(named: "其他扶贫支出") == ["2130599"])
    #expect(CodeTable.economic.codes(named: "公务接待费") == ["30217"])
    #expect(CodeTable.functions.codes(named: "没有这个科目") == [])
  }

  @Test func theOldDictionaryRecognisesNamesThatNoLaterTableHas() {
    #expect(CodeTable.legacyFunctions.codes(named: "行政运行（人大）") == ["2010101"])
    #expect(CodeTable.functions.codes(named: "行政运行（人大）") == [])
  }

  @Test(arguments: [
    ("一般公共预算", "111"), ("一般公共预算财政拨款", "111"), ("一般公共预算资金", "111"), ("政府性基金", "121"),
    ("政府性基金预算", "121"), ("政府性基金财政拨款", "121"), ("政府性基金预算资金", "121"), ("国有资本经营预算", "13"),
    ("财政专户管理资金", "2"), ("财政专户", "2"), ("事业收入", "31"), ("上级补助收入", "32"), ("附属单位上缴收入", "33"),
    ("经营收入", "34"), ("其他收入", "39"),
  ])
  func fundsHaveNames(name: String, code: String) { #expect(FundNames().code(named: name) == code) }

  @Test(arguments: [
    ("2130501", SchemeName.function, CodeStanding.known), ("2080599", .function, .known),
    ("2130588", .function, .underKnownParent), ("2990101", .function, .unknown), ("30201", .economic, .known),
    ("30288", .economic, .underKnownParent), ("39801", .economic, .unknown), ("115", .fund, .underKnownParent),
    ("9", .fund, .unknown),
  ])
  func aCodeIsKnownStandsOnAKnownOneOrNeither(code: String, scheme: SchemeName, standing: CodeStanding) {
    #expect(Declarations().standing(of: code, in: scheme) == standing)
  }
}

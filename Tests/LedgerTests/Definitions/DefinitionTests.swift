import Ledger
import Testing

/// What a user writes in a definition file is taken or refused, and never stops the program.
@Suite struct DefinitionTests {
  private static func problems(of text: String) -> [Problem] {
    var definitions = Definitions.standard
    do {
      try definitions.add(text, file: "own.toml")
      return []
    } catch let problems as Problems {
      return problems.list
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  private static let head = """
    [[table]]
    id = "own"
    statement = "final-accounts"
    name = "自用表"
    source = "自用"
    """

  private static func table(columns: String, rows: String, more: String = "") -> String {
    "\(head)\n\(more)\n[[table.block]]\ncolumns = [ \(columns) ]\nrows = [ \(rows) ]\n"
  }

  private static let column = #"{ title = "金额", formula = 'disbursed' }"#
  private static let row = #"{ label = "合计" }"#

  /// What is wrong, and the path that says where.
  @Test(
    arguments: [
      ("[[indicator]]\nid = \"a\"\nname = \"a\"\nformula = 'budget'\n", "indicator[1].source"),
      ("[[indicator]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nformula = 'budget +'\n", "indicator[1].formula"),
      ("[[indicator]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nformula = '@b'\n", "indicator[1].formula"),
      (
        "[[indicator]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nformula = 'budget{fund=$X}'\n", "indicator[1].formula"
      ),
      (
        "[[indicator]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nformula = 'budget'\ncolour = 1\n",
        "indicator[1].colour"
      ),
      ("indicator = 5\n", "indicator"), ("[[rule]]\nid = \"a\"\n", "rule"),
      (
        "[[identity]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nleft = 'budget{function=$children}'\nright = '0'\n",
        "identity[1].left"
      ),
      (
        "[[identity]]\nid = \"a\"\nname = \"a\"\nsource = \"a\"\nleft = 'budget'\nright = '0'\nwhere = 'budget{fund=$B}'\n",
        "identity[1].where"
      ),
      (
        """
        [[identity]]
        id = "a"
        name = "a"
        source = "a"
        left = 'budget{year=$Y}'
        right = '0'
        codes = ["foo"]
        bind = "Y"
        """, "identity[1].with.Y"
      ),
      (
        table(columns: column, rows: row, more: "notes = [ { when = 'budget{project=$P}', text = \"a\" } ]"),
        "table[1].notes[1].when"
      ),
      (table(columns: #"{ title = "差", difference = ["差", "差"] }"#, rows: row), "table[1].block[1].rows[1].difference"),
      (
        table(
          columns: #"{ title = "金额", formula = 'budget{fund=$B}', sum = ["fund"], within = 'budget{fund=$B}' }"#,
          rows: row),
        "table[1].block[1].rows[1].formula"
      ),
      (
        table(columns: #"{ title = "金额", formula = 'received{unit=001}', otherwise = 'budget' }"#, rows: row),
        "table[1].block[1].rows[1].formula"
      ),
      (
        table(columns: #"{ title = "文字", kind = "text", formula = 'budget' }"#, rows: row),
        "table[1].block[1].columns[1].kind"
      ),
      (
        table(columns: #"{ title = "金额", formula = 'budget{key=$K}', with = { K = "zzz" } }"#, rows: row),
        "table[1].block[1].rows[1].with.K"
      ),
      (table(columns: column + ", " + column, rows: row), "table[1].block[1].columns"),
      (
        table(columns: column, rows: #"{ label = "a", cells = { "别的" = 'budget' } }"#),
        "table[1].block[1].rows[1].cells"
      ),
      (
        "[[layout]]\nstatement = \"budget\"\nplace = \"x\"\nsource = \"a\"\ntables = [ { id = \"none\" } ]\n",
        "layout[1].tables[1].id"
      ),
      (
        "[[section]]\ntitle = \"a\"\nsource = \"a\"\n[[section.paragraph]]\n[[section.paragraph.sentence]]\ntext = '{}'\n",
        "section[1].paragraph[1].sentence[1].text"
      ),
      (
        "[[section]]\ntitle = \"a\"\nsource = \"a\"\n[[section.paragraph]]\n[[section.paragraph.sentence]]\ntext = '{money: @b}'\n",
        "section[1].paragraph[1].sentence[1].text"
      ),
      (
        "[[section]]\ntitle = \"a\"\nsource = \"a\"\n[[section.paragraph]]\n[[section.paragraph.sentence]]\ntext = '{money'\n",
        "section[1].paragraph[1].sentence[1].text"
      ),
    ])
  func aFlawIsNamedByItsPath(text: String, path: String) {
    let found = DefinitionTests.problems(of: text)
    #expect(found.contains { $0.field == path }, "\(found.map { $0.field ?? "-" })")
  }

  @Test func aBrokenFileAddsNothing() {
    var definitions = Definitions.standard
    let count = definitions.indicators.count
    let text =
      "[[indicator]]\nid = \"new\"\nname = \"a\"\nsource = \"a\"\nformula = 'budget'\n\n[[indicator]]\nid = \"bad\"\n"
    #expect(throws: Problems.self) { try definitions.add(text, file: "own.toml") }
    #expect(definitions.indicators.count == count)
  }

  @Test func whatIsNoTOMLSaysWhere() {
    let found = DefinitionTests.problems(of: "[[indicator]\nid = 1\n")
    #expect(found.first?.code == .definitionSyntax && found.first?.at.line == 1)
  }

  /// A table of one project is asked of each, by `check` too.
  @Test func aNoteOfAProjectsTableIsAskedOfTheProject() throws {
    var definitions = Definitions.standard
    try definitions.add(
      DefinitionTests.table(
        columns: #"{ title = "金额", formula = 'disbursed{project=$P}' }"#, rows: DefinitionTests.row,
        more: "each = \"project\"\nnotes = [ { when = 'disbursed{project=$P}', text = \"{}\" } ]")
          + """
          [[layout]]
          statement = "final-accounts"
          place = "全国"
          source = "自用"
          tables = [ { id = "own" } ]
          """, file: "own.toml")
    let source = try TemporaryFolder().journal(RandomHistory.journal(seed: 7, events: 60))
    let query = CheckQuery(units: [], years: nil, knownAt: .everything, definitions: definitions) { year in
      Day.lastDay(ofYear: year) ?? .last
    }
    #expect(try !CheckReport([source], query).results.isEmpty)
  }
}

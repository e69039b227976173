import Foundation
import Testing

/// What the compiler does not watch inside one target: which part of the project may use what.
@Suite struct StructureTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func sources(_ folder: String) throws -> [(path: String, text: String)] {
    let base = root.appending(path: folder)
    let found = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
    return try found.filter { $0.pathExtension == "swift" }.map { file in
      (String(file.path.dropFirst(root.path.count + 1)), try String(contentsOf: file, encoding: .utf8))
    }
  }

  @Test func onlyTheStoreKnowsSQLite() throws {
    let files = try StructureTests.sources("Sources").filter { $0.text.contains("import GRDB") }
    #expect(!files.isEmpty)
    for file in files { #expect(file.path.hasPrefix("Sources/Ledger/Store/"), "\(file.path) imports GRDB") }
  }

  @Test func theLibraryNeitherPrintsNorExitsNorReadsTheClock() throws {
    let forbidden = [
      /\bprint\(/, /\bexit\(/, /\bDate\(\)/, /ProcessInfo/, /CommandLine\b/, /FileHandle\.standardOutput/, /getenv/,
    ]
    for file in try StructureTests.sources("Sources/Ledger") {
      for pattern in forbidden {
        #expect(
          file.text.firstMatch(of: pattern) == nil,
          "\(file.path) uses \(file.text.firstMatch(of: pattern)?.output ?? "")")
      }
    }
  }

  @Test func noFloatingPointInTheLibrary() throws {
    for file in try StructureTests.sources("Sources/Ledger") {
      #expect(file.text.firstMatch(of: /\b(Double|Float|CGFloat|Decimal)\b/) == nil, "\(file.path)")
    }
  }

  /// Words for a person stand in the catalogue; Chinese anywhere else is a name of the field, in `Values` and `Codes`,
  /// a spelling of units, or a comment.
  @Test func wordsStandInTheCatalogue() throws {
    let allowed = ["Sources/Ledger/Words/", "Sources/Ledger/Values/", "Sources/Ledger/Codes/"]
    for file in try StructureTests.sources("Sources") where !allowed.contains(where: file.path.hasPrefix) {
      for line in file.text.split(separator: "\n") {
        let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let isUnitOrLevel = code.contains("case ") || code.contains("valueName") || code.contains("atch(of:")
        #expect(isUnitOrLevel || code.firstMatch(of: /\p{Han}/) == nil, "\(file.path): \(line)")
      }
    }
  }

  /// `A` may use `B` only if `B` stands before it in this order.
  private static let order = [
    "Words", "Problems", "Values", "Codes", "Events", "Projections", "Declarations", "Journal", "Control", "YearEnd",
    "Store",
    "Reports", "Rendering",
  ]

  @Test func everyFolderHasItsPlaceInTheOrder() throws {
    let folders = Set(try StructureTests.sources("Sources/Ledger").map { $0.path.split(separator: "/")[2] })
    #expect(folders == Set(StructureTests.order.map { Substring($0) }))
  }
}

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
    let files = try StructureTests.sources("Sources").filter {
      $0.text.contains("import GRDB") || $0.text.contains("import CSQLite")
    }
    #expect(!files.isEmpty)
    for file in files { #expect(file.path.hasPrefix("Sources/Ledger/Store/"), "\(file.path) imports SQLite") }
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

  /// But where an XLSX file is written, which knows no other number.
  @Test func noFloatingPointInTheLibrary() throws {
    for file in try StructureTests.sources("Sources/Ledger") where !file.path.hasSuffix("/Workbook.swift") {
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

  /// A folder may use those that stand before it here.
  private static let order = [
    "Words", "Problems", "Values", "Codes", "Events", "Projections", "Declarations", "Formulas", "Definitions",
    "Journal", "Import",
    "Control", "YearEnd", "Store", "Reports", "Statements", "Checks",
    "Rendering", "Exports",
  ]

  /// Uses against the order, each for the reason that `docs/architecture.md` gives. `Words` names things of every folder.
  private static let exceptions: Set<String> = [
    // What each event type means stands with the type: what it moves, declares and asserts.
    "Events uses Sums", "Events uses Declarations", "Events uses UnitDeclaration", "Events uses ProjectDeclaration",
    "Events uses CodeDeclaration", "Events uses PolicyDeclaration", "Events uses CloseDeclaration",
    "Events uses ControlLevel", "Events uses Assertion", "Events uses ChainHash",
    // A problem is made of a flaw of a field.
    "Problems uses FieldProblem",
    // JSON is written in more places than reports.
    "Problems uses JSONObjectText", "Journal uses JSONObjectText", "Import uses JSONObjectText",
    "Store uses JSONObjectText",
  ]

  @Test func everyFolderHasItsPlaceInTheOrder() throws {
    let folders = Set(try StructureTests.sources("Sources/Ledger").map { $0.path.split(separator: "/")[2] })
    #expect(folders == Set(StructureTests.order.map { Substring($0) }))
  }

  /// No file names a type of a later folder, but for the exceptions; and no exception is out of date.
  @Test func noFolderUsesALaterOne() throws {
    let declaration = /^(?:public |final |indirect )*(?:struct|enum|class|protocol) ([A-Z]\w+)/
      .anchorsMatchLineEndings()
    var homes: [Substring: Set<Int>] = [:]
    let files = try StructureTests.sources("Sources/Ledger").map { file in
      let place = StructureTests.order.firstIndex(of: String(file.path.split(separator: "/")[2])) ?? 0
      for match in file.text.matches(of: declaration) { homes[match.output.1, default: []].insert(place) }
      return (place: place, path: file.path, text: file.text)
    }
    var used: Set<String> = []
    for file in files where file.place > 0 {
      let code = file.text.replacing(/\/\/.*/, with: "").replacing(/"(\\.|[^"\\\n])*"/, with: "")
      for name in Set(code.matches(of: /\b[A-Z]\w+/).map(\.output)) {
        guard let places = homes[name], places.count == 1, let place = places.first, place > file.place else {
          continue
        }
        let use = "\(StructureTests.order[file.place]) uses \(name)"
        used.insert(use)
        #expect(StructureTests.exceptions.contains(use), "\(file.path) uses \(name) of \(StructureTests.order[place])")
      }
    }
    #expect(used == StructureTests.exceptions, "exceptions out of date")
  }
}

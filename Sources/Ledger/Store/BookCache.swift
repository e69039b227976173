/// What a book that stays open has read of what never changes: lines and declarations are only ever added, and what was
/// read has been held against its checksums.
final class BookCache {
  /// Of full blocks, by number.
  private var blocks: [Int: [BudgetLine]] = [:]
  private var declared: Declared?
  /// All lines there were when they were last asked for, by number from 1.
  var allLines: [BudgetLine]?
  /// The runs that no event will be added to.
  var fullRuns: [RunRow] = []

  private struct Declared {
    let head: Head
    /// Everything, but of projects only some.
    var declarations: Declarations
    var projects: Set<ExactText>
  }

  func lines(ofBlock block: Int, orRead read: () throws -> [BudgetLine]) rethrows -> [BudgetLine] {
    if let known = blocks[block] { return known }
    let lines = try read()
    if lines.count == BlockSums.size { blocks[block] = lines }
    return lines
  }

  /// What is declared at the head of a book, of projects at least these.
  /// - Parameters:
  ///   - others: reads everything but projects.
  ///   - read: adds what is declared of a project.
  func declarations(
    at head: Head, ofProjects projects: Set<ExactText>, others: () throws -> Declarations,
    add: (ExactText, inout Declarations) throws -> Void
  ) rethrows -> Declarations {
    var known =
      if let declared, declared.head == head { declared } else {
        Declared(head: head, declarations: try others(), projects: [])
      }
    for project in projects where !known.projects.contains(project) {
      try add(project, &known.declarations)
      known.projects.insert(project)
    }
    declared = known
    return known.declarations
  }
}

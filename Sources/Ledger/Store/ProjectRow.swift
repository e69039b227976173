import GRDB

/// What a `project` event declared, found by the code of the project: a report names the projects that it shows, and
/// need not read all that were ever declared.
struct ProjectRow {
  let project: ExactText
  let declaration: ProjectDeclaration

  /// - Returns: `nil` for an event that declares no project.
  init?(_ recorded: RecordedEvent) {
    guard let (project, declaration) = recorded.declaredProject else { return nil }
    self.project = project
    self.declaration = declaration
  }

  static let select = "SELECT project, position, date, name, nature, status, is_key, checksum FROM projects"

  /// - Throws: `DamagedRow`.
  init(_ row: RawStatement) throws {
    let code = row.textOrNil(0) ?? ""
    project = ExactText(code)
    guard let date = Day(number: Int(row.integer(2))), let nature = Nature(rawValue: row.textOrNil(4) ?? ""),
      let status = ProjectStatus(rawValue: row.textOrNil(5) ?? "")
    else { throw DamagedRow(table: "projects", row: "\(code), \(row.integer(1))") }
    declaration = ProjectDeclaration(
      position: Int(row.integer(1)), date: date, name: row.textOrNil(3) ?? "", nature: nature, status: status,
      isKey: row.integer(6) != 0)
    guard checksum == row.integer(7), row.integer(6) == (declaration.isKey ? 1 : 0) else {
      throw DamagedRow(table: "projects", row: "\(code), \(declaration.position)")
    }
  }

  func write(_ database: Database) throws {
    let statement = try RawStatement(database, "INSERT OR REPLACE INTO projects VALUES (\(placeholders(8)))")
    statement.bind(project.text, at: 1)
    statement.bind(declaration.position, at: 2)
    statement.bind(Int(declaration.date.number), at: 3)
    statement.bind(declaration.name, at: 4)
    statement.bind(declaration.nature.rawValue, at: 5)
    statement.bind(declaration.status.rawValue, at: 6)
    statement.bind(declaration.isKey ? 1 : 0, at: 7)
    statement.bind(checksum, at: 8)
    try statement.run()
  }

  private var checksum: Int64 {
    var sum = RowChecksum()
    sum.add(project.text)
    sum.add(declaration.position)
    sum.add(Int64(declaration.date.number))
    sum.add(declaration.name)
    sum.add(declaration.nature.rawValue)
    sum.add(declaration.status.rawValue)
    sum.add(declaration.isKey ? 1 : 0)
    return sum.value
  }
}

extension BookReader {
  /// What was declared by then, of projects only these: those of budget lines, which are all declared.
  func declarations(knownAt: KnownAt, ofProjects projects: Set<ExactText>) throws -> Declarations {
    let end = try lastPosition(knownAt: knownAt)
    let statement = try RawStatement(database, ProjectRow.select + " WHERE project = ? ORDER BY position")
    let all = try cache.declarations(at: head, ofProjects: projects) {
      try declarations(of: Schema.declaringTypes.filter { $0 != .project }, knownAt: .everything)
    } add: { project, declarations in
      defer { statement.reset() }
      statement.bind(project.text, at: 1)
      var isDeclared = false
      while try statement.step() {
        declarations.declare(project: project, as: try ProjectRow(statement).declaration)
        isDeclared = true
      }
      guard isDeclared else { throw DamagedRow(table: "projects", row: project.text) }
    }
    return end < head.position ? all.before(end + 1) : all
  }
}

import GRDB

/// The contracts that a batch has to do with, each read from its own events when it is first asked for.
final class StoredContracts {
  var reader: BookReader
  var contracts = Contracts()
  private var known: Set<ContractKey> = []

  init(_ reader: BookReader) { self.reader = reader }

  /// Reads a contract anew when it is next asked for: what was folded in has been refused.
  func forget(_ key: ContractKey) {
    contracts[key] = nil
    known.remove(key)
  }

  /// - Parameter lines: all budget lines, with those of the running batch.
  func load(_ key: ContractKey, lines: [BudgetLine]) throws {
    guard known.insert(key).inserted else { return }
    try reader.fold(of: key, lines: lines, into: &contracts)
  }
}

extension BookReader {
  /// Every event under a contract, in order, with what it does to its lines.
  /// - Returns: the contracts as they stand after all of them.
  @discardableResult
  func contractEvents(
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void
  ) throws -> Contracts {
    var contracts = Contracts()
    try fold(of: nil, lines: try budgetLines(), into: &contracts, body)
    return contracts
  }

  /// Folds the events of a contract, or of every one, and the reversals of them.
  /// - Parameters:
  ///   - lines: all budget lines, with those of a running batch.
  ///   - end: only events before this position.
  func fold(
    of contract: ContractKey?, lines: some NumberedLines, before end: Int = .max, into contracts: inout Contracts,
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void = { _, _, _ in }
  ) throws {
    var events = try positions(under: contract).compactMap { try storedEvent(at: $0, lines: lines) }
      .filter { contract == nil ? $0.event.contract != nil : $0.event.contract == contract }
    let references = StoredReferences(reader: self, lines: lines)
    events += try events.flatMap { try references.events(referringTo: $0.position) }.filter {
      $0.event.type == .reversal
    }
    let targets = Dictionary(events.map { ($0.position, $0) }) { first, _ in first }
    for recorded in events.sorted(by: { $0.position < $1.position }) where recorded.position < end {
      let target = recorded.ofPosition.flatMap { targets[$0] }
      try body(recorded, target, contracts.postings(of: recorded, target: target))
    }
  }

  /// The events with the number of a contract, or with any.
  private func positions(under contract: ContractKey?) throws -> [Int] {
    guard let contract else {
      try writer?.settle()
      return try Int.fetchAll(database, sql: "SELECT position FROM events WHERE contract IS NOT NULL")
    }
    func find(_ database: Database) throws -> [Int] {
      try Int.fetchAll(
        database.cachedStatement(sql: "SELECT position FROM events WHERE contract = ?"),
        arguments: [contract.number.text])
    }
    guard let writer, writer.hasEvent(under: contract) else { return try connection.earlier(find) }
    try writer.settle()
    return try find(database)
  }
}

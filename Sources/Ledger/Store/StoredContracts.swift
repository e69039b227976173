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
    try reader.fold(of: key.number.text, lines: lines, into: &contracts) { $0.event.contract == key }
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
    try fold(of: nil, lines: try budgetLines(), into: &contracts, body) { $0.event.contract != nil }
    return contracts
  }

  /// Folds the events of one contract that stand before a position.
  func fold(of key: ContractKey, lines: [BudgetLine], before position: Int, into contracts: inout Contracts) throws {
    try fold(of: key.number.text, lines: lines, before: position, into: &contracts) { $0.event.contract == key }
  }

  /// Folds the events under one contract number, or under any, and the reversals of them.
  /// - Parameters:
  ///   - lines: all budget lines, with those of a running batch.
  ///   - end: only events before this position.
  fileprivate func fold(
    of number: String?, lines: [BudgetLine], before end: Int = .max, into contracts: inout Contracts,
    _ body: (RecordedEvent, _ target: RecordedEvent?, [Posting]) throws -> Void = { _, _, _ in },
    where isChosen: (RecordedEvent) -> Bool
  ) throws {
    try writer?.settle()
    let positions =
      try number.map { number in
        try Int.fetchAll(
          database.cachedStatement(sql: "SELECT position FROM events WHERE contract = ?"), arguments: [number])
      } ?? Int.fetchAll(database, sql: "SELECT position FROM events WHERE contract IS NOT NULL")
    var events = try positions.compactMap { try storedEvent(at: $0, lines: lines) }.filter(isChosen)
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
}

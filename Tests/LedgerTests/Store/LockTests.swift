import Foundation
import GRDB
import Ledger
import Testing

/// Books that another program writes to at the same time.
@Suite struct LockTests {
  /// A verb that was refused because of another writer has waited once; closing the book does not wait again.
  @Test func closingDoesNotWaitForAnotherWriter() throws {
    let folder = try TemporaryFolder()
    let lines = [#"{"type":"unit","date":"2021-01-01","unit":"001","name":"示例"}"#]
    try folder.book(recording: lines).close()
    let other = try DatabaseQueue(path: folder.path("a.book"))
    let book = try Book.open(at: folder.path("a.book"), for: .write)
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      let start = ContinuousClock.now
      try book.close()
      #expect(ContinuousClock.now - start < .seconds(5))
      try database.execute(sql: "ROLLBACK")
    }
    try other.close()
    #expect(try Book.open(at: folder.path("a.book"), for: .read).verify().findings == [])
  }
}

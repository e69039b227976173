/// An event with what it does, as other programs are told of it.
public struct ExportedEvent {
  public let recorded: RecordedEvent
  /// What it does to lines, of those that are asked for.
  public let postings: [Posting]
  /// By which its lines have names, and their funds a basis.
  public let declarations: Declarations
  /// Which lines are asked for.
  public let filter: LineFilter

  public init(_ recorded: RecordedEvent, _ postings: [Posting], by declarations: Declarations, filter: LineFilter) {
    self.recorded = recorded
    self.postings = postings.filter { filter.matches($0.line.classification) }
    self.declarations = declarations
    self.filter = filter
  }
}

/// A way to write events for another program, one after the other.
public protocol EventExport {
  /// What stands before all events.
  var head: String { get }
  mutating func text(of event: ExportedEvent) -> String
}

/// A journal, as `replay --into` takes it.
public struct JournalExport: EventExport {
  public let head = ""

  public init() {}

  public func text(of event: ExportedEvent) -> String {
    String(decoding: CanonicalWriter.bytes(of: event.recorded), as: UTF8.self) + "\n"
  }
}

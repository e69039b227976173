/// A kind of plain events that a batch may take the short way: what is found once for all events of a key. It never
/// changes, and both cores read it.
final class PlainKind {
  /// Of the first event of the kind.
  let sample: PlainSample

  init(_ sample: PlainSample) { self.sample = sample }
}

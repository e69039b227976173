/// A kind of plain events that a batch may take the short way: what is found once for all events of a key, and what its
/// rows are made of. It never changes, and both cores read it.
final class PlainKind {
  /// Of the first event of the kind.
  let sample: PlainSample
  let canonical: CanonicalTemplate
  /// As the columns of a row hold them.
  let type: HeldText
  let details: HeldText?

  init(_ sample: PlainSample) {
    self.sample = sample
    canonical = CanonicalTemplate(sample.event, isNegative: sample.isNegative)
    type = HeldText(sample.event.type.rawValue)
    details = sample.event.details.storedText.map(HeldText.init)
  }
}

/// A text in memory that stays where it is.
final class HeldText {
  let bytes: UnsafeRawBufferPointer

  init(_ text: String) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    copy.copyBytes(from: text.utf8)
    bytes = UnsafeRawBufferPointer(copy)
  }

  deinit { bytes.deallocate() }
}

/// Labels of rows as forms print them.
enum PrintedLabel {
  /// Without numbering, indent and 其中: what ids use.
  static func plain(_ label: String) -> String {
    var text = label[...]
    while true {
      let before = text
      text = text.drop { $0 == " " || $0 == "\u{3000}" }
      if let match = text.prefixMatch(of: numbering) { text = text[match.range.upperBound...] }
      if text == before { return String(text) }
    }
  }

  nonisolated(unsafe) private static let numbering = /(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、]|其中[：:])/
}

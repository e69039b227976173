/// How a policy states its level and its bases.
extension EventReader {
  /// Line fields, each once.
  mutating func level(_ field: Field, _ node: JSONNode) -> [String]? {
    guard case .array(let nodes) = node.value else {
      wrongType(field, node, .expectedLevel)
      return nil
    }
    var names: [String] = []
    for node in nodes {
      guard let name = choice(field, node, of: LineField.allCases.map(\.rawValue)) else { return nil }
      guard !names.contains(name) else {
        add(.choiceUnknown, field, node.offset, value: name, .expectedOnce)
        return nil
      }
      names.append(name)
    }
    return names
  }

  /// A basis for each prefix of fund codes, in the order of the prefixes.
  mutating func bases(_ field: Field, _ node: JSONNode) -> [DetailValue.Pair]? {
    guard case .object(let members) = node.value else {
      wrongType(field, node, .expectedBases)
      return nil
    }
    var pairs: [DetailValue.Pair] = []
    for member in members {
      let isCode = (1...3).contains(member.key.utf8.count) && member.key.utf8.allSatisfy { (48...57).contains($0) }
      guard isCode else {
        add(.codeMalformed, field, member.keyOffset, value: member.key, .expectedFundPrefix)
        return nil
      }
      guard let basis = choice(field, member.node, of: Basis.allCases.map(\.rawValue)) else { return nil }
      pairs.append(DetailValue.Pair(name: member.key, value: basis))
    }
    return pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

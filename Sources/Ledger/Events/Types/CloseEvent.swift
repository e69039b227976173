extension EventDefinition {
  /// 年终结账: from here on no money event of this year is recorded, for the unit or for all. `ledgerctl close` writes
  /// it together with what it carries over.
  static let close = EventDefinition(
    name: .eventClose, unit: .optional, fillsYear: false, lines: nil, own: [], required: [.year],
    declare: { recorded, declarations in
      guard let year = recorded.event.year else { return }
      declarations.declare(
        close: CloseDeclaration(position: recorded.position, unit: recorded.event.unit, year: year))
    })
}

/// 调剂 without an approval may not cross what is kept apart, nor raise what is held down.
enum VirementRule {
  /// 因公出国(境), 会议, 培训, 公务接待, 公务用车运行维护 and the purchase of official cars: cutting is free, raising is not.
  static let heldDown = ["30212", "30215", "30216", "30217", "30231", "30913", "31013"]

  static func refusals(of event: Event) -> [Problem] {
    guard event.type == .virement, event.annotation.approval == nil else { return [] }
    var found: [Problem] = []
    func net(_ isMeant: (Nature) -> Bool) -> Fen {
      event.entries.reduce(0) { sum, entry in
        entry.classification.nature.map(isMeant) == true ? sum + Fen(entry.amount.fen) : sum
      }
    }
    func refuse(_ code: ProblemCode, _ field: Field, _ amount: Fen, _ detail: Phrase) {
      found.append(
        Problem(
          code, field: field.rawValue, value: amount.yuan, expected: .expectedApproval, detail: detail,
          rule: .ruleVirement))
    }
    let basic = net { ($0.whole ?? $0) == .basic }
    let project = net { ($0.whole ?? $0) == .project }
    if basic.signum() * project.signum() < 0 {
      refuse(
        .virementBasicProject, .nature, basic, .virementBetween(.basic, basic, .project, project))
    }
    let personnel = net { $0 == .personnel }
    let publicPart = net { $0 == .public }
    if personnel.signum() * publicPart.signum() < 0 {
      refuse(
        .virementPersonnelPublic, .nature, personnel,
        .virementBetween(.personnel, personnel, .public, publicPart))
    }
    for code in heldDown {
      let raise = event.entries.reduce(Fen(0)) { sum, entry in
        entry.classification.economic?.digits == code ? sum + Fen(entry.amount.fen) : sum
      }
      if raise > 0 { refuse(.virementRestricted, .economic, raise, .virementRaises(code, raise.yuan)) }
    }
    return found
  }
}

/// The stable name of everything that can be wrong. Each has a heading in `docs/errors.md` and a golden case.
public enum ProblemCode: String, CaseIterable, Sendable {
  // The text of a journal
  case notUTF8 = "journal.not-utf8"
  case jsonSyntax = "journal.syntax"
  case jsonDuplicateKey = "journal.duplicate-key"
  case jsonNull = "journal.null"
  case jsonEmptyText = "journal.empty-text"
  case jsonNUL = "journal.nul"
  case jsonLoneSurrogate = "journal.lone-surrogate"
  case jsonWrongType = "journal.wrong-type"
  case jsonTooDeep = "journal.too-deep"
  case eventTooLarge = "event.too-large"
  case eventTooManyLines = "event.too-many-lines"
  case hashUnreadable = "hash.unreadable"
  case hashMismatch = "hash.mismatch"
  case hashMissing = "hash.missing"
  case positionOutOfOrder = "position.out-of-order"
  case recordedOutOfOrder = "recorded.out-of-order"
  case journalIncomplete = "journal.incomplete"

  // One event by itself
  case typeUnknown = "type.unknown"
  case fieldUnknown = "field.unknown"
  case fieldNotTaken = "field.not-taken"
  case fieldMissing = "field.missing"
  case choiceUnknown = "choice.unknown"
  case textTooLong = "id.unreadable"
  case dateUnreadable = "date.unreadable"
  case dateNoSuchDay = "date.no-such-day"
  case timeUnreadable = "time.unreadable"
  case yearOutOfRange = "year.out-of-range"
  case fromOutOfRange = "from.out-of-range"
  case amountUnreadable = "amount.unreadable"
  case amountNegativeZero = "amount.negative-zero"
  case amountNotWholeFen = "amount.not-whole-fen"
  case amountOutOfRange = "amount.out-of-range"
  case amountNotPositive = "amount.not-positive"
  case amountZero = "amount.zero"
  case amountBesideLines = "amount.beside-lines"
  case linesEmpty = "lines.empty"
  case linesUnbalanced = "lines.unbalanced"
  case linesTooFew = "lines.too-few"
  case fundMixed = "fund.mixed"
  case codeMalformed = "code.malformed"
  case measureUnknown = "measure.unknown"
  case formulaUnreadable = "formula.unreadable"
  case formulaOrMeasure = "formula.or-measure"
  case printedUnreadable = "equals.unreadable"

  // An event against what the book knows
  case unitCircular = "unit.circular"
  case unitUndeclared = "unit.undeclared"
  case unitAmbiguous = "unit.ambiguous"
  case projectUndeclared = "project.undeclared"
  case codeUnknown = "code.unknown"
  case codeUnlisted = "code.unlisted"
  case idTaken = "id.taken"
  case referenceNotFound = "reference.not-found"
  case referenceNotMoney = "reference.not-money"
  case referenceNotPayment = "reference.not-payment"
  case referenceOtherYear = "reference.other-year"
  case fundNotReceipts = "fund.not-receipts"
  case settledMismatch = "settled.mismatch"
  case totalOutOfRange = "total.out-of-range"
  case timeUnknown = "time.unknown"

  // Refused by control
  case budgetNone = "budget.none"
  case budgetExceeded = "budget.exceeded"
  case refundExceedsPaid = "refund.exceeds-paid"
  case reversalRepeated = "reversal.repeated"
  case reversalOfReversal = "reversal.of-reversal"
  case reversalRefundsStand = "reversal.refunds-stand"
  case commitmentUsed = "commitment.used"
  case releaseExceedsOutstanding = "release.exceeds-outstanding"
  case virementBasicProject = "virement.basic-project"
  case virementPersonnelPublic = "virement.personnel-public"
  case virementRestricted = "virement.restricted"
  case capExceeded = "cap.exceeded"
  case surplusExceeded = "surplus.exceeded"
  case yearClosed = "year.closed"
  case closeNegative = "close.negative"
  case closeEarlierOpen = "close.earlier-open"

  // Definitions of indicators, identities and statements
  case definitionSyntax = "definition.syntax"
  case definitionUnreadable = "definition.unreadable"
  case cellUnknown = "cell.unknown"

  // Tables that are imported
  case tableNotText = "table.not-text"
  case tableNotAWorkbook = "table.not-a-workbook"
  case tableSheetMissing = "table.sheet-missing"
  case tableQuote = "table.quote"
  case tableHeadingMissing = "table.heading-missing"
  case tableHeadingTwice = "table.heading-twice"
  case tableCellUnknown = "table.cell-unknown"
  case tableNoValue = "table.no-value"
  case tableRowUnknown = "table.row-unknown"

  // Books, files and the command line
  case positionConflict = "position.conflict"
  case bookDamaged = "book.damaged"
  case bookNotABook = "book.not-a-book"
  case bookNewer = "book.newer"
  case bookExists = "book.exists"
  case bookNeeded = "book.needed"
  case bookLocked = "book.locked"
  case bookReadOnly = "book.read-only"
  case fileNotFound = "file.not-found"
  case fileFailed = "file.failed"
  case usage = "usage"
  case defect = "defect"

  /// The exit code of the command line.
  public var exitCode: Int32 {
    switch self {
    case .bookDamaged: 1
    case .budgetNone, .budgetExceeded, .refundExceedsPaid, .reversalRepeated, .reversalOfReversal,
      .reversalRefundsStand, .commitmentUsed, .releaseExceedsOutstanding, .virementBasicProject,
      .virementPersonnelPublic, .virementRestricted, .capExceeded, .surplusExceeded, .yearClosed, .closeNegative,
      .closeEarlierOpen:
      2
    case .positionConflict: 3
    case .usage, .bookNeeded, .bookExists: 64
    case .fileNotFound: 66
    case .defect: 70
    case .bookLocked, .bookReadOnly, .fileFailed: 74
    default: 65
    }
  }
}
